"""A note says that money of an order waits for a decision: it is not put away before that is made."""

import pytest

from conference import checkout, payments
from conference.kernel import Refusal, clock, db, transaction
from conference.payments import dispute_rules
from tests.staff.test_disputes import dispute, order

__all__ = ["order"]


def won_back(order):
    """The bank took the money, staff took the place, and the bank gave the money back in the end; the order as it is."""
    found = dispute(order)
    with transaction():
        checkout.disputes.take_place_back(found, why="fraud", by=None, now=clock.now())
    taken = dispute_rules.Movement(f"txn_{order.ref}", -order.total_minor, 1500)
    back = dispute_rules.Movement(f"txn_back_{order.ref}", order.total_minor, 0)
    dispute(order, state="won", movements=(taken, back))
    db.session.expire_all()
    return payments.order_by_id(order.id)


def test_what_was_won_after_the_place_was_taken_back_stays_noted_until_it_is_sent_back(order):
    order = won_back(order)
    assert order.parked_reason
    assert payments.owed(order).minor == order.total_minor

    with pytest.raises(Refusal, match="send it back first"), transaction():
        checkout.unparking.take_note_away(order.id, by=None, now=clock.now())
    with transaction():
        payments.promise_refund(order=payments.locked(order.id), amount=order.total, reason="won", now=clock.now())
    with transaction():
        checkout.unparking.take_note_away(order.id, by=None, now=clock.now())

    assert payments.order_by_id(order.id).parked_reason == ""
