"""What Stripe is seen to say, read in every combination."""

from functools import reduce
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.kernel import Money
from conference.payments import Seen, disagreements
from conference.payments.rules import with_note, without_notes


def seen(**changes):
    facts = {"status": "complete", "payment_status": "paid", "amount": 44000, "currency": "USD"}
    return Seen(**{"session_id": "cs_1", "order_ref": "REF", "payment_intent": "pi_1", **facts, **changes})


@pytest.mark.parametrize(
    ("status", "payment", "intent"),
    list(
        product(
            ("open", "complete", "expired"),
            ("paid", "unpaid", "no_payment_required"),
            ("", "processing", "succeeded", "canceled", "requires_payment_method"),
        )
    ),
)
def test_a_session_is_at_most_one_of_paid_failed_ongoing_and_expired(status, payment, intent):
    answer = seen(status=status, payment_status=payment, intent_status=intent)

    truths = [answer.is_paid, answer.has_failed, answer.is_ongoing, answer.is_expired]

    assert sum(truths) == (status != "open")
    assert answer.is_paid == (status == "complete" and payment != "unpaid")


def test_an_answer_that_agrees_has_no_disagreements():
    assert disagreements(seen(), ref="REF", total=Money(44000, "USD")) == []


@pytest.mark.parametrize(
    "change", [{"order_ref": ""}, {"order_ref": "ref"}, {"currency": "EUR"}, {"amount": 43999}, {"amount": 44001}]
)
def test_each_disagreement_is_named(change):
    assert len(disagreements(seen(**change), ref="REF", total=Money(44000, "USD"))) == 1


def test_all_disagreements_are_named_together():
    assert len(disagreements(seen(order_ref="", currency="JPY", amount=1), ref="REF", total=Money(44000, "USD"))) == 3


@given(st.lists(st.sampled_from(["a", "a slip", "re_1: a; slip", "slip; a", "sorry"]), max_size=4), st.integers(0, 4))
def test_a_note_is_taken_out_once_wherever_it_stands_and_the_others_stay(others, place):
    note = "a slip; sorry"
    told = [*others[:place], note, *others[place:]]

    assert without_notes(reduce(with_note, told, ""), [note, "never noted"]) == reduce(with_note, others, "")
    assert without_notes(reduce(with_note, [*told, note], ""), [note]).count(note) >= 1
