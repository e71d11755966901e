"""What of an order stands in invoices: claimed and released by guarded updates, one row for each line and each fee."""

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import or_, select, update

from conference.kernel import Refusal, db, in_parts, insert_missing
from conference.payments.documents.composing import line_of
from conference.payments.documents.models import Invoiced
from conference.payments.documents.told import Told
from conference.payments.documents.words import is_spoken
from conference.payments.models import LedgerEntry, Line, Order
from conference.payments.rules import CREDIT, EntryKind, OrderState

GIVEN_UP = (OrderState.LAPSED, OrderState.RETURNED)


def uninvoiced(order, told, language):
    """Content lines of what a locked order has and no invoice: its standing lines, and fees that were kept of ended ones.

    `told` is {line id: Told}. What was paid in an earlier order is no line: it pays.
    """
    lines = [line for line in order.lines if not line.ended_at and line.kind != CREDIT]
    found = [_of_line(line, told.get(line.id) or Told(line.title), language) for line in lines]
    taken = _invoiced([line["source"] for line in found])
    return [line for line in found if line["source"] not in taken] + fees_of(order, language)


def has_more(order):
    """Whether something in an order stands in no invoice yet, fees that were kept among it."""
    return bool(uninvoiced(order, {}, "en"))


def fees_of(order, language):
    """Content lines of the fees that were kept of an order when lines of it ended, and that no invoice has, in that language."""
    kept = select(LedgerEntry).where(LedgerEntry.order_id == order.id, LedgerEntry.kind == EntryKind.FEE)
    entries = list(db.session.scalars(kept.order_by(LedgerEntry.id)))
    taken = _invoiced([f"ledger:{each.id}" for each in entries])
    told = _fee_kept(language)
    found = [line_of(f"ledger:{each.id}", kind="fee", gross=-each.amount_minor, told=told) for each in entries]
    return [line for line in found if line["source"] not in taken]


def retold(order, lines, told, language):
    """Content lines of an invoice of an order as they are said in another language; the reasons of their prices are those of the order's lines."""
    fees = {line["source"]: _fee_kept(language) for line in lines if line["source"].startswith("ledger:")}
    found = fees | {f"line:{key}": each for key, each in told.items()}
    why = {f"line:{line.id}": line.why for line in order.lines} if is_spoken(language) else {}
    return [_said(line, found[line["source"]], why.get(line["source"], ())) for line in lines]


def claim(lines, *, order_id, invoice_id):
    """Put content lines into an invoice; Refusal, to be rolled back, when one of them stands in another one."""
    rows = [_row(line, order_id) for line in lines]
    for some in in_parts(rows):
        insert_missing(Invoiced.__table__, some)
    _move([row["source"] for row in rows], before=None, after=invoice_id)


def release(sources, *, invoice_id):
    """Take what is credited out of its invoice; Refusal, to be rolled back, when it was credited before."""
    _move(sources, before=invoice_id, after=None)


def sources_in(invoice):
    """The sources of what of an invoice is not credited."""
    statement = select(Invoiced.source).where(Invoiced.invoice_id == invoice.id).order_by(Invoiced.source)
    return list(db.session.scalars(statement))


def outlived(order_ids=None):
    """[(order id, invoice id, source)] of what stands in an invoice though its line ended, or its order was given up; of some orders, or all.

    The newest order first, as orders are locked.
    """
    gone = or_(Line.ended_at.is_not(None), Order.state.in_(GIVEN_UP))
    asked = select(Invoiced.order_id, Invoiced.invoice_id, Invoiced.source).join(Order, Invoiced.order_id == Order.id)
    asked = asked.outerjoin(Line, Invoiced.line_id == Line.id).where(Invoiced.invoice_id.is_not(None), gone)
    if order_ids is not None:
        asked = asked.where(Invoiced.order_id.in_(order_ids))
    ordered = asked.order_by(Invoiced.order_id.desc(), Invoiced.invoice_id, Invoiced.source)
    return [tuple(row) for row in db.session.execute(ordered)]


# Which fact of a line's rule is the code of what was sold, for rates of tax of its own.
_NAMES_ITEM = {"add_on": "add_on", "dues": "type"}


def _of_line(line, told, language):
    why = line.why if is_spoken(language) else ()
    item = line.rule.get(_NAMES_ITEM.get(line.kind), "")
    return line_of(f"line:{line.id}", kind=line.kind, item=item, gross=line.amount_minor, told=told, why=why)


def _said(line, told, why):
    return {**line, "name": told.name, "what": told.what, "grant": told.grant, "why": list(why)}


def _fee_kept(language):
    with force_locale(language):
        return Told(_("Fee for cancelling"))


def _row(line, order_id):
    table, _colon, key = line["source"].partition(":")
    line_id = int(key) if table == "line" else None
    return {"source": line["source"], "order_id": order_id, "line_id": line_id, "amount_minor": line["gross"]}


def _invoiced(sources):
    found = set()
    for some in in_parts(sources):
        standing = select(Invoiced.source).where(Invoiced.source.in_(some), Invoiced.invoice_id.is_not(None))
        found.update(db.session.scalars(standing))
    return found


def _move(sources, *, before, after):
    moved = 0
    for some in in_parts(sources):
        there = Invoiced.invoice_id.is_(None) if before is None else Invoiced.invoice_id == before
        statement = update(Invoiced).where(Invoiced.source.in_(some), there).values(invoice_id=after)
        done = db.session.execute(statement, execution_options={"synchronize_session": False})
        moved += done.rowcount  # type: ignore[attr-defined]
    if moved != len(sources):
        raise Refusal(_("Somebody else has made a document of this order at this moment. Look at it again."))
