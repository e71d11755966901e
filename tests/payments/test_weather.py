"""Stripe in every weather: too many calls, a key that may not, messages of others, a client that fails loudly; nothing is lost or done twice."""

import io
import logging
from datetime import timedelta

import pytest
import stripe as library
from sqlalchemy import select

from conference import jobs, payments
from conference.kernel import clock, db, transaction
from conference.operations.logs import OneLine
from conference.payments import Event, gateway
from tests.payments.settled import hear, later, open_page, pay, promise
from tests.payments.test_webhook import an_event, post

SESSIONS = "/v1/checkout/sessions"
SESSION = "POST /v1/checkout/sessions"


def test_too_many_calls_are_waited_for_as_long_as_stripe_says_and_a_little_more(context, tap, stripe, order):
    open_page(order)
    stripe.pay(payments.order_by_ref(order.ref).session_id)
    note_events(stripe)
    stripe.faults(busy_calls=-1, busy_seconds=300)
    asked = len(tap.requests)

    jobs.run("stripe")
    with later(minutes=4):
        for name in ("stripe", "orders", "refunds", "catch-up", "disputes", "calls"):
            jobs.run(name)
    assert len(tap.requests) == asked + 1
    stripe.no_faults()
    with later(minutes=8):
        jobs.run("stripe")

    assert payments.order_by_ref(order.ref).state == "paid"


def note_events(stripe):
    """What the webhook would have kept, while Stripe cannot be asked for anything."""
    with transaction():
        for event in stripe.events("checkout.session.completed"):
            facts = {"event_id": event["id"], "kind": event["type"], "object_id": event["data"]["object"]["id"]}
            payments.note_event(**facts, now=clock.now())


@pytest.mark.parametrize(
    ("told", "least", "most"),
    [("30", 30, 39), ("0", 0, 1), ("", 2, 4), ("soon", 2, 4), ("9999999", 2, 4), ("999999", 3600, 300000)],
)
def test_the_pause_is_what_stripe_asks_for_and_no_two_are_the_same(told, least, most):
    error = library.RateLimitError("slow down", headers={"Retry-After": told})

    pauses = {payments.stripe_client.pause_of(error).total_seconds() for _ in range(20)}

    assert all(least <= pause <= most for pause in pauses)
    assert len(pauses) > 1


def test_a_key_that_may_not_is_said_in_clear_words_and_nothing_is_lost(stripe, order):
    settled = pay(order, stripe)
    promise(settled, 1000)
    stripe.faults(forbidden_calls=-1, only_path="/v1/refunds")
    jobs.run("refunds")

    db.session.rollback()
    (refund,) = payments.refunds_of(settled)
    assert refund.state == "requested"
    assert refund.failure.startswith("The key may not do this: give the restricted key the permission")
    assert "required permissions" in refund.failure
    stripe.no_faults()
    with later(minutes=10):
        jobs.run("refunds")
    db.session.rollback()
    assert payments.refunds_of(settled)[0].state == "succeeded"


def test_an_event_that_the_key_may_not_look_into_says_so_and_waits(stripe, order):
    open_page(order)
    stripe.pay(payments.order_by_ref(order.ref).session_id)
    session_id = payments.order_by_ref(order.ref).session_id
    stripe.faults(forbidden_calls=-1, only_path=f"/v1/checkout/sessions/{session_id}")

    hear(stripe, only=("checkout.session.completed",))

    mine = select(Event).where(Event.type == "checkout.session.completed", Event.object_id == session_id)
    (event,) = db.session.scalars(mine)
    assert (event.done_at, event.error.startswith("The key may not do this")) == (None, True)


def test_events_of_another_account_are_refused(client, context, monkeypatch):
    assert post(client, an_event(account="acct_other")) == 400
    monkeypatch.setitem(context.config, "STRIPE_ACCOUNT", "acct_ours")

    assert post(client, an_event(id="evt_other", account="acct_other")) == 400
    assert post(client, an_event(id="evt_ours", account="acct_ours")) == 200
    assert post(client, an_event(id="evt_plain")) == 200


def test_the_version_that_we_speak_is_the_clients_own():
    assert library.api_version == gateway.API_VERSION


def test_a_message_of_another_version_is_noted_for_staff_and_acted_on(client, context):
    assert post(client, an_event(id="evt_new")) == 200
    assert payments.events.of_another_version(gateway.API_VERSION, since=clock.now() - timedelta(days=1)) == []
    assert post(client, an_event(id="evt_old", api_version="2020-08-27")) == 200

    found = payments.events.of_another_version(gateway.API_VERSION, since=clock.now() - timedelta(days=1))

    assert found == ["2020-08-27"]


@pytest.mark.parametrize("base", ["stand-in", "http://127.0.0.1:9"])
def test_however_loudly_the_client_fails_the_key_stands_in_no_log(context, stripe, order, monkeypatch, base):
    key = "rk_live_51AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"
    monkeypatch.setitem(context.config, "STRIPE_API_KEY", key)
    if base != "stand-in":
        monkeypatch.setitem(context.config, "STRIPE_API_BASE", base)
    context.extensions.pop("stripe-client", None)
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    handler.setFormatter(OneLine())
    root = logging.getLogger()
    root.addHandler(handler)
    levels = {name: logging.getLogger(name).level for name in ("", "stripe", "urllib3", "requests")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        with pytest.raises(gateway.Unreachable):
            open_page(order)
        logging.getLogger("conference").error("it failed with %s: %s", key, f"Bearer {key}", exc_info=ValueError(key))
    finally:
        root.removeHandler(handler)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)

    assert "it failed with" in told.getvalue()
    assert "stripe" in told.getvalue()
    assert key[8:] not in told.getvalue()
