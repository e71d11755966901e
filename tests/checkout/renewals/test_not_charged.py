"""What keeps dues from being charged: whoever stops, another price, another payment, a card that is gone."""

import time_machine
from sqlalchemy import update

from conference import checkout, payments
from conference.checkout import paying
from conference.kernel import clock, db, transaction
from conference.membership import MembershipType
from conference.payments import OrderState, cards
from tests.checkout.renewals.acting import (
    DAY,
    PRICE,
    a_member,
    charges,
    days_later,
    last_day,
    letters,
    order_of,
    renewal_of,
    save,
    sweep,
    taken,
)
from tests.payments.settled import hear


def test_whoever_stops_is_not_charged(member, stripe):
    sweep()
    with transaction():
        assert checkout.renewals.withdraw(member, now=clock.now())

    for day in (23, 30, 33):
        days_later(day)

    assert charges() == []
    assert str(renewal_of(member).state) == "stopped"
    assert letters(member)[-1] == "renewal_stopped"


def test_whoever_stops_after_the_charge_was_promised_and_before_stripe_is_asked_is_not_charged(member, stripe):
    sweep()
    days_later(30, "renewals")
    assert charges() == [(1, "requested")]

    with transaction():
        checkout.renewals.withdraw(member, now=clock.now())
    days_later(30, "charges")

    assert charges() == [(1, "called_off")]
    assert taken(stripe, member) == []


def test_a_card_without_agreement_is_never_charged(ada, stripe):
    a_member(ada, days_left=37)
    save(ada, stripe, renews=False)

    for day in (0, 30):
        days_later(day)

    assert renewal_of(ada) is None
    assert letters(ada) == ["card_saved"]


def test_a_card_that_expires_before_is_told_and_not_charged(member, stripe):
    soon = clock.now()
    stripe.change_card(cards.card_of(member.id).method_ref, exp_month=soon.month, exp_year=soon.year)
    hear(stripe)
    sweep()
    (ahead,) = letters(member, "renewal_ahead")
    assert ahead.subject == "Your membership needs another card"
    assert "expires before that" in ahead.body

    with time_machine.travel(clock.now() + 36 * DAY, tick=True):
        sweep()

    assert charges() == []
    assert letters(member)[-1] == "renewal_to_pay"
    assert order_of(member).state == OrderState.OPEN


def test_a_price_that_has_changed_is_announced_before_it_is_charged(member, stripe):
    sweep()
    with transaction():
        db.session.execute(update(MembershipType).values(price_minor=25000))

    days_later(30)
    assert charges() == []
    assert "250.00 USD" in letters(member, "renewal_ahead")[-1].body
    days_later(36)
    assert charges() == []
    days_later(37)

    assert charges() == [(1, "succeeded")]
    assert taken(stripe, member) == [25000]


def test_whoever_has_renewed_by_themselves_is_not_charged(member, stripe):
    sweep()
    with transaction():
        order = checkout.place_dues(type_code="active", person=member, now=clock.now())
        checkout.settle_paid_by_hand(order.id, reference="cheque", by=member, now=clock.now())

    for day in (1, 30):
        days_later(day)

    assert charges() == []
    assert str(renewal_of(member).state) == "moot"


def test_an_order_that_the_member_is_paying_is_not_charged_too(member, stripe):
    sweep()
    with time_machine.travel(clock.now() + 30 * DAY, tick=True):
        with transaction():
            order = checkout.place_dues(type_code="active", person=member, now=clock.now())
        paying.payment_page(order, email=member.email, locale="en")
        sweep("renewals")
        stripe.pay(payments.order_by_ref(order.ref).session_id)
        sweep("charges")

    assert charges() == [(1, "called_off")]
    assert order_of(member).state == OrderState.PAID
    assert taken(stripe, member) == [PRICE]


def test_while_a_card_is_charged_no_payment_page_opens(member, stripe):
    sweep()
    days_later(30, "renewals")

    with time_machine.travel(clock.now() + 30 * DAY, tick=True):
        assert paying.payment_page(order_of(member), email=member.email, locale="en") is None


def test_somebody_who_agrees_late_is_still_told_a_week_ahead(ada, stripe):
    a_member(ada, days_left=2)
    save(ada, stripe)
    sweep()
    days_later(6)
    assert charges() == []

    days_later(7)

    assert charges() == [(1, "succeeded")]


def test_a_type_that_is_not_on_offer_any_more_is_told_and_nothing_charged(member, stripe):
    sweep()
    with transaction():
        db.session.execute(update(MembershipType).values(is_on_offer=False))

    days_later(30)

    assert charges() == []
    assert letters(member)[-1] == "renewal_failed"


def test_a_card_that_stripe_has_no_more_is_not_tried_again(member, stripe):
    sweep()
    stripe.client().v1.payment_methods.detach(cards.card_of(member.id).method_ref)

    days_later(30)
    days_later(33)

    assert charges() == [(1, "declined")]
    assert cards.card_of(member.id) is None
    assert letters(member)[-1] == "renewal_failed"


def test_nothing_is_charged_for_a_membership_that_costs_nothing(ada, stripe):
    ends = a_member(ada, days_left=37, price=0)
    save(ada, stripe)
    sweep()

    days_later(30)

    assert charges() == []
    assert last_day(ada) > ends


def test_whoever_agrees_again_is_told_again_and_charged(member, stripe):
    sweep()
    with transaction():
        checkout.renewals.withdraw(member, now=clock.now())
        checkout.renewals.agree(member, now=clock.now())

    sweep()
    days_later(30)

    assert len(letters(member, "renewal_ahead")) == 2
    assert charges() == [(1, "succeeded")]
