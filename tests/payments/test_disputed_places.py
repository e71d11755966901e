"""Staff decide what becomes of what was bought when its payment is disputed, and the order's account is even in the end."""

import pytest
from sqlalchemy import select

from conference import checkout, mail, payments
from conference.kernel import Money, Refusal, db
from conference.payments import PlaceDecision
from tests.payments.disputing import at_stripe, balance, decide, the_dispute


def test_a_lost_one_whose_place_is_kept_is_the_societys_loss(disputed, stripe):
    decide(disputed, checkout.disputes.keep_place)
    assert balance(disputed) == -44000
    at_stripe(disputed, stripe, "lost")

    found = the_dispute(disputed)
    assert (found.place, found.finished_at is not None, balance(disputed)) == (PlaceDecision.KEPT, True, 0)
    assert payments.order_by_ref(disputed.ref).state == "paid"
    assert payments.differences() == []


def test_what_is_taken_back_ends_with_a_letter_and_no_money_goes_back(disputed, stripe):
    at_stripe(disputed, stripe, "lost")
    assert payments.differences() == []
    decide(disputed, checkout.disputes.take_place_back, why="not paid after all")

    order = payments.order_by_ref(disputed.ref)
    assert all(line.ended_at for line in order.lines)
    assert checkout.registration_in(order).state == "cancelled"
    assert (balance(order), payments.refunds_of(order)) == (0, [])
    letters = db.session.scalars(select(mail.Letter.kind).where(mail.Letter.person_id == order.person_id))
    assert "dispute_ended" in set(letters)
    assert payments.differences() == []


def test_the_place_is_decided_once(disputed):
    decide(disputed, checkout.disputes.keep_place)

    with pytest.raises(Refusal, match="decided meanwhile"):
        decide(disputed, checkout.disputes.take_place_back)

    assert the_dispute(disputed).place == PlaceDecision.KEPT


def test_money_that_comes_back_after_the_place_was_taken_back_is_owed_and_said(disputed, stripe):
    decide(disputed, checkout.disputes.take_place_back)
    at_stripe(disputed, stripe, "won")

    assert (balance(disputed), payments.owed(payments.order_by_ref(disputed.ref))) == (44000, Money(44000, "USD"))
    assert len(payments.differences()) == 1
