"""Refunds at the desk: foretold, done once, repeated when they failed; and the books tie out after."""

import re

import pytest

from conference import checkout, payments, registration
from conference.kernel import Money, clock, transaction
from tests.cast import a_membership, a_membership_type
from tests.staff.cast import (
    a_failed_refund,
    a_registration,
    an_order,
    entry_state,
    follow,
    letters,
    lines_of,
    page,
    settle,
    somebody,
    taken,
)


def test_a_refund_begins_with_nothing_ticked(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada", extras=("dinner",))

    form = page(cleo.get(f"/staff/order/{order.ref}/refund"))

    assert form.count('type="checkbox"') == 2
    assert " checked" not in form


@pytest.mark.parametrize(("asked", "ticked"), [("add_on", ["add_on"]), ("registration", ["registration", "add_on"])])
def test_a_link_ticks_its_line_and_what_ends_with_it(meeting, cleo, asked, ticked):
    entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    kinds = {str(line.id): line.kind for line in order.lines}
    key = next(key for key, kind in kinds.items() if kind == asked)

    story = page(cleo.get(f"/staff/registration/{entry.ref}"))
    form = page(cleo.get(f"/staff/order/{order.ref}/refund?line={key}"))

    assert f'href="/staff/order/{order.ref}/refund?line={key}"' in story
    chosen = re.findall(r'<input checked[^>]*type="checkbox" value="(\d+)"', form)
    assert [kinds[each] for each in chosen] == ticked


@pytest.mark.parametrize("line", ["0", "x", "9" * 30])
def test_a_line_of_no_sense_ticks_nothing(meeting, cleo, line):
    _entry, order = a_registration(meeting, "Ada")

    assert " checked" not in page(cleo.get(f"/staff/order/{order.ref}/refund?line={line}"))


def test_without_an_amount_the_ticked_lines_go_back_whole(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    dinner = next(line for line in order.lines if line.kind == "add_on")

    told = page(cleo.post(f"/staff/order/{order.ref}/refund/check", data={"lines": [dinner.id], "reason": "ill"}))

    assert "Refund 85.00 USD" in told
    assert 'name="amount" value="85.00"' in told


def test_going_back_from_the_preview_loses_nothing(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    dinner = next(line for line in order.lines if line.kind == "add_on")

    form = page(cleo.post(f"/staff/order/{order.ref}/refund/change", data=fields([dinner.id], "12")))

    assert re.findall(r'<input checked[^>]*type="checkbox" value="(\d+)"', form) == [str(dinner.id)]
    assert all(f'value="{text}"' in form for text in ("12", "ill"))


@pytest.fixture
def joined(meeting):
    """Ada joined for 225.00 USD and registered at the member price of 220.00 instead of 440.00, in one order."""
    with transaction():
        a_membership_type()
    return a_registration(meeting, "Ada", dues="active")


def warned(client, order, kinds, amount=""):
    """The page that says what refunding the lines of these kinds will do."""
    lines = [line.id for line in order.lines if line.kind in kinds]
    answer = client.post(f"/staff/order/{order.ref}/refund/check", data=fields(lines, amount))
    return " ".join(page(answer).split())


def fields(lines, amount):
    return {"lines": lines, "amount": amount, "reason": "ill"}


def test_refunded_dues_whose_member_price_stays_are_warned_of_with_the_sum(joined, fay):
    told = warned(fay, joined[1], {"dues"})

    assert "was sold at the member price because of these dues, and keeps it: 220.00 USD less" in told
    assert "Send 5.00 USD back to make up for it" in told


@pytest.mark.parametrize(("kinds", "amount"), [({"dues", "registration"}, ""), ({"registration"}, ""), ({}, "10")])
def test_no_warning_where_no_member_price_is_left_without_its_dues(joined, fay, kinds, amount):
    told = warned(fay, joined[1], kinds, amount)

    assert "This will happen" in told
    assert "The member price stays" not in told


def test_dues_of_an_earlier_order_are_remembered_too(meeting, fay):
    ada = somebody("Ada")
    with transaction():
        a_membership_type()
    with transaction():
        dues = checkout.place_dues(type_code="active", person=ada, now=clock.now())
    settle(dues)
    _entry, order = an_order(meeting, ada)
    settle(order)

    told = warned(fay, payments.order_by_ref(dues.ref), {"dues"})

    assert "keeps it: 220.00 USD less" in told


def test_a_ticket_priced_as_another_category_is_compared_with_that_one(joined, fay):
    (entry, order), mine = joined, next(line for line in joined[1].lines if line.kind == "registration")
    with transaction():
        registration.add_category(entry.meeting, code="student", name="Student", pool=entry.category.pool)
        mine.rule = {**mine.rule, "category": "student", "priced_as": mine.rule["category"]}

    assert "keeps it: 220.00 USD less" in warned(fay, order, {"dues"})


def test_a_member_by_another_term_keeps_the_price_rightly(meeting, fay):
    ada, now = somebody("Ada"), clock.now()
    with transaction():
        a_membership(ada, now)
    _entry, order = an_order(meeting, ada, dues="active")
    settle(order)

    told = warned(fay, payments.order_by_ref(order.ref), {"dues"})

    assert "membership term is taken back" in told
    assert "The member price stays" not in told


def test_a_refund_is_foretold_and_nothing_happens_before(meeting, cleo):
    entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    typed = {"lines": lines_of(order), "amount": "500", "reason": "ill"}

    told = page(cleo.post(f"/staff/order/{order.ref}/refund/check", data=typed))

    for words in (
        f"500.00 USD goes back through Stripe to the card or account that paid it (pi_{order.ref})",
        "whole meeting, in person” ends: the registration is cancelled and its badge is void",
        "“Dinner” ends.",
        "A place is free again: Venue.",
        "A place is free again: Dinner.",
        "25.00 USD is kept as a fee",
        "Refund 500.00 USD",
    ):
        assert words in told
    assert (entry_state(entry), payments.refunds_of(order)) == ("confirmed", [])


def test_a_whole_refund_ends_the_registration_and_frees_its_places(meeting, fay):
    entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    typed = {"lines": lines_of(order), "amount": "525.00", "reason": "ill", "left": 52500}

    follow(fay, fay.post(f"/staff/order/{order.ref}/refund", data=typed))

    assert (entry_state(entry), taken(), taken("Dinner")) == ("cancelled", 0, 0)
    assert [each.amount for each in payments.refunds_of(order)] == [Money(52500, "USD")]
    assert letters() == ["confirmed", "refunded"]


def test_one_add_on_is_taken_back_alone(meeting, cleo):
    entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    dinner = next(line for line in order.lines if line.kind == "add_on")
    typed = {"lines": [dinner.id], "amount": "85", "reason": "cannot come", "left": 52500}

    told = follow(cleo, cleo.post(f"/staff/order/{order.ref}/refund", data=typed))

    assert (entry_state(entry), taken(), taken("Dinner")) == ("confirmed", 1, 0)
    assert "taken back" in told


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": "525.01"}, "Only 525.00 USD can still go back"),
        ({"amount": "abc"}, "is not an amount in USD"),
        ({"amount": "-5"}, "is not an amount in USD"),
        ({"amount": "9" * 25}, "is not an amount in USD"),
        ({"amount": "", "lines": []}, "Choose what is taken back"),
        ({"reason": ""}, "Say why"),
        ({"lines": [], "amount": "0"}, "Choose what is taken back"),
        ({"lines": ["999999999"]}, "choice"),
        ({"lines": ["x"]}, "could not be coerced"),
    ],
)
def test_a_refund_that_cannot_be_is_refused_with_words(meeting, cleo, change, words):
    _entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    typed = {"lines": lines_of(order), "amount": "525", "reason": "ill", **change}

    answer = cleo.post(f"/staff/order/{order.ref}/refund/check", data=typed)

    assert answer.status_code == 422
    assert words in page(answer)


def test_a_registration_does_not_end_without_its_add_ons(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    alone = next(line.id for line in order.lines if line.kind == "registration")
    typed = {"lines": [alone], "amount": "440", "reason": "ill", "left": 52500}

    answers = [cleo.post(f"/staff/order/{order.ref}/refund{step}", data=typed) for step in ("/check", "")]

    assert [answer.status_code for answer in answers] == [422, 409]
    assert all("Add-ons end with their registration" in page(answer) for answer in answers)


def test_a_refund_that_failed_is_repeated_once(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada")
    failed = a_failed_refund(order, Money(10000, "USD"), somebody("Eve"))

    shown = page(cleo.get(f"/staff/order/{order.ref}"))
    answers = [cleo.post(f"/staff/refund/{failed.ref}/again").status_code for _ in range(2)]

    assert "Try again" in shown
    assert answers == [303, 409]
    assert [each.state for each in payments.refunds_of(order)] == ["failed", "requested"]
    assert not payments.owed(order)
