"""What Stripe is asked to make is written down first; what was not answered is looked for, and never made twice."""

import pytest
from sqlalchemy import select

from conference import jobs, payments
from conference.kernel import clock, db, transaction
from conference.payments import Call, CallState, gateway
from tests.payments.settled import calls, later, open_page, pay, promise, sweep

SESSIONS = "/v1/checkout/sessions"
SESSION = "POST /v1/checkout/sessions"


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
    promise(settled, 1000)
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
    promise(settled, 1000)
    stripe.faults(reset_calls=3, reset_when="before", only_path="/v1/refunds")
    jobs.run("refunds")
    with later(minutes=10):
        jobs.run("refunds")

    assert len({each.headers["Idempotency-Key"] for each in tap.of("POST /v1/refunds")}) == 1
