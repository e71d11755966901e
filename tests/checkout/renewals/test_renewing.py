"""Dues renew by themselves: announced, charged once, tried again by dates, stopped at any time, and never lapsing in silence."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from conference import checkout, payments
from conference.checkout import paying
from conference.kernel import clock, db, transaction
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

CHARGE = "POST /v1/payment_intents"


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
