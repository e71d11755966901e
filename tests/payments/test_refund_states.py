"""Refunds as Stripe means them, and those that were made at Stripe itself."""

import pytest

from conference import jobs, payments
from conference.kernel import db
from tests.payments.settled import hear, pay, promise, sweep

SESSIONS = "/v1/checkout/sessions"
SESSION = "POST /v1/checkout/sessions"


def test_refunds_made_at_stripe_itself_are_found_without_any_message(context, stripe, order):
    settled = pay(order, stripe)
    intent = payments.payments_of(settled)[0].provider_ref
    stripe.client().v1.refunds.create({"payment_intent": intent, "amount": 4000})

    sweep(context, "refunds-at-stripe")
    sweep(context, "refunds-at-stripe")

    assert [(each.amount_minor, str(each.state)) for each in payments.refunds_of(settled)] == [(4000, "succeeded")]
    assert payments.differences() == []


@pytest.mark.parametrize(
    ("outcome", "then", "state", "differs"),
    [
        ("requires_action", None, "requires_action", False),
        ("requires_action", "succeed", "succeeded", False),
        ("requires_action", "fail", "failed", True),
        ("pending", "cancel", "canceled", True),
        ("requires_action", "cancel", "canceled", True),
    ],
)
def test_each_state_of_a_refund_is_kept_as_stripe_means_it(context, stripe, order, outcome, then, state, differs):
    settled = pay(order, stripe)
    stripe.faults(refund_outcome=outcome)
    promise(settled, 1000)
    jobs.run("refunds")
    db.session.rollback()
    if then:
        stripe.settle_refund(payments.refunds_of(settled)[0].provider_ref, then)
        hear(stripe)

    assert [str(each.state) for each in payments.refunds_of(settled)] == [state]
    assert payments.payments_of(settled)[0].refunded_minor == (0 if differs else 1000)
    assert bool(payments.differences()) == differs
