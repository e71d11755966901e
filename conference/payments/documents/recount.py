"""The recount of documents: they say what they said, they agree with the orders and the ledger, and no series has a gap."""

from collections import defaultdict

from sqlalchemy import func, select

from conference.kernel import db, in_parts
from conference.payments.documents import entry_documents, entry_recount, numbering, standing, taxes
from conference.payments.documents.composing import digest
from conference.payments.documents.models import Document, DocumentTax, Invoiced, TaxShare
from conference.payments.documents.rules import DocumentKind
from conference.payments.models import Line, Order

_COLUMNS = (
    Document.id, Document.order_id, Document.kind, Document.number, Document.content, Document.sha256,
    Document.net_minor, Document.tax_minor, Document.rounding_minor, Document.gross_minor,
)  # fmt: skip


def differences():
    """Every place where documents do not agree with each other or with the orders, in words; empty when all is well."""
    each = [line for some in in_parts(_with_documents()) for line in _each(some)]
    return [*numbering.gaps(), *each, *_shares(), *_invoices(), *_lines(), *_behind()]


def _with_documents():
    """Keys of the orders that have documents."""
    return db.session.scalars(select(Document.order_id).distinct().order_by(Document.order_id)).all()


def _each(order_ids):
    """What can be asked of each document of some orders. There are many, and their contents are long: so they are read once."""
    issued = db.session.execute(select(*_COLUMNS).where(Document.order_id.in_(order_ids)).order_by(Document.id)).all()
    of_account = [each for each in issued if each.kind != DocumentKind.PRO_FORMA]
    facts = ("id", "order_id", "kind", "number", "gross_minor", "content")
    papers = [entry_documents.paper(*(getattr(each, name) for name in facts)) for each in of_account]
    return [*_contents(issued), *_taxes(issued), *entry_recount.differences(papers)]


def _contents(issued):
    """The content of each document is what was issued, and its sums are those of the row."""
    for each in issued:
        sums = tuple(each.content[name] for name in ("net", "tax", "rounding", "gross"))
        row = (each.net_minor, each.tax_minor, each.rounding_minor, each.gross_minor)
        lines = sum(line["gross"] for line in each.content["lines"])
        if digest(each.content) != each.sha256 or sums != row or lines != each.gross_minor:
            yield f"document {each.number}: it does not say any more what was issued"


def _taxes(issued):
    """What is kept of a document's tax for reports is what its content says."""
    sums = defaultdict(set)
    names = [getattr(DocumentTax, name) for name in ("net_minor", "tax_minor", "rounding_minor", "gross_minor")]
    keys = (DocumentTax.document_id, DocumentTax.country, DocumentTax.category, DocumentTax.hundredths)
    mine = select(*keys, *names).where(DocumentTax.document_id.in_([each.id for each in issued]))
    for document_id, *part in db.session.execute(mine):
        sums[document_id].add(tuple(part))
    for each in issued:
        if set(map(tuple, taxes.parts_of(each.content))) != sums[each.id]:
            yield f"document {each.number}: its tax by country and rate is not what it says"


def _shares():
    """What is kept of a document's tax for the journal is its tax by country and rate."""
    both = [
        getattr(DocumentTax, name) == getattr(TaxShare, name)
        for name in ("document_id", "country", "category", "hundredths")
    ]
    booked = (
        select(func.coalesce(func.sum(TaxShare.tax_minor), 0)).where(*both).correlate(DocumentTax).scalar_subquery()
    )
    asked = select(Document.number, DocumentTax.tax_minor, booked).join(
        Document, Document.id == DocumentTax.document_id
    )
    rows = db.session.execute(asked.where(DocumentTax.tax_minor != booked).order_by(Document.id))
    return [f"document {number}: its tax is {tax}, the journal books {minor}" for number, tax, minor in rows]


def _invoices():
    """An invoice less its credit notes is what stands in it."""
    notes = (
        select(Document.corrects_id, func.sum(Document.gross_minor).label("sum"))
        .group_by(Document.corrects_id)
        .subquery()
    )
    stands = (
        select(Invoiced.invoice_id, func.sum(Invoiced.amount_minor).label("sum"))
        .group_by(Invoiced.invoice_id)
        .subquery()
    )
    left = Document.gross_minor - func.coalesce(notes.c.sum, 0)
    kept = func.coalesce(stands.c.sum, 0)
    asked = select(Document.number, left, kept).outerjoin(notes, notes.c.corrects_id == Document.id)
    asked = asked.outerjoin(stands, stands.c.invoice_id == Document.id)
    rows = db.session.execute(asked.where(Document.kind == DocumentKind.INVOICE, left != kept).order_by(Document.id))
    return [f"invoice {number}: {a} left of it, {b} stands in it" for number, a, b in rows]


def _lines():
    """What stands in an invoice has the amount of its line."""
    asked = select(Invoiced.source, Invoiced.amount_minor, Line.amount_minor).join(Line, Invoiced.line_id == Line.id)
    rows = db.session.execute(asked.where(Invoiced.amount_minor != Line.amount_minor).order_by(Invoiced.source))
    return [f"{source}: invoiced as {a}, sold as {b}" for source, a, b in rows]


def _behind():
    """What ended is credited."""
    ids = {order_id for order_id, _invoice, _source in standing.outlived()}
    refs = db.session.scalars(select(Order.ref).where(Order.id.in_(ids)).order_by(Order.id)) if ids else []
    return [f"order {ref}: something that ended still stands in an invoice" for ref in refs]
