"""Orders paid at the stand-in, and its balance read."""

import pytest

from conference import checkout, jobs, payments
from conference.checkout import paying
from conference.demo.stripe.process import running_stand_in
from conference.kernel import Money, clock, db, transaction
from conference.payments import payouts
from tests.cast import a_draft, a_meeting, a_person
from tests.checkout.conftest import stripe

__all__ = ["stripe"]


@pytest.fixture
def meeting(context, now):
    with transaction():
        return a_meeting(now, places=9)


@pytest.fixture
def stand_in_server():
    """A stand-in with a balance of its own, as all of it is looked at."""
    with running_stand_in(webhook_url=None, secret="whsec_tests") as server:
        yield server


@pytest.fixture
def buy(meeting, stripe):
    """Somebody registers and pays by card: their settled order."""

    def bought(name, method="card"):
        with transaction():
            person = a_person(name, clock.now())
            draft = a_draft(meeting, person, clock.now())
        with transaction():
            order = checkout.place(draft=draft, meeting=meeting, person=person, now=clock.now())
        paying.payment_page(order, email=person.email, locale="en")
        stripe.pay(payments.order_by_ref(order.ref).session_id, method)
        hear(stripe)
        return payments.order_by_ref(order.ref)

    return bought


@pytest.fixture
def read(context):
    """Read the stand-in's balance, as the worker does once an hour; how many rows were tied."""

    def reading():
        context.extensions.pop("stripe-balance-fetched", None)
        tied = jobs.run("balance")
        db.session.rollback()
        return tied

    return reading


def hear(stripe):
    """Every event that the stand-in made arrives, and the worker acts on those that are new."""
    with transaction():
        for event in stripe.events():
            if not event["type"].startswith("payout."):
                facts = {"event_id": event["id"], "kind": event["type"], "object_id": event["data"]["object"]["id"]}
                payments.note_event(**facts, now=clock.now())
    jobs.run("stripe")
    db.session.rollback()


def give_back(order, minor):
    """Staff send so much back, and the worker carries it to Stripe."""
    facts = {"line_ids": [], "amount": Money(minor, "USD"), "reason": "ill", "by": None, "now": clock.now()}
    with transaction():
        checkout.end_lines_and_refund(order_id=order.id, **facts)
    jobs.run("refunds")
    db.session.rollback()


def rows(**asked):
    """[(category, amount, "tied" or what is wrong)] of the rows of the balance."""
    found = db.session.scalars(payouts.rows(**asked)).all()
    return sorted((row.category, row.amount_minor, "tied" if row.tied_at else row.trouble) for row in found)
