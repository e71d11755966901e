"""The append-only ledger, and the recount that shows whether it ties out."""

from sqlalchemy import func, select

from conference.kernel import Money, db, insert_once
from conference.payments.models import LedgerEntry, Line, Order, Payment, Refund
from conference.payments.rules import OrderState


def book(order, *, kind, amount, source, now):
    """Write one entry; a second one of the same source is left out."""
    values = {
        "order_id": order.id,
        "at": now,
        "kind": kind,
        "amount_minor": amount.minor,
        "currency": amount.currency,
        "source": source,
    }
    if amount.minor:
        insert_once(LedgerEntry.__table__, values)


def balance_of(order):
    """What the order's account sums to: zero when it is settled, more when money came and nothing was given."""
    total = select(func.coalesce(func.sum(LedgerEntry.amount_minor), 0)).where(LedgerEntry.order_id == order.id)
    return Money(int(db.session.scalar(total)), order.currency)


def owed(order):
    """What was received, is not given any more, and is not on its way back: more than zero after a refund failed."""
    waiting = select(func.coalesce(func.sum(Refund.amount_minor), 0)).where(
        Refund.order_id == order.id, Refund.state == "requested"
    )
    return balance_of(order) - Money(int(db.session.scalar(waiting)), order.currency)


def differences():
    """Every place where the books do not agree, in words; empty when they tie out."""
    return [
        *_totals(),
        *_sales(),
        *_money(Payment, "payment", 1),
        *_money(Refund, "refund", -1),
        *_refunded(),
        *_open_balances(),
    ]


def _totals():
    """An order's total is the sum of its lines."""
    lines = select(Line.order_id, func.sum(Line.amount_minor).label("sum")).group_by(Line.order_id).subquery()
    statement = (
        select(Order.ref, Order.total_minor, func.coalesce(lines.c.sum, 0))
        .outerjoin(lines, lines.c.order_id == Order.id)
        .where(Order.total_minor != func.coalesce(lines.c.sum, 0))
    )
    return [
        f"order {ref}: total {total}, its lines sum to {sum_}" for ref, total, sum_ in db.session.execute(statement)
    ]


def _sales():
    """A paid order has booked each of its lines, and no other order has."""
    sold = select(LedgerEntry.order_id, func.sum(LedgerEntry.amount_minor).label("sum")).where(
        LedgerEntry.kind == "sale"
    )
    sums = sold.group_by(LedgerEntry.order_id).subquery()
    expected = func.coalesce(-sums.c.sum, 0)
    statement = select(Order.ref, Order.state, Order.total_minor, expected).outerjoin(sums, sums.c.order_id == Order.id)
    wrong = statement.where(
        ((Order.state == OrderState.PAID) & (expected != Order.total_minor))
        | (
            Order.state.in_((OrderState.OPEN, OrderState.ONGOING, OrderState.LAPSED, OrderState.RETURNED))
            & (expected != 0)
        )
    )
    return [
        f"order {ref} is {state}: {booked} booked as sold, total {total}"
        for ref, state, total, booked in db.session.execute(wrong)
    ]


def _money(table, kind, sign):
    """Every payment and every accepted refund stands in the ledger with its own amount, and nothing else does."""
    booked = (
        select(LedgerEntry.order_id, func.sum(LedgerEntry.amount_minor).label("sum"))
        .where(LedgerEntry.kind == kind)
        .group_by(LedgerEntry.order_id)
        .subquery()
    )
    rows = select(table.order_id, func.sum(table.amount_minor).label("sum")).group_by(table.order_id)
    if table is Refund:
        rows = rows.where(Refund.state.in_(("pending", "succeeded")))
    counted = rows.subquery()
    ours, theirs = func.coalesce(counted.c.sum, 0) * sign, func.coalesce(booked.c.sum, 0)
    statement = (
        select(Order.ref, ours, theirs)
        .outerjoin(counted, counted.c.order_id == Order.id)
        .outerjoin(booked, booked.c.order_id == Order.id)
        .where(ours != theirs)
    )
    return [f"order {ref}: {kind} rows sum to {a}, ledger to {b}" for ref, a, b in db.session.execute(statement)]


def _refunded():
    """What a payment says was sent back is the sum of its refunds that have not failed."""
    sums = (
        select(Refund.payment_id, func.sum(Refund.amount_minor).label("sum"))
        .where(Refund.state != "failed")
        .group_by(Refund.payment_id)
        .subquery()
    )
    statement = (
        select(Payment.provider_ref, Payment.refunded_minor, func.coalesce(sums.c.sum, 0))
        .outerjoin(sums, sums.c.payment_id == Payment.id)
        .where(Payment.refunded_minor != func.coalesce(sums.c.sum, 0))
    )
    return [f"payment {ref}: {a} marked as refunded, refunds sum to {b}" for ref, a, b in db.session.execute(statement)]


def _open_balances():
    """Money without anything given for it is either on its way back or parked in sight of staff."""
    sums = (
        select(LedgerEntry.order_id, func.sum(LedgerEntry.amount_minor).label("sum"))
        .group_by(LedgerEntry.order_id)
        .subquery()
    )
    waiting = (
        select(Refund.order_id, func.sum(Refund.amount_minor).label("sum"))
        .where(Refund.state == "requested")
        .group_by(Refund.order_id)
        .subquery()
    )
    open_ = sums.c.sum - func.coalesce(waiting.c.sum, 0)
    statement = (
        select(Order.ref, open_)
        .join(sums, sums.c.order_id == Order.id)
        .outerjoin(waiting, waiting.c.order_id == Order.id)
        .where(Order.state != OrderState.PARKED, open_ > 0)
    )
    return [
        f"order {ref}: {amount} received and neither given, refunded nor parked"
        for ref, amount in db.session.execute(statement)
    ]


def count(order):
    """How many entries an order's account has."""
    return db.session.scalar(select(func.count()).select_from(LedgerEntry).where(LedgerEntry.order_id == order.id))
