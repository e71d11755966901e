"""Unpaid orders at the desk: paid by hand, or cancelled."""

import pytest

from conference import payments
from conference.checkout import paying
from conference.kernel import db, transaction
from conference.registration import Pool
from tests.staff.cast import (
    a_registration,
    an_order,
    entry_state,
    follow,
    lapse,
    letters,
    page,
    somebody,
    state_of,
    taken,
)


@pytest.mark.parametrize("who", ["cleo", "fay"])
def test_money_that_came_another_way_settles_an_order(meeting, who, request):
    desk = request.getfixturevalue(who)
    entry, order = an_order(meeting, somebody("Ada"))

    shown = follow(desk, desk.post(f"/staff/order/{order.ref}/paid", data={"reference": "Bank 4711"}))

    assert (state_of(order), entry_state(entry), letters()) == ("paid", "confirmed", ["confirmed"])
    assert "Paid by hand: Bank 4711" in shown


def test_paid_by_hand_needs_a_reference(meeting, cleo):
    _entry, order = an_order(meeting, somebody("Ada"))

    answer = cleo.post(f"/staff/order/{order.ref}/paid", data={"reference": " "})

    assert (answer.status_code, state_of(order)) == (422, "open")


def test_a_settled_order_is_not_paid_twice(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada")

    answer = cleo.post(f"/staff/order/{order.ref}/paid", data={"reference": "again"})

    assert (answer.status_code, len(payments.payments_of(order))) == (409, 1)


def test_a_lapsed_order_whose_place_was_sold_is_not_marked_paid(meeting, cleo):
    with transaction():
        db.session.query(Pool).filter_by(name="Venue").update({"places": 1})
    _entry, late = an_order(meeting, somebody("Ada"))
    lapse(late)
    a_registration(meeting, "Ben")

    answer = cleo.post(f"/staff/order/{late.ref}/paid", data={"reference": "Bank 1"})

    assert answer.status_code == 409
    assert "sold meanwhile" in page(answer)
    assert (state_of(late), payments.payments_of(late), payments.refunds_of(late)) == ("lapsed", [], [])


def test_an_unpaid_order_is_cancelled_and_its_place_is_free(meeting, cleo):
    entry, order = an_order(meeting, somebody("Ada"), extras=("dinner",))

    shown = follow(cleo, cleo.post(f"/staff/order/{order.ref}/cancellation"))

    assert (state_of(order), entry_state(entry), taken(), taken("Dinner")) == ("lapsed", "draft", 0, 0)
    assert "Unpaid order cancelled" in shown


def test_an_order_that_was_paid_meanwhile_is_not_cancelled(meeting, cleo, stripe):
    entry, order = an_order(meeting, somebody("Ada"))
    paying.payment_page(order, email="ada@example.org", locale="en")
    stripe.pay(payments.order_by_ref(order.ref).session_id)

    shown = follow(cleo, cleo.post(f"/staff/order/{order.ref}/cancellation"))

    assert (state_of(order), entry_state(entry)) == ("paid", "confirmed")
    assert "paid meanwhile" in shown


def test_nothing_is_cancelled_while_stripe_does_not_answer(meeting, cleo):
    _entry, order = an_order(meeting, somebody("Ada"))
    with transaction():
        db.session.query(payments.Order).update({"session_id": "cs_unreachable"})

    shown = follow(cleo, cleo.post(f"/staff/order/{order.ref}/cancellation"))

    assert (state_of(order), taken()) == ("open", 1)
    assert "Stripe does not answer" in shown
