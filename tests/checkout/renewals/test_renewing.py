"""Dues renew by themselves: announced, charged once, tried again by dates, stopped at any time, and never lapsing in silence."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

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
    renewal_of,
    save,
    sweep,
    taken,
)
from tests.payments.settled import hear

CHARGE = "POST /v1/payment_intents"


def order_of(person):
    """The order that was placed by itself."""
    return payments.order_by_id(renewal_of(person).order_id)


@pytest.fixture
def member(ada, stripe):
    """Ada's membership ends in 37 days; she has a saved card and agreed that it is renewed."""
    a_member(ada, days_left=37)
    save(ada, stripe)
    return ada


def test_a_letter_comes_a_month_before_and_a_week_before_and_the_charge_on_its_day(member, stripe):
    ends = last_day(member)
    sweep()
    (first,) = letters(member, "renewal_ahead")
    assert "Amount: 225.00 USD" in first.body and "Card: Visa ending in 4242" in first.body
    assert f"{(ends - 7 * DAY).day} " in first.body and "http://localhost/account/card" in first.body
    sweep()
    days_later(22)
    assert len(letters(member, "renewal_ahead")) == 1
    days_later(23)
    assert len(letters(member, "renewal_ahead")) == 2
    days_later(29)
    assert charges() == []

    days_later(30)
    days_later(31)

    assert charges() == [(1, "succeeded")]
    assert (str(renewal_of(member).state), order_of(member).state) == ("paid", OrderState.PAID)
    assert last_day(member) > ends + 360 * DAY
    assert taken(stripe, member) == [PRICE]
    (receipt,) = letters(member, "confirmed")
    assert "charged to your saved card, Visa ending in 4242" in receipt.body


def test_messages_that_are_doubled_and_late_settle_once(member, stripe):
    sweep()
    days_later(30)

    hear(stripe)
    hear(stripe)
    seen = cards.at_stripe.charge_seen(payments.payments_of(order_of(member))[0].provider_ref)
    with transaction():
        checkout.renewals.note(seen, now=clock.now())

    assert [each.amount_minor for each in payments.payments_of(order_of(member))] == [PRICE]
    assert payments.refunds_of(order_of(member)) == []
    assert len(letters(member, "confirmed")) == 1


def test_the_charge_names_order_and_card_and_has_a_key_of_its_own(member, stripe, tap):
    sweep()
    days_later(30)

    (sent,) = tap.of(CHARGE)
    (row,) = db.session.scalars(select(cards.Charge))
    card = cards.card_of(member.id)
    assert sent.headers["Idempotency-Key"] == f"charge-{row.ref}"
    facts = {"customer": card.customer_ref, "payment_method": card.method_ref, "amount": PRICE, "currency": "usd"}
    assert facts.items() <= sent.parameters.items()
    assert (sent.parameters["off_session"], sent.parameters["confirm"]) == (True, True)
    assert sent.parameters["metadata"] == {"order": order_of(member).ref, "charge": row.ref}


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_charge_whose_answer_was_lost_is_looked_for_and_never_made_twice(member, stripe, when):
    sweep()
    stripe.faults(reset_calls=3, reset_when=when, only_path="/v1/payment_intents")
    days_later(30)
    assert charges() == [(1, "requested")]

    with time_machine.travel(clock.now() + 30 * DAY + timedelta(minutes=20), tick=True):
        sweep("charges")

    assert charges() == [(1, "succeeded")]
    assert taken(stripe, member) == [PRICE]


def test_the_message_may_be_faster_than_the_answer(member, stripe):
    sweep()
    stripe.faults(reset_calls=3, reset_when="after", only_path="/v1/payment_intents")
    days_later(30)

    hear(stripe)

    assert charges() == [(1, "succeeded")]
    assert order_of(member).state == OrderState.PAID
    assert str(renewal_of(member).state) == "paid"


def test_a_declined_card_is_tried_again_by_dates_and_then_the_member_is_told(ada, stripe):
    ends = a_member(ada, days_left=37)
    save(ada, stripe, "fails_later")
    sweep()

    for day in range(30, 40):
        days_later(day)

    assert charges() == [(1, "declined"), (2, "declined"), (3, "declined")]
    assert [each.promised_at.date() - charges_began() for each in rows()] == [0 * DAY, 3 * DAY, 6 * DAY]
    assert rows()[-1].promised_at.date() <= ends
    assert letters(ada)[-3:] == ["renewal_declined", "renewal_declined", "renewal_failed"]
    assert str(renewal_of(ada).state) == "given_up"
    assert order_of(ada).state == OrderState.OPEN
    assert taken(stripe, ada) == []


def rows():
    return list(db.session.scalars(select(cards.Charge).order_by(cards.Charge.id)))


def charges_began():
    return rows()[0].promised_at.date()


def test_a_bank_that_wants_to_ask_gets_its_customer_to_the_payment_page(ada, stripe):
    a_member(ada, days_left=37)
    save(ada, stripe, "authentication")
    sweep()
    days_later(30)
    order = order_of(ada)
    assert (charges(), order.state, str(renewal_of(ada).state)) == ([(1, "authentication")], OrderState.OPEN, "to_pay")
    (letter,) = letters(ada, "renewal_to_pay")
    assert f"/orders/{order.ref}" in letter.body

    with time_machine.travel(clock.now() + 31 * DAY, tick=True):
        paying.payment_page(order, email=ada.email, locale="en")
        stripe.pay(payments.order_by_ref(order.ref).session_id, "authentication")
        stripe.authenticate(payments.order_by_ref(order.ref).session_id)
        hear(stripe)
        sweep()

    assert order_of(ada).state == OrderState.PAID
    assert taken(stripe, ada) == [PRICE]


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
