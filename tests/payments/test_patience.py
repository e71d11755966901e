"""Stripe hangs longer than we wait: whether it did what was asked is found out, and nothing is done twice."""

import time

import pytest
from sqlalchemy import select

from conference import jobs, payments
from conference.kernel import db
from conference.payments import Call, CallState, gateway
from tests.payments.settled import calls, later, open_page, pay, promise, sweep

SESSIONS = "/v1/checkout/sessions"


@pytest.fixture
def wait(context, monkeypatch):
    """Lets the application wait so many seconds for an answer from now on."""

    def _wait(seconds):
        monkeypatch.setitem(context.config, "STRIPE_TIMEOUT", seconds)
        context.extensions.pop("stripe-client", None)

    return _wait


def pages(stripe, order):
    return [each["id"] for each in stripe.sessions() if each["client_reference_id"] == order.ref]


def test_an_answer_is_waited_for_as_long_as_the_settings_say(context, stripe, order, wait):
    assert context.config["STRIPE_TIMEOUT"] == 15
    wait(0.3)
    stripe.faults(slow_calls=-1, slow_seconds=0.6)

    with pytest.raises(gateway.Unreachable, match="ReadTimeout"):
        open_page(order)


@pytest.mark.parametrize(
    ("when", "state"), [("after", CallState.ANSWERED), ("before", CallState.ANSWERED), ("instead", CallState.REFUSED)]
)
def test_a_page_over_which_stripe_hung_is_found_if_it_was_made(context, stripe, order, wait, when, state):
    wait(0.3)
    stripe.faults(slow_calls=3, slow_seconds=2, slow_when=when, only_path=SESSIONS, only_method="POST")
    with pytest.raises(gateway.Unreachable):
        open_page(order)
    wait(15)
    until = time.monotonic() + 20
    while state == CallState.ANSWERED and not pages(stripe, order) and time.monotonic() < until:
        time.sleep(0.05)

    with later(minutes=3):
        sweep(context, "calls")

    made = pages(stripe, order)
    assert calls()[-1] == ("page", state, "".join(made))
    assert payments.order_by_ref(order.ref).session_id == (made[0] if made else None)


def test_a_call_that_stripe_still_works_on_is_asked_for_under_the_same_key(stripe, order, wait):
    """Stripe keeps no answer for a key whose call is under way, it says 409: another key would let it do the same twice."""
    settled = pay(order, stripe)
    promise(settled, 1000)
    wait(0.3)
    stripe.faults(slow_calls=1, slow_seconds=3, slow_when="before", only_path="/v1/refunds", only_method="POST")
    jobs.run("refunds")
    wait(15)
    stripe.no_faults()
    keys = select(Call.key, Call.is_spent).where(Call.kind == "refund")
    (before,) = db.session.execute(keys).all()

    with later(minutes=5):
        jobs.run("refunds")

    db.session.rollback()
    intent = payments.payments_of(settled)[0].provider_ref
    assert db.session.execute(keys).all() == [before] == [(before.key, False)]
    assert [each.amount for each in stripe.client().v1.refunds.list({"payment_intent": intent}).data] == [1000]
