"""What becomes of a renewal and of its order when something else was faster: nothing is bought twice, and nobody is left without a letter."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update

from conference import checkout, membership, payments
from conference.checkout import paying
from conference.kernel import Money, clock, db, transaction
from conference.membership import MembershipType
from conference.payments import OrderState, cards
from tests.checkout.acting import place
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


@pytest.fixture
def declined(ada, stripe):
    """Ada, whose renewal was tried once: her bank has declined, and the order stands."""
    a_member(ada, days_left=37)
    save(ada, stripe, "fails_later")
    sweep()
    days_later(30)
    assert (charges(), order_of(ada).state) == ([(1, "declined")], OrderState.OPEN)
    return ada


def on(day):
    return time_machine.travel(clock.now() + day * DAY, tick=True)


def renewed_another_way(person):
    with on(31), transaction():
        type_ = membership.type_by_code("active")
        offer = membership.offer_for(person, type_, membership.local_day(clock.now()))
        days = {"starts": offer.starts, "ends": offer.ends}
        membership.add_by_hand(person=person, type=type_, **days, reason="paid at the desk", by=person, now=clock.now())


def debit_that_fails(person, stripe, *, day):
    """The member pays the renewal's order by bank debit on the day after the charge, and on another day it turns out that it does not clear."""
    with on(31):
        paying.payment_page(order_of(person), email=person.email, locale="en")
        stripe.pay(order_of(person).session_id, "bank_debit")
        hear(stripe)
        assert order_of(person).state == OrderState.ONGOING
    days_later(day, "renewals")
    assert str(renewal_of(person).state) == "trying"
    with on(day):
        stripe.end_debit(order_of(person).session_id, "bounce")
        hear(stripe)
    assert order_of(person).state == OrderState.OPEN


def test_the_order_of_a_renewal_that_is_not_needed_is_closed_and_no_letter_says_that_dues_are_not_paid(declined):
    order = order_of(declined)
    renewed_another_way(declined)
    ends = last_day(declined)

    with on(33):
        sweep("renewals")
        assert str(renewal_of(declined).state) == "moot"
        assert paying.payment_page(payments.order_by_ref(order.ref), email=declined.email, locale="en") is None
        sweep("orders")

    assert payments.order_by_ref(order.ref).state == OrderState.LAPSED
    assert letters(declined, "lapsed") == []
    assert last_day(declined) == ends


def test_whoever_cancels_the_order_of_a_renewal_is_not_charged_for_another(declined, stripe):
    with on(31), transaction():
        checkout.lapse_if_due(order_of(declined).id, now=clock.now(), at_once=True)

    days_later(33, "renewals", "charges")

    assert (charges(), str(renewal_of(declined).state)) == ([(1, "declined")], "given_up")
    assert len(letters(declined, "renewal_failed")) == 1
    assert taken(stripe, declined) == []


def test_an_order_that_has_money_is_left_to_staff(declined):
    order = order_of(declined)
    with transaction():
        facts = {"provider": payments.Provider.TRANSFER, "provider_ref": "part-1", "amount": Money(7500, "USD")}
        payments.receive(payments.locked(order.id), now=clock.now(), by=declined, why="part", **facts)
    renewed_another_way(declined)

    days_later(33, "renewals", "orders")

    assert payments.order_by_ref(order.ref).state == OrderState.OPEN


def test_dues_that_nobody_pays_lapse_with_a_letter_still(declined):
    with transaction():
        checkout.renewals.withdraw(declined, now=clock.now())

    days_later(80, "renewals", "orders")

    assert [each.subject for each in letters(declined, "lapsed")] == ["Your membership was not paid"]


def test_a_debit_that_fails_does_not_end_a_renewal_which_is_tried_on_its_day(declined, stripe):
    debit_that_fails(declined, stripe, day=32)
    (letter,) = letters(declined, "not_paid")
    assert "still held until" in letter.body and "places" not in letter.body
    save(declined, stripe)

    days_later(33, "renewals", "charges")

    assert charges() == [(1, "declined"), (2, "succeeded")]
    assert taken(stripe, declined) == [PRICE]


def test_whoever_cancels_an_order_of_which_a_debit_has_failed_is_not_charged_for_another(declined, stripe):
    debit_that_fails(declined, stripe, day=32)
    with on(32), transaction():
        checkout.lapse_if_due(order_of(declined).id, now=clock.now(), at_once=True)
    save(declined, stripe)

    days_later(33, "renewals", "charges")

    assert (charges(), str(renewal_of(declined).state)) == ([(1, "declined")], "given_up")


def test_a_debit_that_fails_long_after_the_day_that_was_told_has_the_charge_announced_anew(declined, stripe):
    debit_that_fails(declined, stripe, day=39)
    save(declined, stripe)

    for day in (40, 41, 46):
        days_later(day, "renewals", "charges")
    assert charges() == [(1, "declined")]
    assert letters(declined)[-2:] == ["card_saved", "renewal_ahead"]
    days_later(47, "renewals", "charges")

    assert charges() == [(1, "declined"), (2, "succeeded")]


def test_an_order_that_outlasts_a_debit_keeps_what_it_sold_when_that_is_not_on_offer_any_more(declined, stripe):
    debit_that_fails(declined, stripe, day=32)
    with transaction():
        db.session.execute(update(MembershipType).values(is_on_offer=False))
    save(declined, stripe)

    days_later(33, "renewals", "charges")

    assert (charges()[-1], taken(stripe, declined)) == ((2, "succeeded"), [PRICE])


@pytest.mark.parametrize(
    ("state", "day", "said"), [("parked", 68, "waits to be looked at"), ("returned", 33, "cannot be renewed")]
)
def test_an_order_with_which_nothing_goes_on_by_itself_ends_with_a_letter(declined, state, day, said):
    with transaction():
        payments.locked(order_of(declined).id).state = OrderState(state)

    for each in (33, 34, 68):
        days_later(each, "renewals", "charges")
        assert len(letters(declined, "renewal_failed")) == (each >= day)

    assert (charges(), str(renewal_of(declined).state)) == ([(1, "declined")], "given_up")
    assert said in letters(declined, "renewal_failed")[0].body


def stopped_and_agreed_anew(person):
    """On the day of the charge, of which a try was put off: Stripe was away."""
    sweep()
    days_later(30, "renewals")
    with on(30), transaction():
        db.session.execute(update(cards.Charge).values(attempts=1))
        checkout.renewals.withdraw(person, now=clock.now())
        checkout.renewals.agree(person, now=clock.now())


def test_whoever_stops_and_agrees_anew_is_told_before_a_charge_that_was_put_off_is_made(member, stripe):
    stopped_and_agreed_anew(member)
    days_later(30, "charges", "renewals")
    before = len(letters(member, "renewal_ahead"))

    assert (charges(), str(renewal_of(member).state)) == ([(1, "called_off")], "told")
    days_later(36, "renewals", "charges")
    assert (charges(), before) == ([(1, "called_off")], 2)
    days_later(37, "renewals", "charges")
    assert charges() == [(1, "called_off"), (2, "succeeded")]
    assert taken(stripe, member) == [PRICE]


def test_a_charge_of_before_is_known_of_before_there_is_another_one(member, stripe):
    stopped_and_agreed_anew(member)
    days_later(30, "renewals")

    days_later(37, "renewals")
    assert (charges(), str(renewal_of(member).state)) == ([(1, "requested")], "told")
    days_later(37, "charges")
    days_later(38, "renewals", "charges")

    assert charges() == [(1, "called_off"), (2, "succeeded")]
    assert taken(stripe, member) == [PRICE]


@pytest.mark.parametrize("method", ["fails_later", "authentication"])
def test_a_lost_answer_that_says_no_tells_nobody_of_an_order_that_was_paid_meanwhile(ada, stripe, method):
    a_member(ada, days_left=37)
    save(ada, stripe, method)
    sweep()
    stripe.faults(reset_calls=3, reset_when="after", only_path="/v1/payment_intents")
    days_later(30)
    assert charges() == [(1, "requested")]

    with on(30), transaction():
        checkout.settle_paid_by_hand(order_of(ada).id, reference="cash", by=ada, now=clock.now())
    with time_machine.travel(clock.now() + 30 * DAY + timedelta(minutes=20), tick=True):
        sweep("charges")

    assert charges()[0][1] in ("declined", "authentication")
    assert (str(renewal_of(ada).state), taken(stripe, ada)) == ("paid", [])
    assert letters(ada, "renewal_declined", "renewal_to_pay", "renewal_failed") == []


def test_a_registration_with_dues_that_lapses_speaks_of_its_places(member, meeting, now):
    order = place(meeting, member, now, dues="active")
    with transaction():
        checkout.lapse_if_due(order.id, now=order.expires_at + DAY)

    assert [each.subject for each in letters(member, "lapsed")] == ["Your places were given back"]
