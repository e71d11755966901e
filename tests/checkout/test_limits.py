"""Nobody can make the office's post, the renderer or the payment service work for ever."""

from datetime import timedelta

import pytest
import time_machine

from conference import checkout, payments
from conference.accounts import rules
from conference.kernel import clock, transaction
from conference.payments import OrderState
from tests.cast import a_draft, a_meeting
from tests.payments.recording import wire_tap
from tests.signing_in import account_of, browser_of


@pytest.fixture
def order(context):
    """Ada's settled order, in a meeting that costs nothing."""
    account = account_of("ada@example.org", given_name="Ada", family_name="Demo", country="US")
    with transaction():
        meeting = a_meeting(clock.now(), amount=0, member_amount=0)
        draft = a_draft(meeting, account.person, clock.now())
        placed = checkout.place(draft=draft, meeting=meeting, person=account.person, now=clock.now())
    return placed, browser_of(context, account)


def test_a_confirmation_can_be_asked_for_again_five_times_an_hour(order):
    placed, ada = order

    soon = rules.window_start(clock.now(), timedelta(hours=1)) + timedelta(hours=1)
    with time_machine.travel(soon):
        answers = [ada.post(f"/orders/{placed.ref}/letter").status_code for _ in range(6)]

    assert answers == [303] * 5 + [429]


def test_a_meeting_that_was_withdrawn_is_not_sold_to_an_old_draft(context):
    account = account_of("ada@example.org", given_name="Ada", family_name="Demo", country="US")
    with transaction():
        meeting = a_meeting(clock.now())
        a_draft(meeting, account.person, clock.now())
        meeting.is_public = False

    answer = browser_of(context, account).post("/meetings/T1/register/review", data={"total": "44000"})

    assert (answer.status_code, answer.location) == (303, "/meetings/T1/register")


@pytest.fixture
def tap(context, stripe, monkeypatch):
    """Everything that is said to the payment service."""
    with wire_tap(stripe.url) as tap:
        monkeypatch.setitem(context.config, "STRIPE_API_BASE", tap.url)
        yield tap


@pytest.fixture
def waiting(context, tap):
    """Ada's order that waits for its payment, and her browser."""
    account = account_of("ada@example.org", given_name="Ada", family_name="Demo", country="US")
    with transaction():
        meeting = a_meeting(clock.now())
        a_draft(meeting, account.person, clock.now())
    ada = browser_of(context, account)
    ada.post("/meetings/T1/register/review", data={"total": "44000"})
    return payments.orders_of(account.person)[0], ada


def test_going_to_pay_again_and_again_is_the_same_page_and_asks_nothing(waiting, tap):
    order, ada = waiting
    tap.requests.clear()

    answers = {ada.post(f"/orders/{order.ref}/pay").location for _ in range(5)}

    assert (answers, tap.requests) == ({order.session_url}, [])


def test_a_page_that_was_opened_longer_ago_is_looked_at_before_it_is_used_again(waiting, stripe):
    order, ada = waiting
    first = order.session_url
    stripe.expire(order.session_id)

    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        again = ada.post(f"/orders/{order.ref}/pay").location

    assert "/c/pay/" in again
    assert again != first


def test_the_payment_service_is_asked_so_many_times_for_one_person(waiting, monkeypatch):
    monkeypatch.setitem(rules.LIMITS, "payment-service", (rules.Limit(1, timedelta(minutes=1)),))
    order, ada = waiting
    soon = rules.window_start(clock.now(), timedelta(minutes=1)) + timedelta(minutes=2)
    with time_machine.travel(soon, tick=False):
        asked, unasked, refused = (ada.post(f"/orders/{order.ref}/{what}") for what in ("pay", "pay", "give-back"))

    assert [each.status_code for each in (asked, unasked, refused)] == [303, 303, 429]
    assert payments.order_by_ref(order.ref).state == OrderState.OPEN


def test_opening_payment_pages_is_counted_too(waiting, stripe, monkeypatch):
    monkeypatch.setitem(rules.LIMITS, "payment-service", (rules.Limit(1, timedelta(minutes=1)),))
    order, ada = waiting
    stripe.expire(order.session_id)
    soon = rules.window_start(clock.now(), timedelta(minutes=1)) + timedelta(minutes=2)
    with time_machine.travel(soon, tick=False):
        answer = ada.post(f"/orders/{order.ref}/pay")

    assert answer.status_code == 429


def test_giving_back_what_was_given_back_asks_nothing(waiting, tap):
    order, ada = waiting
    ada.post(f"/orders/{order.ref}/give-back")
    tap.requests.clear()

    again = ada.post(f"/orders/{order.ref}/give-back")

    assert (again.status_code, payments.order_by_ref(order.ref).state) == (303, OrderState.LAPSED)
    assert tap.requests == []
