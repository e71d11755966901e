"""Stripe in every weather: no answer, faults of its own, too many calls, a key that may not, messages of others; nothing is lost or done twice."""

import io
import logging
from datetime import timedelta

import pytest
import stripe as library
import time_machine
from sqlalchemy import select

from conference import accounts, jobs, payments
from conference.checkout import paying
from conference.kernel import Money, clock, db, transaction
from conference.operations.logs import OneLine
from conference.payments import Call, CallState, Event, gateway
from tests.payments.settled import hear, pay, sweep
from tests.payments.test_webhook import an_event, post

SESSIONS = "/v1/checkout/sessions"
SESSION = "POST /v1/checkout/sessions"


def open_page(order):
    return paying.payment_page(payments.order_by_ref(order.ref), email="ada@example.org", locale="en")


def calls():
    """[(kind, state, answer)] of all that Stripe was asked to make."""
    db.session.rollback()
    return [(each.kind, each.state, each.answer) for each in db.session.scalars(select(Call).order_by(Call.id))]


def later(**time):
    return time_machine.travel(clock.now() + timedelta(**time), tick=True)


@pytest.fixture
def account(ada):
    """Ada has an account."""
    with transaction():
        return accounts.create(email=ada.email, now=clock.now())


def test_what_is_asked_is_written_down_with_its_key_and_what_came_of_it(tap, order):
    open_page(order)

    (call,) = db.session.scalars(select(Call))
    assert (call.kind, call.state, call.answer) == ("page", "answered", payments.order_by_ref(order.ref).session_id)
    assert call.key == tap.of(SESSION)[0].headers["Idempotency-Key"]


def test_a_page_whose_answer_was_lost_is_found_and_kept(context, stripe, order):
    stripe.faults(reset_calls=3, only_path=SESSIONS)
    with pytest.raises(gateway.Unreachable):
        open_page(order)
    stripe.no_faults()
    assert calls() == [("page", CallState.UNKNOWN, "")]

    with later(minutes=3):
        sweep(context, "calls")

    (session,) = [each for each in stripe.sessions() if each["client_reference_id"] == order.ref]
    assert calls() == [("page", CallState.ANSWERED, session["id"])]
    assert (payments.order_by_ref(order.ref).session_id, open_page(order)) == (session["id"], session["url"])


def test_a_page_whose_answer_was_lost_is_closed_when_another_was_opened_meanwhile(context, stripe, order):
    stripe.faults(reset_calls=3, only_path=SESSIONS)
    with pytest.raises(gateway.Unreachable):
        open_page(order)
    stripe.no_faults()
    open_page(order)

    with later(minutes=3):
        sweep(context, "calls")

    kept = payments.order_by_ref(order.ref).session_id
    states = {each["id"]: each["status"] for each in stripe.sessions() if each["client_reference_id"] == order.ref}
    assert sorted(states.values()) == ["expired", "open"]
    assert states[kept] == "open"


def test_a_page_that_stripe_never_made_is_found_to_be_none(context, stripe, order):
    stripe.faults(reset_calls=-1, reset_when="before", only_path=SESSIONS)
    with pytest.raises(gateway.Unreachable):
        open_page(order)
    stripe.no_faults()

    with later(minutes=3):
        sweep(context, "calls")

    assert calls() == [("page", CallState.REFUSED, "")]


def test_a_call_over_which_its_process_was_killed_is_looked_into(context, stripe, order):
    with transaction():
        payments.calls.ask(key=f"order-{order.ref}-1-x", kind="page", subject=order.id, now=clock.now())

    with later(minutes=3):
        sweep(context, "calls")

    assert calls() == [("page", CallState.REFUSED, "")]


def test_after_a_fault_of_stripes_own_a_refund_is_asked_for_under_another_key(tap, stripe, order):
    settled = pay(order, stripe)
    with transaction():
        payments.promise_refund(order=settled, amount=Money(1000, "USD"), reason="", now=clock.now())
        payments.book_difference(settled, ended=[], refunded=Money(1000, "USD"), now=clock.now())
    stripe.faults(error_calls=1, only_path="/v1/refunds")
    jobs.run("refunds")
    with later(minutes=10):
        jobs.run("refunds")

    db.session.rollback()
    keys = [each.headers["Idempotency-Key"] for each in tap.of("POST /v1/refunds")]
    assert len(set(keys)) == 2
    assert [str(each.state) for each in payments.refunds_of(settled)] == ["succeeded"]
    assert [state for kind, state, _answer in calls() if kind == "refund"] == [CallState.UNKNOWN, CallState.ANSWERED]


def test_after_a_broken_connection_a_refund_is_asked_for_under_the_same_key(tap, stripe, order):
    settled = pay(order, stripe)
    with transaction():
        payments.promise_refund(order=settled, amount=Money(1000, "USD"), reason="", now=clock.now())
    stripe.faults(reset_calls=3, reset_when="before", only_path="/v1/refunds")
    jobs.run("refunds")
    with later(minutes=10):
        jobs.run("refunds")

    assert len({each.headers["Idempotency-Key"] for each in tap.of("POST /v1/refunds")}) == 1


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
    with transaction():
        payments.promise_refund(order=settled, amount=Money(1000, "USD"), reason="", now=clock.now())
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
    with transaction():
        payments.book_difference(settled, ended=[], refunded=Money(1000, "USD"), now=clock.now())
        payments.promise_refund(order=settled, amount=Money(1000, "USD"), reason="", now=clock.now())
    jobs.run("refunds")
    db.session.rollback()
    if then:
        stripe.settle_refund(payments.refunds_of(settled)[0].provider_ref, then)
        hear(stripe)

    assert [str(each.state) for each in payments.refunds_of(settled)] == [state]
    assert payments.payments_of(settled)[0].refunded_minor == (0 if differs else 1000)
    assert bool(payments.differences()) == differs
