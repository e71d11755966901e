"""What these tests ask of a dispute, and do about it."""

from sqlalchemy import select

from conference import payments
from conference.kernel import clock, db, transaction
from conference.payments import EntryKind, LedgerEntry
from tests.payments.settled import hear


def the_dispute(order):
    db.session.rollback()
    (found,) = payments.disputes.of_order(order)
    return found


def booked(order):
    """What was booked as taken and given back, in order."""
    mine = select(LedgerEntry.amount_minor).where(
        LedgerEntry.order_id == order.id, LedgerEntry.kind == EntryKind.DISPUTE
    )
    return list(db.session.scalars(mine.order_by(LedgerEntry.id)))


def decide(order, verb, why="known to us"):
    with transaction():
        verb(the_dispute(order), why=why, by=None, now=clock.now())


def at_stripe(order, stripe, outcome):
    stripe.decide_dispute(the_dispute(order).provider_ref, outcome)
    hear(stripe)


def balance(order):
    db.session.rollback()
    return payments.balance_of(payments.order_by_ref(order.ref)).minor
