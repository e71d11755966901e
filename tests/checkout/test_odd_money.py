"""Money that nobody expected: late beside a newer order, for what one has already, wrong, and wrong again."""

import pytest

from conference import checkout, membership, payments, registration
from conference.kernel import Money, transaction
from conference.payments import OrderState
from tests.cast import a_membership_type
from tests.checkout.acting import letters, paid, place, settle, state_of, taken


def lapse_at_once(order, now):
    with transaction():
        checkout.lapse_if_due(order.id, now=now, at_once=True)


def promised(order):
    return [each.amount_minor for each in payments.refunds_of(order)]


def test_late_money_does_not_take_the_place_of_the_persons_newer_order(meeting, ada, now):
    older = place(meeting, ada, now)
    lapse_at_once(older, now)
    newer = place(meeting, ada, now)

    settle(older, paid(older), now)

    assert (state_of(older), promised(older)) == (OrderState.RETURNED, [44000])
    assert (state_of(newer), registration.registration_in(meeting, ada).state, taken()) == (OrderState.OPEN, "held", 1)


def test_what_cannot_be_given_frees_the_place_that_was_held_for_it(meeting, ada, now):
    """Who became a member for life meanwhile cannot renew any more, so all of the order goes back."""
    with transaction():
        a_membership_type()
        membership.create_type(code="life", name="Life", price_minor=100, currency="USD", period_kind="lifetime")
    both = place(meeting, ada, now, dues="active")
    with transaction():
        dues = checkout.place_dues(type_code="life", person=ada, now=now)
    settle(dues, paid(dues), now)

    settle(both, paid(both), now)

    assert (state_of(both), promised(both)) == (OrderState.RETURNED, [both.total_minor])
    assert (registration.registration_in(meeting, ada).state, taken()) == ("draft", 0)


def test_the_same_wrong_money_is_noted_once(meeting, ada, now):
    order = place(meeting, ada, now)

    for _ in range(3):
        settle(order, paid(order, amount=1), now)

    reason = f"pi_{order.ref}: 1 USD minor units paid, 44000 asked"
    assert payments.order_by_ref(order.ref).parked_reason == reason


@pytest.mark.parametrize(("change", "goes_back"), [({"amount": 7}, [7]), ({"currency": "EUR"}, [])])
def test_wrong_money_for_a_settled_order_leaves_it_settled(meeting, ada, now, change, goes_back):
    order = place(meeting, ada, now)
    settle(order, paid(order), now)

    for _ in range(2):
        settle(order, paid(order, payment_intent="pi_odd", **change), now)

    assert (state_of(order), promised(order)) == (OrderState.PAID, goes_back)
    assert ("pi_odd" in payments.order_by_ref(order.ref).parked_reason) == (goes_back == [])


def test_every_payment_too_many_goes_back_with_a_letter_of_its_own(meeting, ada, now):
    order = place(meeting, ada, now)

    for number in range(4):
        settle(order, paid(order, payment_intent=f"pi_{number}"), now)

    assert promised(order) == [44000] * 3
    assert letters() == ["confirmed", "paid_twice", "paid_twice", "paid_twice"]


def test_a_parked_order_that_is_sent_back_frees_its_place(meeting, ada, now):
    order = place(meeting, ada, now)
    settle(order, paid(order, amount=100), now)
    assert taken() == 1

    with transaction():
        checkout.end_lines_and_refund(
            order_id=order.id, line_ids=[], amount=Money(100, "USD"), reason="wrong sum", by=None, now=now
        )

    assert (state_of(order), taken()) == (OrderState.RETURNED, 0)


def test_a_parked_order_that_is_sent_back_leaves_the_newer_one_its_place(meeting, ada, now):
    older = place(meeting, ada, now)
    lapse_at_once(older, now)
    newer = place(meeting, ada, now)
    settle(older, paid(older, amount=100), now)

    with transaction():
        checkout.end_lines_and_refund(
            order_id=older.id, line_ids=[], amount=Money(100, "USD"), reason="wrong sum", by=None, now=now
        )

    assert (state_of(older), state_of(newer), taken()) == (OrderState.RETURNED, OrderState.OPEN, 1)
