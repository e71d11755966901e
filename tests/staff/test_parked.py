"""Parked orders at the desk: settled after a look, or sent back whole; and what happened outside."""

import pytest

from conference import mail, payments, people, registration, society
from conference.kernel import clock, db, transaction
from conference.registration import Pool
from tests.checkout.changing.acting import change, ticket, used
from tests.signing_in import signed_in
from tests.staff.cast import (
    a_registration,
    an_order,
    entry_state,
    follow,
    lapse,
    letters,
    page,
    settle,
    somebody,
    state_of,
    taken,
)


@pytest.mark.parametrize(("came", "back"), [(44000, []), (50000, [6000]), (100, [])])
def test_a_parked_order_is_settled_after_a_look_and_the_books_are_even(meeting, fay, came, back):
    entry, order = an_order(meeting, somebody("Ada"))
    settle(order, amount=came, **({} if came != 44000 else {"order_ref": "OTHER"}))
    assert state_of(order) == "parked"

    follow(fay, fay.post(f"/staff/order/{order.ref}/decision", data={"note": "seen at Stripe", "do": "settle"}))

    assert (state_of(order), entry_state(entry), taken()) == ("paid", "confirmed", 1)
    assert [each.amount_minor for each in payments.refunds_of(order)] == back
    assert not payments.owed(order)


def test_a_parked_order_is_sent_back_whole_and_its_places_are_free(meeting, fay):
    entry, order = an_order(meeting, somebody("Ada"))
    settle(order, amount=100)

    told = page(fay.get(f"/staff/order/{order.ref}/decision"))
    follow(fay, fay.post(f"/staff/order/{order.ref}/decision", data={"note": "wrong amount", "do": "return"}))

    assert "Send 1.00 USD back" in told
    assert (state_of(order), entry_state(entry), taken()) == ("returned", "draft", 0)
    assert [each.amount_minor for each in payments.refunds_of(order)] == [100]
    assert letters() == ["returned"]
    assert (
        "- 1.00 USD goes back to the card or account that paid it."
        in db.session.scalars(db.select(mail.Letter.body)).one()
    )


def apart(order):
    """The order in which money of another currency waits."""
    person = people.by_id(order.person_id)
    return next(each for each in payments.orders_of(person) if each.currency == "EUR")


def test_money_in_another_currency_waits_in_an_order_of_its_own_and_goes_back_from_there(meeting, fay):
    entry, order = an_order(meeting, somebody("Ada"))
    for _ in range(2):
        settle(order, currency="EUR")
    own = apart(order)

    told = page(fay.get(f"/staff/order/{order.ref}/decision"))
    there = page(fay.get(f"/staff/order/{own.ref}/decision"))
    follow(fay, fay.post(f"/staff/order/{own.ref}/decision", data={"note": "wrong currency", "do": "return"}))

    assert f"the money is kept in order {own.ref}" in told and "is sent back from there" in told
    assert f"it came for order {order.ref}, which is in USD" in there and "440.00 EUR" in there
    assert (state_of(order), entry_state(entry), state_of(own)) == ("parked", "held", "returned")
    assert [(each.amount_minor, each.currency) for each in payments.refunds_of(own)] == [(44000, "EUR")]
    assert payments.differences() == []
    for path in ("/staff/orders", f"/staff/order/{own.ref}", f"/staff/order/{order.ref}", "/staff/"):
        assert fay.get(path).status_code == 200, path


def test_whose_money_is_kept_apart_sees_it_on_pages_of_their_own(context, meeting):
    _entry, order = an_order(meeting, somebody("Ada"))
    settle(order, currency="EUR")
    own = apart(order)
    ada = signed_in(context, "ada@example.org")

    assert ada.get(f"/orders/{own.ref}").status_code == 200
    assert ada.get("/account/").status_code == 200


def test_a_parked_order_does_not_take_the_places_of_the_persons_next_order(meeting, cleo):
    ada = somebody("Ada")
    entry, late = an_order(meeting, ada)
    lapse(late)
    _entry, newer = an_order(meeting, ada)
    settle(late, amount=100)
    address = f"/staff/order/{late.ref}/decision"

    refused = cleo.post(address, data={"note": "try", "do": "settle"})
    states = (state_of(late), entry_state(entry))
    follow(cleo, cleo.post(address, data={"note": "wrong", "do": "return"}))
    settle(newer)

    assert (refused.status_code, states) == (409, ("parked", "held"))
    assert (state_of(late), state_of(newer), entry_state(entry), taken()) == ("returned", "paid", "confirmed", 1)


def test_foreign_money_for_a_settled_order_is_noted_and_what_was_given_stays(meeting, cleo):
    entry, order = a_registration(meeting, "Ada")
    settle(order, payment_intent="pi_second", session_id="cs_2", currency="EUR")

    shown = page(cleo.get(f"/staff/order/{order.ref}"))

    assert "paid in EUR, not USD" in shown
    assert (state_of(order), entry_state(entry)) == ("paid", "confirmed")


def test_a_parked_order_whose_place_was_sold_cannot_be_settled(meeting, cleo):
    with transaction():
        db.session.query(Pool).filter_by(name="Venue").update({"places": 1})
    _entry, late = an_order(meeting, somebody("Ada"))
    lapse(late)
    a_registration(meeting, "Ben")
    settle(late, amount=100)

    answer = cleo.post(f"/staff/order/{late.ref}/decision", data={"note": "try", "do": "settle"})

    assert (answer.status_code, state_of(late), taken()) == (409, "parked", 1)


@pytest.fixture
def asked(meeting):
    """Ada, confirmed from afar for 220, asks to come to the venue with a dinner for 305 more: registration, order."""
    entry, _order = a_registration(meeting, "Ada", mode="virtual")
    made = change(entry, clock.now(), waived=True, mode="in_person", extras=("dinner",))
    return entry, payments.order_by_id(made.order_id)


@pytest.mark.parametrize("is_late", [False, True])
@pytest.mark.parametrize(("came", "back"), [(30000, []), (40000, [9500])])
def test_a_parked_change_is_done_after_a_look_also_when_it_lapsed_before_its_money_came(
    asked, fay, is_late, came, back
):
    entry, order = asked
    if is_late:
        lapse(order)
    settle(order, amount=came)
    before = (state_of(order), used())

    follow(fay, fay.post(f"/staff/order/{order.ref}/decision", data={"note": "seen at Stripe", "do": "settle"}))

    assert before == ("parked", {} if is_late else {"Venue": 1, "Dinner": 1})
    assert (state_of(order), ticket(entry)) == ("paid", ("full", "whole", "in_person", ["dinner"]))
    assert (used(), registration.miscounted()) == ({"Venue": 1, "Dinner": 1}, [])
    assert [each.amount_minor for each in payments.refunds_of(order)] == back
    assert not payments.owed(order)
    assert letters().count("changed") == 1 and letters().count("confirmed") == 1


@pytest.mark.parametrize("is_late", [False, True])
def test_a_parked_change_that_only_adds_is_done_after_a_look(meeting, fay, is_late):
    entry, _order = a_registration(meeting, "Ada")
    order = payments.order_by_id(change(entry, clock.now(), waived=True, extras=("dinner",)).order_id)
    if is_late:
        lapse(order)
    settle(order, amount=8000)

    follow(fay, fay.post(f"/staff/order/{order.ref}/decision", data={"note": "seen at Stripe", "do": "settle"}))

    assert (state_of(order), ticket(entry)[3], used()["Dinner"]) == ("paid", ["dinner"], 1)


def test_a_parked_change_is_sent_back_and_the_registration_stays_as_it_was(asked, fay):
    entry, order = asked
    settle(order, amount=30000)

    follow(fay, fay.post(f"/staff/order/{order.ref}/decision", data={"note": "wrong amount", "do": "return"}))

    assert (state_of(order), ticket(entry)) == ("returned", ("full", "whole", "virtual", []))
    assert (entry_state(entry), used()) == ("confirmed", {})
    assert [each.amount_minor for each in payments.refunds_of(order)] == [30000]
    assert registration.changes.open_change(entry) is None


def test_a_decision_needs_a_reason_and_one_of_two_ways(meeting, cleo):
    _entry, order = an_order(meeting, somebody("Ada"))
    settle(order, amount=100)
    address = f"/staff/order/{order.ref}/decision"

    codes = [cleo.post(address, data=typed).status_code for typed in ({"note": "", "do": "settle"}, {"note": "x"})]

    assert (codes, state_of(order)) == ([422, 400], "parked")


def test_a_note_of_something_outside_is_taken_away_when_it_is_dealt_with(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada")
    with transaction():
        db.session.query(payments.Order).update({"parked_reason": "re_9: refunded at Stripe itself"})

    assert "This is dealt with" in page(cleo.get(f"/staff/order/{order.ref}"))
    assert cleo.post(f"/staff/order/{order.ref}/note").status_code == 303
    assert cleo.post(f"/staff/order/{order.ref}/note").status_code == 409
    assert payments.order_by_ref(order.ref).parked_reason == ""


def test_what_is_missing_is_given_up_by_finance_alone_and_within_the_limit_of_one(meeting, cleo, fay):
    _entry, order = an_order(meeting, somebody("Ada"))
    settle(order, amount=100)
    give = {"note": "a gift", "do": "settle"}

    assert cleo.post(f"/staff/order/{order.ref}/decision", data=give).status_code == 409
    with transaction():
        society.current().second_person_from_minor = 40000
    refused = fay.post(f"/staff/order/{order.ref}/decision", data=give)

    assert (refused.status_code, "more than one person may give up" in page(refused)) == (409, True)
    assert state_of(order) == "parked"
    with transaction():
        society.current().second_person_from_minor = None
    follow(fay, fay.post(f"/staff/order/{order.ref}/decision", data=give))
    assert state_of(order) == "paid"
