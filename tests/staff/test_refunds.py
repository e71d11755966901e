"""Refunds at the desk: foretold, done once, repeated when they failed; and the books tie out after."""

import pytest

from conference import payments
from conference.kernel import Money
from tests.staff.cast import (
    a_failed_refund,
    a_registration,
    entry_state,
    follow,
    letters,
    lines_of,
    page,
    somebody,
    taken,
)


def test_a_refund_begins_with_everything_that_is_left(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada", extras=("dinner",))

    form = page(cleo.get(f"/staff/order/{order.ref}/refund"))

    assert 'value="525.00"' in form
    assert form.count("checked") == 2


def test_a_refund_is_foretold_and_nothing_happens_before(meeting, cleo):
    entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    typed = {"lines": lines_of(order), "amount": "500", "reason": "ill"}

    told = page(cleo.post(f"/staff/order/{order.ref}/refund/check", data=typed))

    for words in (
        f"500.00 USD goes back to pi_{order.ref}",
        "The registration ends; its place is free again",
        "Dinner ends; its place is free again",
        "25.00 USD is kept as a fee",
        "Refund 500.00 USD",
    ):
        assert words in told
    assert (entry_state(entry), payments.refunds_of(order)) == ("confirmed", [])


def test_a_whole_refund_ends_the_registration_and_frees_its_places(meeting, fay):
    entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    typed = {"lines": lines_of(order), "amount": "525.00", "reason": "ill"}

    follow(fay, fay.post(f"/staff/order/{order.ref}/refund", data=typed))

    assert (entry_state(entry), taken(), taken("Dinner")) == ("cancelled", 0, 0)
    assert [each.amount for each in payments.refunds_of(order)] == [Money(52500, "USD")]
    assert letters() == ["confirmed", "refunded"]


def test_one_add_on_is_taken_back_alone(meeting, cleo):
    entry, order = a_registration(meeting, "Ada", extras=("dinner",))
    dinner = next(line for line in order.lines if line.kind == "add_on")
    typed = {"lines": [dinner.id], "amount": "85", "reason": "cannot come"}

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
        ({"amount": ""}, "Type an amount"),
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
    typed = {"lines": [alone], "amount": "440", "reason": "ill"}

    answers = [cleo.post(f"/staff/order/{order.ref}/refund{step}", data=typed) for step in ("/check", "")]

    assert [answer.status_code for answer in answers] == [422, 409]
    assert all("Add-ons end with their registration" in page(answer) for answer in answers)


def test_the_same_refund_sent_twice_is_done_once(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada")
    typed = {"lines": lines_of(order), "amount": "440", "reason": "ill"}

    answers = [cleo.post(f"/staff/order/{order.ref}/refund", data=typed).status_code for _ in range(2)]

    assert answers == [303, 422]
    assert len(payments.refunds_of(order)) == 1


def test_a_refund_that_failed_is_repeated_once(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada")
    failed = a_failed_refund(order, Money(10000, "USD"), somebody("Eve"))

    shown = page(cleo.get(f"/staff/order/{order.ref}"))
    answers = [cleo.post(f"/staff/refund/{failed.ref}/again").status_code for _ in range(2)]

    assert "Try again" in shown
    assert answers == [303, 409]
    assert [each.state for each in payments.refunds_of(order)] == ["failed", "requested"]
    assert not payments.owed(order)
