"""The few verbs of these tests: place, settle, lapse, and what stands afterwards."""

from dataclasses import replace

from sqlalchemy import func, select

from conference import checkout, mail, payments, registration
from conference.kernel import db, transaction
from conference.payments import Seen
from tests.cast import a_draft


def paid(order, **changes):
    """Stripe saying that the order was paid."""
    facts = Seen("cs_1", order.ref, "complete", "paid", order.total_minor, order.currency, f"pi_{order.ref}")
    return replace(facts, **changes)


def place(meeting, person, now, **wishes):
    with transaction():
        draft = a_draft(meeting, person, now, **wishes)
    with transaction():
        return checkout.place(draft=draft, meeting=meeting, person=person, now=now)


def settle(order, seen, now):
    with transaction():
        return checkout.settle(order.id, seen, now=now)


def lapse(order, now):
    with transaction():
        return checkout.lapse_if_due(order.id, now=now)


def letters():
    return sorted(db.session.scalars(select(mail.Letter.kind)))


def taken():
    return db.session.scalar(select(func.sum(registration.Pool.taken)))


def state_of(order):
    return payments.order_by_ref(order.ref).state
