"""The documents that an entry of the ledger names, kept beside it: whichever of the two is written later, it is written with that one."""

from collections import defaultdict

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base, append_only, before_commit, db, in_parts, insert_missing
from conference.payments.documents.entry_rules import Entry, Paper, Way, named, way_of
from conference.payments.documents.models import Document
from conference.payments.documents.rules import DocumentKind
from conference.payments.models import REVERSED, LedgerEntry, Line, Refund

OF_ACCOUNT = Document.kind != DocumentKind.PRO_FORMA
_LINE = ("line:", "line-ended:")


class EntryDocument(Base):
    """That an entry of the ledger names a document. Both stay as they are, so this does too."""

    __tablename__ = "payments_ledger_document"

    entry_id: Mapped[int] = mapped_column(ForeignKey("payments_ledger.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("payments_document.id"), primary_key=True, index=True)


append_only(EntryDocument.__table__)


def to_be_named(*order_ids):
    """Have what entries of these orders name kept before the surrounding transaction is committed, with what it issues last."""
    before_commit(_name, order_ids)


def paper(key, order_id, kind, number, gross, content):
    """The Paper of an invoice or a credit note, from columns of its row."""
    is_invoice = kind == DocumentKind.INVOICE
    takes_back = not is_invoice and content["reason"] == "ended"
    sources = frozenset(line["source"] for line in content["lines"])
    return Paper(key, order_id, number, gross, takes_back, is_invoice, sources)


def entries_of(order_ids):
    """[Entry] of some orders, in the order of booking."""
    columns = (LedgerEntry.id, LedgerEntry.order_id, LedgerEntry.source, LedgerEntry.amount_minor, LedgerEntry.at)
    asked = select(*columns, LedgerEntry.kind).where(LedgerEntry.order_id.in_(order_ids)).order_by(LedgerEntry.id)
    rows = db.session.execute(asked)
    found = [Entry(key, order, source, minor, at, way_of(kind, source)) for key, order, source, minor, at, kind in rows]
    back = [each for each in found if each.way is Way.SENT_BACK]
    refunds, credits = _refunds(back), _credits(back)
    return [_entry(each, refunds, credits) for each in found]


def kept(papers):
    """{(entry's key, document's key)} that are kept of these Papers."""
    asked = select(EntryDocument.entry_id, EntryDocument.document_id)
    rows = db.session.execute(asked.where(EntryDocument.document_id.in_([each.id for each in papers])))
    return {tuple(row) for row in rows}


def documents_of(sources):
    """{source of an entry: [(number, reference) of each document that it names, in the order of issue]}; those that name none are left out."""
    found: dict = defaultdict(list)
    for some in in_parts(sources):
        asked = select(LedgerEntry.source, Document.number, Document.ref)
        asked = asked.join(EntryDocument, EntryDocument.entry_id == LedgerEntry.id)
        asked = asked.join(Document, Document.id == EntryDocument.document_id).where(LedgerEntry.source.in_(some))
        for source, *paper in db.session.execute(asked.order_by(Document.id)):
            found[source].append(tuple(paper))
    return found


def entries_naming(clause):
    """The clause that an entry names a document of which another `clause` holds."""
    asked = select(EntryDocument.entry_id).join(Document, Document.id == EntryDocument.document_id).where(clause)
    return LedgerEntry.id.in_(asked)


def _name(order_ids):
    db.session.flush()
    for some in in_parts(sorted(order_ids)):
        if papers := _papers(some):
            entries = entries_of({each.order_id for each in papers})
            _keep(named(entries, papers) - kept(papers))


def _keep(missing):
    for rows in in_parts(sorted(missing)):
        pairs = [{"entry_id": entry_id, "document_id": document_id} for entry_id, document_id in rows]
        insert_missing(EntryDocument.__table__, pairs)


def _papers(order_ids):
    columns = (Document.id, Document.order_id, Document.kind, Document.number, Document.gross_minor, Document.content)
    asked = select(*columns).where(Document.order_id.in_(order_ids), OF_ACCOUNT).order_by(Document.id)
    return [paper(*row) for row in db.session.execute(asked)]


def _entry(entry, refunds, credits):
    """The entry with the source that a document's line has of it, or when it was decided that money goes back."""
    kind, _colon, key = entry.source.partition(":")
    if entry.way is Way.KEPT:
        return entry._replace(line=f"ledger:{entry.id}")
    if entry.source.startswith(_LINE):
        return entry._replace(line=f"line:{key}")
    if kind == "carried":
        return entry._replace(line=f"line:{credits[int(key)]}")
    if kind == "back":
        return entry._replace(act=entry.at)
    if entry.way is not Way.SENT_BACK:
        return entry
    act, is_reversal = refunds[int(key)]
    return entry._replace(way=Way.PAID) if is_reversal else entry._replace(act=act)


def _refunds(back):
    """{key of a refund: (when it was asked for, whether nobody has sent it)} of entries by which money goes back."""
    found = {}
    for some in in_parts(_keys(back, "refund") + _keys(back, "refund-failed")):
        asked = select(Refund.id, Refund.requested_at, Refund.provider_ref).where(Refund.id.in_(some))
        told = ((key, (at, (ref or "").startswith(REVERSED))) for key, at, ref in db.session.execute(asked))
        found.update(told)
    return found


def _credits(back):
    """{key of a credit: key of the ended line whose money it carries away}."""
    found = {}
    for some in in_parts(_keys(back, "carried")):
        found.update(db.session.execute(select(Line.id, Line.reference).where(Line.id.in_(some))).all())
    return found


def _keys(entries, begins):
    return [int(each.source.partition(":")[2]) for each in entries if each.source.partition(":")[0] == begins]
