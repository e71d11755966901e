"""Refunds carried to Stripe: asked once whatever breaks, and in step with what is done there by others."""

from datetime import timedelta

import pytest
import time_machine

from conference import checkout, jobs, payments
from conference.checkout import paying
from conference.kernel import Money, clock, db, transaction

ASKED = "POST /v1/refunds"


@pytest.fixture
def settled(order, stripe):
    """Ada's order, paid at the stand-in and settled."""
    paying.payment_page(order, email="ada@example.org", locale="en")
    stripe.pay(payments.order_by_ref(order.ref).session_id)
    hear(stripe)
    return payments.order_by_ref(order.ref)


def hear(stripe):
    """Every event that the stand-in made arrives, new or not, and the worker acts on those that are new."""
    with transaction():
        for event in stripe.events():
            facts = {"event_id": event["id"], "kind": event["type"], "object_id": event["data"]["object"]["id"]}
            payments.note_event(**facts, now=clock.now())
    jobs.run("stripe")
    db.session.rollback()


def give_back(order, minor, *, lines=()):
    with transaction():
        checkout.end_lines_and_refund(
            order_id=order.id,
            line_ids=[each.id for each in lines],
            amount=Money(minor, "USD"),
            reason="ill",
            by=None,
            now=clock.now(),
        )


def at_stripe(stripe, order):
    """[(amount, status)] of the refunds of an order there, oldest first."""
    intent = payments.payments_of(order)[0].provider_ref
    found = stripe.client().v1.refunds.list({"payment_intent": intent, "limit": 100})
    return [(each.amount, each.status) for each in found.auto_paging_iter()][::-1]


def states(order):
    db.session.rollback()
    return [(each.amount_minor, str(each.state)) for each in payments.refunds_of(order)]


def later(**time):
    """As if the worker came by again after that time."""
    return time_machine.travel(clock.now() + timedelta(**time), tick=True)


def test_a_refund_is_asked_for_once_and_heard_of_often(settled, stripe):
    give_back(settled, 44000, lines=settled.lines)

    jobs.run("refunds")
    hear(stripe)
    jobs.run("refunds")

    assert at_stripe(stripe, settled) == [(44000, "succeeded")] == states(settled)
    assert payments.differences() == []


def test_an_answer_that_never_came_does_not_send_the_money_twice(settled, stripe, tap):
    give_back(settled, 10000)
    stripe.faults(reset_calls=3, only_path="/v1/refunds")
    jobs.run("refunds")
    tries = len(tap.of(ASKED))
    assert states(settled) == [(10000, "requested")]

    with later(hours=30):  # by now Stripe may have forgotten the idempotency key
        jobs.run("refunds")

    assert (len(tap.of(ASKED)), states(settled)) == (tries, [(10000, "succeeded")])
    assert at_stripe(stripe, settled) == [(10000, "succeeded")]


def test_while_stripe_cannot_be_reached_a_refund_waits(settled, stripe):
    give_back(settled, 10000)
    stripe.faults(reset_calls=-1, reset_when="before", only_path="/v1/refunds")
    jobs.run("refunds")
    assert (at_stripe_later := states(settled)) == [(10000, "requested")]
    stripe.no_faults()

    jobs.run("refunds")
    assert states(settled) == at_stripe_later
    with later(minutes=10):
        jobs.run("refunds")

    assert at_stripe(stripe, settled) == [(10000, "succeeded")] == states(settled)


@pytest.mark.parametrize("outcome", ["failed", "pending"])
def test_a_refund_that_stripe_takes_and_that_fails_in_the_end_is_shown(settled, stripe, outcome):
    stripe.faults(refund_outcome=outcome)
    give_back(settled, 44000, lines=settled.lines)
    jobs.run("refunds")
    if outcome == "pending":
        hear(stripe)
        stripe.settle_refund(payments.refunds_of(settled)[0].provider_ref, "fail")

    hear(stripe)

    assert states(settled) == [(44000, "failed")]
    assert payments.differences() == [f"order {settled.ref}: 44000 received and neither given, refunded nor parked"]


def test_a_refund_at_the_dashboard_is_booked_and_noted(settled, stripe):
    intent = payments.payments_of(settled)[0].provider_ref
    stripe.client().v1.refunds.create({"payment_intent": intent, "amount": 4000})

    hear(stripe)

    assert states(settled) == [(4000, "succeeded")]
    assert "40.00 USD was refunded at Stripe itself" in payments.order_by_ref(settled.ref).parked_reason
    assert payments.differences() == []


def test_every_refund_at_the_dashboard_is_noted(settled, stripe):
    intent = payments.payments_of(settled)[0].provider_ref
    for minor in (4000, 300):
        stripe.client().v1.refunds.create({"payment_intent": intent, "amount": minor})

    hear(stripe)

    said = payments.order_by_ref(settled.ref).parked_reason
    assert ("40.00 USD was refunded" in said, "3.00 USD was refunded" in said) == (True, True)
    assert {each.reason.partition(": ")[2][:4] for each in payments.refunds_of(settled)} == {"40.0", "3.00"}


def test_a_refund_that_the_dashboard_was_faster_with_ends_in_books_that_tie_out(settled, stripe):
    intent = payments.payments_of(settled)[0].provider_ref
    stripe.client().v1.refunds.create({"payment_intent": intent})
    give_back(settled, 44000, lines=settled.lines)

    jobs.run("refunds")
    assert states(settled) == [(44000, "failed")]
    hear(stripe)

    assert states(settled) == [(44000, "failed"), (44000, "succeeded")]
    assert payments.differences() == []
