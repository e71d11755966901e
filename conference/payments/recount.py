"""The recount that shows whether the books tie out: every sum is made again from the rows that it came from."""

from sqlalchemy import and_, func, or_, select

from conference.kernel import db
from conference.payments.models import LedgerEntry, Line, Order, Payment, Refund
from conference.payments.rules import EntryKind, OrderState, RefundState

_NOT_SOLD = (OrderState.OPEN, OrderState.ONGOING, OrderState.LAPSED, OrderState.RETURNED)
_ACCEPTED = (RefundState.PENDING, RefundState.SUCCEEDED)


def differences():
    """Every place where the books do not agree, in words, amounts in minor units; empty when they tie out."""
    payments = _sums(Payment.order_id, Payment.amount_minor)
    refunds = _sums(Refund.order_id, -Refund.amount_minor, Refund.state.in_(_ACCEPTED))
    return [
        *_totals(),
        *_sales(),
        *_reversals(),
        *_money(EntryKind.PAYMENT, payments),
        *_money(EntryKind.REFUND, refunds),
        *_refunded(),
        *_transfers(),
        *_open_balances(),
    ]


def _totals():
    """An order's total is the sum of its lines."""
    lines = _sums(Line.order_id, Line.amount_minor)
    counted = _or_zero(lines)
    statement = select(Order.ref, Order.total_minor, counted).outerjoin(lines, lines.c.key == Order.id)
    rows = db.session.execute(statement.where(Order.total_minor != counted))
    return [f"order {ref}: total {total}, its lines sum to {lines_sum}" for ref, total, lines_sum in rows]


def _sales():
    """A paid order has booked each of its lines, and no other order has; what a parked one was before is not known."""
    of_lines = LedgerEntry.kind.in_((EntryKind.SALE, EntryKind.TRANSFER)) & LedgerEntry.source.like("line:%")
    sales = _sums(LedgerEntry.order_id, -LedgerEntry.amount_minor, of_lines)
    sold = _or_zero(sales)
    wrong = or_(
        and_(Order.state == OrderState.PAID, sold != Order.total_minor),
        and_(Order.state.in_(_NOT_SOLD), sold != 0),
    )
    statement = select(Order.ref, Order.state, Order.total_minor, sold).outerjoin(sales, sales.c.key == Order.id)
    rows = db.session.execute(statement.where(wrong))
    return [f"order {ref} is {state}: {booked} booked as sold, total {total}" for ref, state, total, booked in rows]


def _reversals():
    """Every line of a paid order that ended has its reversal with its own amount, and nothing else has.

    What was taken out of an order that nobody has paid was never booked; what a parked one was before is not known.
    """
    lines = _sums(Line.order_id, Line.amount_minor, Line.ended_at.is_not(None))
    booked = _sums(LedgerEntry.order_id, LedgerEntry.amount_minor, LedgerEntry.kind == EntryKind.REVERSAL)
    ended, reversed_ = _or_zero(lines), _or_zero(booked)
    wrong = or_(
        and_(Order.state == OrderState.PAID, ended != reversed_), and_(Order.state.in_(_NOT_SOLD), reversed_ != 0)
    )
    statement = select(Order.ref, ended, reversed_)
    statement = statement.outerjoin(lines, lines.c.key == Order.id).outerjoin(booked, booked.c.key == Order.id)
    found = db.session.execute(statement.where(wrong))
    return [f"order {ref}: lines that ended sum to {a}, their reversals to {b}" for ref, a, b in found]


def _money(kind, rows):
    """Every payment and every accepted refund stands in the ledger with its own amount, and nothing else does."""
    booked = _sums(LedgerEntry.order_id, LedgerEntry.amount_minor, LedgerEntry.kind == kind)
    ours, theirs = _or_zero(rows), _or_zero(booked)
    statement = select(Order.ref, ours, theirs)
    statement = statement.outerjoin(rows, rows.c.key == Order.id).outerjoin(booked, booked.c.key == Order.id)
    found = db.session.execute(statement.where(ours != theirs))
    return [f"order {ref}: {kind} rows sum to {a}, ledger to {b}" for ref, a, b in found]


def _refunded():
    """What a payment says was sent back is the sum of its refunds that have not failed."""
    refunds = _sums(Refund.payment_id, Refund.amount_minor, Refund.state != RefundState.FAILED)
    counted = _or_zero(refunds)
    statement = select(Payment.provider_ref, Payment.refunded_minor, counted)
    rows = db.session.execute(
        statement.outerjoin(refunds, refunds.c.key == Payment.id).where(Payment.refunded_minor != counted)
    )
    return [f"payment {ref}: {a} marked as refunded, refunds sum to {b}" for ref, a, b in rows]


def _transfers():
    """What is carried from one order to another leaves the one and reaches the other: it sums to nothing."""
    total = func.sum(LedgerEntry.amount_minor)
    carried = select(LedgerEntry.currency, total).where(LedgerEntry.kind == EntryKind.TRANSFER)
    rows = db.session.execute(carried.group_by(LedgerEntry.currency).having(total != 0))
    return [f"transfers between orders in {currency} sum to {amount}" for currency, amount in rows]


def _open_balances():
    """Money without anything given for it is on its way back or parked in sight of staff, and nothing is given without money."""
    balances = _sums(LedgerEntry.order_id, LedgerEntry.amount_minor)
    waiting = _sums(Refund.order_id, Refund.amount_minor, Refund.state == RefundState.REQUESTED)
    left = balances.c.sum - _or_zero(waiting)
    statement = select(Order.ref, left).join(balances, balances.c.key == Order.id)
    statement = statement.outerjoin(waiting, waiting.c.key == Order.id)
    rows = db.session.execute(statement.where(Order.state != OrderState.PARKED, left != 0))
    said = {True: "received and neither given, refunded nor parked", False: "given or sent back without having come"}
    return [f"order {ref}: {abs(amount)} {said[amount > 0]}" for ref, amount in rows]


def _sums(key, amount, *where):
    """A subquery of (key, sum of the amounts of the rows that are counted)."""
    return select(key.label("key"), func.sum(amount).label("sum")).where(*where).group_by(key).subquery()


def _or_zero(sums):
    return func.coalesce(sums.c.sum, 0)
