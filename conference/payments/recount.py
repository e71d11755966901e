"""The recount that shows whether the books tie out: every sum is made again from the rows that it came from."""

from sqlalchemy import and_, case, false, func, or_, select, true

from conference.kernel import before_commit, db, in_parts
from conference.payments.dispute_models import Dispute
from conference.payments.models import LedgerEntry, Line, Order, Payment, Refund
from conference.payments.rules import ACCEPTED, UNDONE, EntryKind, OrderState, RefundState

_NOT_SOLD = (OrderState.OPEN, OrderState.ONGOING, OrderState.LAPSED, OrderState.RETURNED)


class BooksDoNotTieOut(RuntimeError):
    """What was about to be committed would leave an order whose account does not sum: nothing of it is kept."""


def differences():
    """Every place where the books do not agree, in words, amounts in minor units; empty when they tie out."""
    return [*_differences(), *_transfers()]


def to_be_checked(*order_ids):
    """Have these orders recounted before the surrounding transaction is committed; BooksDoNotTieOut undoes it."""
    before_commit(_check, order_ids)


def _check(order_ids):
    refuse_differences(_differences, order_ids)


def refuse_differences(recount, keys):
    """BooksDoNotTieOut when the recount of some of these keys, which are many, finds anything."""
    db.session.flush()
    found = [line for some in in_parts(sorted(keys)) for line in recount(some)]
    if found:
        raise BooksDoNotTieOut("; ".join(found))


def _differences(order_ids=None):
    """The differences of these orders, or of all of them."""
    some = _Some(order_ids)
    payments = some.sums(Payment.order_id, Payment.amount_minor)
    refunds = some.sums(Refund.order_id, -Refund.amount_minor, Refund.state.in_(ACCEPTED))
    disputes = some.sums(Dispute.order_id, -Dispute.taken_minor)
    return [
        *_totals(some),
        *_sales(some),
        *_reversals(some),
        *_money(some, EntryKind.PAYMENT, payments),
        *_money(some, EntryKind.REFUND, refunds),
        *_money(some, EntryKind.DISPUTE, disputes),
        *_refunded(some),
        *_disputed(some),
        *_open_balances(some),
    ]


class _Some:
    """Some orders by their keys, or all: sums of what belongs to them, and statements about them."""

    def __init__(self, order_ids):
        self.order_ids = order_ids

    def among(self, column):
        """The clause that `column` names one of the orders. It stands in every subquery too: a database looks into none by itself."""
        return true() if self.order_ids is None else column.in_(self.order_ids)

    def sums(self, key, amount, *where):
        """A subquery of (key, sum of the amounts of the rows that are counted), by order."""
        grouped = select(key.label("key"), func.sum(amount).label("sum")).where(self.among(key), *where)
        return grouped.group_by(key).subquery()

    def rows(self, columns, *sums, where):
        """Rows of (order's columns) that are at fault, joined with sums by order."""
        statement = select(*columns).select_from(Order)
        for each in sums:
            statement = statement.outerjoin(each, each.c.key == Order.id)
        return db.session.execute(statement.where(self.among(Order.id), where).order_by(Order.id))


def _totals(some):
    """An order's total is the sum of its lines."""
    lines = some.sums(Line.order_id, Line.amount_minor)
    counted = _or_zero(lines)
    rows = some.rows((Order.ref, Order.total_minor, counted), lines, where=Order.total_minor != counted)
    return [f"order {ref}: total {total}, its lines sum to {lines_sum}" for ref, total, lines_sum in rows]


def _sales(some):
    """A paid order has booked each of its lines, and no other order has; what a parked one was before is not known."""
    of_lines = LedgerEntry.kind.in_((EntryKind.SALE, EntryKind.TRANSFER)) & LedgerEntry.source.like("line:%")
    sales = some.sums(LedgerEntry.order_id, -LedgerEntry.amount_minor, of_lines)
    sold = _or_zero(sales)
    wrong = or_(
        and_(Order.state == OrderState.PAID, sold != Order.total_minor),
        and_(Order.state.in_(_NOT_SOLD), sold != 0),
    )
    rows = some.rows((Order.ref, Order.state, Order.total_minor, sold), sales, where=wrong)
    return [f"order {ref} is {state}: {booked} booked as sold, total {total}" for ref, state, total, booked in rows]


def _reversals(some):
    """Every line of a paid order that ended has its reversal with its own amount, and nothing else has.

    What was taken out of an order that nobody has paid was never booked; what a parked one was before is not known.
    """
    lines = some.sums(Line.order_id, Line.amount_minor, Line.ended_at.is_not(None))
    booked = some.sums(LedgerEntry.order_id, LedgerEntry.amount_minor, LedgerEntry.kind == EntryKind.REVERSAL)
    ended, reversed_ = _or_zero(lines), _or_zero(booked)
    wrong = or_(
        and_(Order.state == OrderState.PAID, ended != reversed_), and_(Order.state.in_(_NOT_SOLD), reversed_ != 0)
    )
    found = some.rows((Order.ref, ended, reversed_), lines, booked, where=wrong)
    return [f"order {ref}: lines that ended sum to {a}, their reversals to {b}" for ref, a, b in found]


def _money(some, kind, rows):
    """Every payment and every accepted refund stands in the ledger with its own amount, and nothing else does."""
    booked = some.sums(LedgerEntry.order_id, LedgerEntry.amount_minor, LedgerEntry.kind == kind)
    ours, theirs = _or_zero(rows), _or_zero(booked)
    found = some.rows((Order.ref, ours, theirs), rows, booked, where=ours != theirs)
    return [f"order {ref}: {kind} rows sum to {a}, ledger to {b}" for ref, a, b in found]


def _refunded(some):
    """What a payment says was sent back is the sum of its refunds that have not failed."""
    grouped = select(Refund.payment_id.label("key"), func.sum(Refund.amount_minor).label("sum"))
    stands = Refund.state.not_in(UNDONE)
    refunds = grouped.where(stands, some.among(Refund.order_id)).group_by(Refund.payment_id).subquery()
    counted = _or_zero(refunds)
    statement = select(Payment.provider_ref, Payment.refunded_minor, counted)
    statement = statement.outerjoin(refunds, refunds.c.key == Payment.id).where(some.among(Payment.order_id))
    rows = db.session.execute(statement.where(Payment.refunded_minor != counted).order_by(Payment.id))
    return [f"payment {ref}: {a} marked as refunded, refunds sum to {b}" for ref, a, b in rows]


def _disputed(some):
    """What a payment says that banks took of it, and how many disputes block its refunds, is what its disputes say."""
    blocking = func.sum(case((Dispute.blocks_refunds, 1), else_=0)).label("blocking")
    grouped = select(Dispute.payment_id.label("key"), func.sum(Dispute.taken_minor).label("sum"), blocking)
    found = grouped.where(some.among(Dispute.order_id)).group_by(Dispute.payment_id).subquery()
    taken, blocked = _or_zero(found), func.coalesce(found.c.blocking, 0)
    statement = select(Payment.provider_ref, Payment.taken_minor, taken, Payment.disputes_open, blocked)
    statement = statement.outerjoin(found, found.c.key == Payment.id).where(some.among(Payment.order_id))
    wrong = or_(Payment.taken_minor != taken, Payment.disputes_open != blocked)
    rows = db.session.execute(statement.where(wrong).order_by(Payment.id))
    return [
        f"payment {ref}: {a} marked as taken and {c} disputes as open, its disputes say {b} and {d}"
        for ref, a, b, c, d in rows
    ]


def _open_balances(some):
    """Money without anything given for it is on its way back, parked in sight of staff, or the first part of what is due.

    What is owed as its refund failed, or as it was won back after the place was taken back, is named among all; but it may be
    committed, for that is how staff come to see it: so may whatever a dispute leaves, however bank and staff decide. What a bank has
    taken may be missing: of a dispute until both have decided, of a transfer while a note tells staff of it.
    """
    balances = some.sums(LedgerEntry.order_id, LedgerEntry.amount_minor)
    waiting = some.sums(Refund.order_id, Refund.amount_minor, Refund.state == RefundState.REQUESTED)
    failed = some.sums(Refund.order_id, Refund.amount_minor, Refund.state.in_(UNDONE))
    disputed = some.sums(Dispute.order_id, Dispute.taken_minor, Dispute.finished_at.is_(None))
    left = _or_zero(balances) - _or_zero(waiting)
    most = 0 if some.order_ids is None else _or_zero(failed)
    may_be_left = false() if some.order_ids is None else Order.id.in_(select(Dispute.order_id))
    in_part = Order.state.in_((OrderState.OPEN, OrderState.ONGOING)) & (left > 0) & (left < Order.total_minor)
    taken_back = (Order.state == OrderState.PAID) & (left < 0) & (Order.parked_reason != "")
    off = or_(left + _or_zero(disputed) < 0, and_(left > most, ~may_be_left))
    wrong = and_(Order.state != OrderState.PARKED, off, ~in_part, ~taken_back)
    rows = some.rows((Order.ref, left), balances, waiting, failed, disputed, where=wrong)
    said = {True: "received and neither given, refunded nor parked", False: "given or sent back without having come"}
    return [f"order {ref}: {abs(amount)} {said[amount > 0]}" for ref, amount in rows]


def _transfers():
    """What is carried from one order to another leaves the one and reaches the other: it sums to nothing."""
    total = func.sum(LedgerEntry.amount_minor)
    carried = select(LedgerEntry.currency, total).where(LedgerEntry.kind == EntryKind.TRANSFER)
    rows = db.session.execute(carried.group_by(LedgerEntry.currency).having(total != 0))
    return [f"transfers between orders in {currency} sum to {amount}" for currency, amount in rows]


def _or_zero(sums):
    return func.coalesce(sums.c.sum, 0)
