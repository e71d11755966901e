"""Whatever moves money of an order is recounted before it is committed, though it books nothing itself: what does not sum is undone."""

import pytest
from sqlalchemy import update

from conference import checkout, payments
from conference.kernel import Money, db, transaction
from conference.payments import BooksDoNotTieOut, Payment, refunds
from conference.payments.dispute_rules import DisputeSeen


@pytest.fixture
def paid(order, now):
    """Ada's order, paid by hand, of which 40.00 wait to be sent back."""
    with transaction():
        checkout.settle_paid_by_hand(order.id, reference="transfer", by=None, now=now)
    with transaction():
        payments.book_difference(order, ended=[], refunded=Money(4000, "USD"), now=now)
        payments.promise_refund(order=order, amount=Money(4000, "USD"), reason="ill", now=now)
    return payments.payments_of(order)[0]


def tamper(**values):
    db.session.execute(update(Payment).values(**values), execution_options={"synchronize_session": False})


def test_a_refund_that_is_called_off(paid, now):
    with pytest.raises(BooksDoNotTieOut, match="1 marked as refunded, refunds sum to 0"), transaction():
        tamper(refunded_minor=Payment.refunded_minor + 1)
        refunds.call_off(paid, reason="not there", now=now)

    with transaction():
        refunds.call_off(paid, reason="not there", now=now)
    assert payments.payments_of(payments.order_by_id(paid.order_id))[0].refunded_minor == 0


def test_an_order_that_lapses_with_money_on_it(order, now):
    with transaction():
        facts = {"provider": "hand", "provider_ref": "h-1", "amount": Money(1000, "USD"), "now": now}
        payments.receive(payments.locked(order.id), **facts)

    with pytest.raises(BooksDoNotTieOut, match="1000 received and neither given"), transaction():
        payments.lapse(payments.locked(order.id))


def test_a_dispute_that_blocks_refunds_without_any_money_moving(settled, now):
    intent = payments.payments_of(settled)[0].provider_ref
    told = {
        "reason": "general",
        "state": "needs_response",
        "opened_at": now,
        "evidence_due_at": None,
        "fee_currency": "",
    }
    seen = DisputeSeen("dp_asked", intent, 44000, "USD", is_refundable=False, movements=(), **told)

    with pytest.raises(BooksDoNotTieOut, match="7 marked as taken and 1 disputes as open"), transaction():
        tamper(taken_minor=7)
        payments.disputes.note(seen, now=now)

    with transaction():
        payments.disputes.note(seen, now=now)
    assert payments.payments_of(payments.order_by_id(settled.id))[0].disputes_open == 1
