"""Whoever has an account is one customer at Stripe, whatever happens there."""

import pytest

from conference import accounts, payments
from conference.kernel import clock, transaction
from conference.payments import gateway
from tests.payments.settled import later, open_page, sweep

SESSIONS = "/v1/checkout/sessions"
SESSION = "POST /v1/checkout/sessions"


@pytest.fixture
def account(ada):
    """Ada has an account."""
    with transaction():
        return accounts.create(email=ada.email, now=clock.now())


def test_who_has_an_account_is_one_customer_at_stripe(tap, stripe, order, account):
    open_page(order)
    stripe.expire(payments.order_by_ref(order.ref).session_id)
    with later(minutes=1):
        open_page(order)

    made, sessions = tap.of("POST /v1/customers"), tap.of(SESSION)
    assert len(made) == 1
    assert made[0].headers["Idempotency-Key"].startswith(f"customer-{account.person.ref}-1-")
    assert {each.parameters["customer"] for each in sessions} == {stripe.client().v1.customers.list().data[0].id}
    assert not any("customer_email" in each.parameters for each in sessions)


def test_a_customer_that_was_deleted_at_stripe_is_made_anew(tap, stripe, order, account):
    open_page(order)
    first = tap.of(SESSION)[0].parameters["customer"]
    stripe.expire(payments.order_by_ref(order.ref).session_id)
    stripe.delete_customer(first)

    with later(minutes=1):
        assert open_page(order)

    assert tap.of(SESSION)[-1].parameters["customer"] != first
    assert len(tap.of("POST /v1/customers")) == 2


def test_a_customer_whose_answer_was_lost_is_found_and_not_made_twice(context, tap, stripe, order, account):
    stripe.faults(reset_calls=3, only_path="/v1/customers")
    with pytest.raises(gateway.Unreachable):
        open_page(order)
    with later(minutes=3):
        sweep(context, "calls")
        open_page(order)

    found = stripe.client().v1.customers.list({"limit": 100}).data
    (mine,) = [each for each in found if each.metadata["person"] == account.person.ref]
    assert tap.of(SESSION)[-1].parameters["customer"] == mine.id


def test_somebody_can_pay_although_stripe_makes_no_customer(tap, stripe, order, account):
    stripe.faults(forbidden_calls=-1, only_path="/v1/customers")

    assert open_page(order)

    assert tap.of(SESSION)[0].parameters["customer_email"] == "ada@example.org"
