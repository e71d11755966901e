"""Dues that wait in another order, or may be paid there: the card waits, and whoever waited for nothing is written to."""

import pytest
import time_machine
from sqlalchemy import select

from conference import checkout, payments
from conference.kernel import clock, db, transaction
from conference.payments import OrderState, bank
from tests.cast import a_person
from tests.checkout.acting import place
from tests.checkout.banking.acting import an_account, came, lines
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
from tests.payments.bank.writing import Said
from tests.payments.documents.selling import BUYER, a_rate, a_seller

YEAR = 365 * DAY


def promised(meeting, person, *, day, until):
    """The order of somebody who registers on a day from today, pays dues with it and promises a transfer."""
    with time_machine.travel(clock.now() + day * DAY, tick=True):
        order = place(meeting, person, clock.now(), dues="active")
        account = bank.account_for("USD") or an_account(clock.now())
        ends = clock.now() + (until - day) * DAY
        facts = {"account": account, "until": ends, "held_until": ends, "po_number": "", "now": clock.now()}
        with transaction():
            assert bank.promise(payments.locked(order.id), **facts)
    return order


def pay(order, person, *, day):
    with time_machine.travel(clock.now() + day * DAY, tick=True), transaction():
        checkout.settle_paid_by_hand(order.id, reference="transfer", by=person, now=clock.now())


def lapse(order, *, day):
    with time_machine.travel(clock.now() + day * DAY, tick=True), transaction():
        checkout.lapse_if_due(order.id, now=clock.now(), at_once=True)


def ask_for_second(order, person):
    with transaction():
        facts = {"provider": payments.Provider.CHEQUE, "amount": order.total, "note": "cheque 17"}
        payments.marks.ask(payments.locked(order.id), **facts, by=person, now=clock.now())


def test_dues_in_a_registration_that_is_paid_by_transfer_are_not_charged_too(member, meeting, stripe):
    ends = last_day(member)
    sweep()
    order = promised(meeting, member, day=20, until=60)

    for day in (30, 31, 40):
        days_later(day, "renewals", "charges")
    assert (charges(), str(renewal_of(member).state), renewal_of(member).order_id) == ([], "told", None)
    pay(order, member, day=45)
    days_later(46, "renewals", "charges")

    assert (charges(), str(renewal_of(member).state)) == ([], "moot")
    assert ends + DAY < last_day(member) <= ends + YEAR + DAY


def test_once_that_order_has_lapsed_the_charge_is_announced_anew_and_made_a_week_later(member, meeting, stripe):
    sweep()
    order = promised(meeting, member, day=20, until=60)
    days_later(30, "renewals", "charges")
    lapse(order, day=45)
    before = len(letters(member, "renewal_ahead"))

    for day in (46, 47, 52):
        days_later(day, "renewals", "charges")
    assert (charges(), len(letters(member, "renewal_ahead"))) == ([], before + 1)
    days_later(53, "renewals", "charges")

    assert charges() == [(1, "succeeded")]
    assert taken(stripe, member) == [PRICE]


def test_a_renewal_that_waits_until_nothing_can_be_renewed_ends_with_a_letter(member, meeting, stripe):
    sweep()
    promised(meeting, member, day=20, until=200)
    for day in (30, 60):
        days_later(day, "renewals", "charges")
    assert letters(member, "renewal_failed") == []

    days_later(68, "renewals", "charges")
    days_later(69, "renewals", "charges")

    assert (charges(), str(renewal_of(member).state)) == ([], "given_up")
    (letter,) = letters(member, "renewal_failed")
    assert "may be on its way" in letter.body and "bank" not in letter.body


def test_a_charge_is_called_off_when_the_dues_are_ordered_elsewhere_before_stripe_is_asked(member, meeting, stripe):
    sweep()
    days_later(30, "renewals")
    assert charges() == [(1, "requested")]

    order = promised(meeting, member, day=30, until=60)
    days_later(30, "charges", "renewals")
    assert (charges(), str(renewal_of(member).state)) == ([(1, "called_off")], "trying")
    pay(order, member, day=31)
    days_later(32, "renewals", "charges")

    assert (charges(), str(renewal_of(member).state)) == ([(1, "called_off")], "moot")
    assert taken(stripe, member) == []


def test_a_charge_is_called_off_when_the_term_was_had_before_stripe_is_asked(member, meeting, stripe):
    sweep()
    days_later(30, "renewals")

    pay(promised(meeting, member, day=30, until=60), member, day=30)
    days_later(30, "charges", "renewals")

    assert (charges(), str(renewal_of(member).state)) == ([(1, "called_off")], "moot")
    assert taken(stripe, member) == []


@pytest.mark.parametrize("day", [20, 30])
def test_dues_that_lapsed_and_are_marked_as_paid_are_not_charged_until_a_second_person_has_decided(member, stripe, day):
    sweep()
    with time_machine.travel(clock.now() + 5 * DAY, tick=True), transaction():
        order = checkout.place_dues(type_code="active", person=member, now=clock.now())
    lapse(order, day=6)
    if day == 30:
        days_later(30, "renewals")
    ask_for_second(order, member)

    days_later(30, "renewals", "charges")
    days_later(31, "renewals", "charges")
    assert [state for _number, state in charges()] == ["called_off"] * (day == 30)
    with transaction():
        mark = db.session.scalars(select(payments.marks.Mark)).one()
        payments.marks.decide(
            mark, payments.marks.MarkState.DECLINED, reason="none", by=a_person("Ben", clock.now()), now=clock.now()
        )
    days_later(32, "renewals", "charges")

    assert charges()[-1][1] == "succeeded"
    assert taken(stripe, member) == [PRICE]


def test_dues_that_lapsed_and_that_a_line_of_the_bank_seems_to_pay_are_not_charged_before_staff_have_looked(
    member, stripe
):
    sweep()
    with transaction():
        order = checkout.place_dues(type_code="active", person=member, now=clock.now())
    lapse(order, day=1)
    came(an_account(clock.now()), clock.now(), Said(PRICE, "dues", "Ada Demo"))
    assert [(str(each.state), each.suggested_id) for each in lines()] == [("open", order.id)]

    days_later(30, "renewals", "charges")
    assert charges() == []
    with transaction():
        lines()[0].suggested_id = None  # it is somebody else's
    days_later(31, "renewals", "charges")

    assert charges() == [(1, "succeeded")]


def test_a_marked_order_is_waited_for_even_when_the_card_has_expired(member, stripe):
    card = payments.cards.card_of(member.id)
    with transaction():
        db.session.get(type(card), card.id).exp_year = clock.now().year - 1
    sweep()
    with time_machine.travel(clock.now() + 29 * DAY, tick=True), transaction():
        order = checkout.place_dues(type_code="active", person=member, now=clock.now(), held_for=20 * DAY)
    ask_for_second(order, member)

    days_later(30, "renewals", "charges")

    assert letters(member, "renewal_to_pay") == []
    assert str(renewal_of(member).state) == "told"


def test_an_order_over_just_these_dues_is_gone_on_with(member, stripe):
    sweep()
    with time_machine.travel(clock.now() + 30 * DAY, tick=True), transaction():
        order = checkout.place_dues(type_code="active", person=member, now=clock.now())

    days_later(30, "renewals", "charges")

    assert order_of(member).id == order.id
    assert (order_of(member).state, taken(stripe, member)) == (OrderState.PAID, [PRICE])


@pytest.mark.parametrize("day", [28, 31])
def test_an_order_of_the_renewal_itself_that_is_invoiced_until_a_day_is_not_charged(ada, stripe, day):
    a_member(ada, days_left=37)
    save(ada, stripe, "fails_later")
    sweep()
    with transaction():
        a_rate(clock.now())
        a_seller(clock.now())
    if day == 31:  # the renewal has placed it, and the bank has declined
        days_later(30)
    with time_machine.travel(clock.now() + day * DAY, tick=True), transaction():
        order = checkout.place_dues(type_code="active", person=ada, now=clock.now(), held_for=40 * DAY)
        until = (clock.now() + 20 * DAY).date()
        checkout.invoicing.invoice(order, buyer=BUYER, by=None, now=clock.now(), due_on=until)
    save(ada, stripe)
    before = charges()

    for each in (33, 34, 40):
        days_later(each, "renewals", "charges")

    assert (charges(), taken(stripe, ada)) == (before, [])
