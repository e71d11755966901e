"""The append-only ledger: an account for each order, in minor units of its currency."""

from sqlalchemy import func, select

from conference.kernel import Money, db, insert_once
from conference.payments.documents import entry_documents
from conference.payments.models import LedgerEntry, Order, Refund
from conference.payments.recount import to_be_checked
from conference.payments.rules import CREDIT, EntryKind, RefundState


def book(order, *, kind, amount, source, now, by=None, why="", scope=None):
    """Write one entry, done by person `by` (None: by itself); a second one of the same source is left out.

    `scope` is the order's own unless it is told. Before the surrounding transaction is committed
    the order is recounted, and what its entries name of its documents is kept.
    """
    if not amount.minor:
        return
    values = {
        "order_id": order.id,
        "at": now,
        "kind": kind,
        "amount_minor": amount.minor,
        "currency": amount.currency,
        "source": source,
        "by_id": by.id if by else None,
        "why": why,
        "scope": scope or order.scope,
    }
    insert_once(LedgerEntry.__table__, values)
    to_be_checked(order.id)
    entry_documents.to_be_named(order.id)


def book_sales(order, *, now, by=None):
    """Book what the lines of an order give; the money of its credits leaves the accounts that it came from."""
    for line in order.lines:
        facts = {"now": now, "by": by, "why": line.title, "scope": line.scope}
        if line.kind == CREDIT:
            book(order, kind=EntryKind.TRANSFER, amount=-line.amount, source=f"line:{line.id}", **facts)
            earlier = db.session.get(Order, line.rule["order"])
            book(earlier, kind=EntryKind.TRANSFER, amount=line.amount, source=f"carried:{line.id}", **facts)
        else:
            book(order, kind=EntryKind.SALE, amount=-line.amount, source=f"line:{line.id}", **facts)


def balance_of(order):
    """What the order's account sums to, as Money: zero when it is settled, more when money came and nothing was given."""
    total = select(func.coalesce(func.sum(LedgerEntry.amount_minor), 0)).where(LedgerEntry.order_id == order.id)
    return Money(int(db.session.scalar(total)), order.currency)


def owed(order):
    """As Money, what was received, is not given any more, and is not on its way back: more than zero after a refund failed."""
    waiting = select(func.coalesce(func.sum(Refund.amount_minor), 0)).where(
        Refund.order_id == order.id, Refund.state == RefundState.REQUESTED
    )
    return balance_of(order) - Money(int(db.session.scalar(waiting)), order.currency)


def count(order):
    """How many entries an order's account has."""
    return db.session.scalar(select(func.count()).select_from(LedgerEntry).where(LedgerEntry.order_id == order.id))
