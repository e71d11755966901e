"""Bank debits on a promised order, one after the other, at the stand-in: what payer and finance press meanwhile finds no fault."""

import pytest
import time_machine
from sqlalchemy import update

from conference import checkout, jobs, payments, people
from conference.kernel import clock, db, transaction
from tests.checkout.banking.acting import an_account, came, match, paying
from tests.checkout.conftest import books, stand_in_server, stripe
from tests.checkout.dunning.acting import DAY, TERMS, decide, letters, promise
from tests.signing_in import signed_in
from tests.staff.cast import a_meeting, an_order, state_of, taken

__all__ = ["books", "stand_in_server", "stripe"]

LATER = 20 * DAY


@pytest.fixture
def meeting(context):
    return a_meeting()


@pytest.fixture
def account(context):
    return an_account(clock.now())


@pytest.fixture
def ada(context):
    return signed_in(context, "ada@example.org", given_name="Ada", family_name="Demo", country="US")


@pytest.fixture
def fay(context):
    return signed_in(context, "fay@example.org", roles=["finance"])


@pytest.fixture
def order(meeting, account, ada, stripe):
    """Ada's order, promised to be paid within ten days."""
    now = clock.now()
    with transaction():
        checkout.transferring.set_terms(meeting, by=None, version=0, now=now, **TERMS)
    _entry, placed = an_order(meeting, people.by_email("ada@example.org"))
    promise(placed, now)
    return placed


def press_pay(ada, order):
    """The payment page that is shown: Stripe's id of it."""
    answer = ada.post(f"/orders/{order.ref}/pay")
    assert answer.status_code == 303
    db.session.rollback()
    found = payments.order_by_ref(order.ref)
    assert answer.location == found.session_url
    return found.session_id


def look():
    """The sweep asks Stripe, as it does when it has not asked for long."""
    with transaction():
        db.session.execute(update(payments.Order).values(looked_at=None))
    with time_machine.travel(clock.now() + DAY / 2, tick=True):
        jobs.run("orders")


@pytest.fixture
def first_failed(ada, order, stripe):
    """The page of a debit that has begun and failed, both seen."""
    page = press_pay(ada, order)
    stripe.pay(page, "bank_debit")
    look()
    assert state_of(order) == "ongoing"
    stripe.end_debit(page, "bounce")
    look()
    assert state_of(order) == "open"
    return page


def test_pay_opens_another_page_and_its_debit_is_waited_for(ada, order, stripe, first_failed):
    second = press_pay(ada, order)
    stripe.pay(second, "bank_debit")

    look()
    assert (second != first_failed, state_of(order), len(letters("on_its_way"))) == (True, "ongoing", 2)

    stripe.end_debit(second, "clear")
    look()
    assert (state_of(order), taken(), len(letters("confirmed"))) == ("paid", 1, 1)


@pytest.mark.parametrize("press", ["pay", "give-back"])
def test_whoever_presses_something_while_the_second_debit_runs_is_shown_the_order(
    ada, order, stripe, first_failed, press
):
    stripe.pay(press_pay(ada, order), "bank_debit")
    with transaction():
        payments.locked(order.id).looked_at = clock.now() - DAY

    answer = ada.post(f"/orders/{order.ref}/{press}")

    assert (answer.status_code, answer.location) == (303, f"/orders/{order.ref}")
    assert (state_of(order), taken()) == ("ongoing", 1)


@pytest.mark.parametrize("end", ["runs", "failed"])
def test_the_desk_releases_nothing_whose_debit_runs_and_anything_else(
    meeting, ada, fay, order, stripe, first_failed, end
):
    decide(meeting, clock.now(), release="staff")
    second = press_pay(ada, order)
    stripe.pay(second, "bank_debit")
    if end == "failed":
        stripe.end_debit(second, "bounce")

    answer = fay.post(f"/staff/dunning/order/{order.ref}/release")

    expected = {"runs": (409, "ongoing", 1), "failed": (303, "lapsed", 0)}
    assert (answer.status_code, state_of(order), taken()) == expected[end]


def test_back_from_a_page_whose_debit_failed_nothing_is_waited_for(ada, order, stripe):
    page = press_pay(ada, order)
    stripe.pay(page, "bank_debit")
    back = f"/orders/{order.ref}/return?session_id={page}"
    assert ada.get(back).headers["Refresh"] == "2"
    stripe.end_debit(page, "bounce")
    look()

    answer = ada.get(back)
    assert (answer.status_code, answer.location) == (303, f"/orders/{order.ref}")

    press_pay(ada, order)
    assert ada.get(back).status_code == 303


def test_long_after_it_failed_it_is_the_transfer_that_counts(ada, order, account, stripe, first_failed):
    match(came(account, clock.now(), paying(order, 43000))[-1], order, clock.now(), minor=43000)

    with time_machine.travel(clock.now() + LATER, tick=True):
        jobs.run("orders")

    assert (state_of(order), taken(), payments.refunds_of(order)) == ("parked", 1, [])
    assert [len(letters(kind)) for kind in ("not_paid", "lapsed")] == [1, 0]


def test_long_after_it_failed_nothing_having_come_the_promise_lapses(ada, order, stripe, first_failed):
    with time_machine.travel(clock.now() + LATER, tick=True):
        jobs.run("orders")

    assert (state_of(order), taken()) == ("lapsed", 0)
    assert [len(letters(kind)) for kind in ("not_paid", "lapsed")] == [1, 1]
