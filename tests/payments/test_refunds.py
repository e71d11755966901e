"""Money that goes back: never more than came, once each, and a failure stays in sight until it is made good."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from conference import checkout, payments
from conference.kernel import Money, Refusal, db, transaction
from conference.payments import OrderState, Refund, RefundRefused, RefundState, refunds
from conference.payments.rules import RefundSeen
from tests.checkout.acting import paid


def usd(minor):
    return Money(minor, "USD")


@pytest.fixture
def settled(order, now):
    """Ada's order, paid with 440.00 USD."""
    with transaction():
        checkout.settle(order.id, paid(order), now=now)
    return payments.order_by_ref(order.ref)


def promise(order, minor, now, **details):
    """Goodwill, so that nothing has to be taken back for it."""
    with transaction():
        payments.book_difference(order, ended=[], refunded=usd(minor), now=now)
        return payments.promise_refund(order=order, amount=usd(minor), reason="ill", now=now, **details)


def give_back(order, minor, now, *, lines=(), by=None):
    """As staff do it, each time a little later than the last."""
    facts = {"line_ids": [each.id for each in lines], "amount": usd(minor), "reason": "ill", "by": by}
    at = now + timedelta(seconds=len(payments.refunds_of(order)))
    with transaction():
        return checkout.end_lines_and_refund(order_id=order.id, now=at, **facts)


def said(refund, state="succeeded", **changes):
    """Stripe saying something about one of our refunds."""
    facts = RefundSeen(f"re_{refund.ref}", refund.ref, RefundState(state), "", "pi_1", refund.amount_minor, "USD")
    return replace(facts, **changes)


def tell(seen, now):
    with transaction():
        refunds.note(seen, now=now)


def states(order):
    return [(each.amount_minor, str(each.state)) for each in payments.refunds_of(order)]


def balance(order):
    db.session.rollback()
    return payments.balance_of(order).minor


def test_part_after_part_goes_back_until_nothing_is_left(settled, now):
    promise(settled, 10000, now)
    promise(settled, 34000, now)

    with pytest.raises(RefundRefused):
        promise(settled, 1, now)
    assert payments.refundable(settled) == usd(0)


@pytest.mark.parametrize("minor", [0, -1, 44001])
def test_nothing_less_than_nothing_and_too_much_are_refused(settled, now, minor):
    with pytest.raises(RefundRefused):
        promise(settled, minor, now)

    assert states(settled) == []


def test_a_refusal_leaves_no_part_of_the_money_marked(settled, now):
    with pytest.raises(RefundRefused):
        promise(settled, 50000, now)

    assert payments.payments_of(settled)[0].refunded_minor == 0


def test_two_at_once_cannot_send_back_more_than_came(settled, context, now):
    """Both ask for all of it at the same moment, each with a connection of its own."""
    outcomes, both = [], threading.Barrier(2)

    def ask():
        with context.app_context():
            both.wait()
            try:
                promise(payments.order_by_ref(settled.ref), 44000, now)
                outcomes.append("promised")
            except RefundRefused:
                outcomes.append("refused")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["promised", "refused"]
    db.session.rollback()
    assert states(settled) == [(44000, "requested")]


def test_money_paid_by_hand_goes_back_by_hand_at_once_when_staff_say_so(order, ada, now):
    with transaction():
        checkout.settle_paid_by_hand(order.id, reference="transfer", by=None, now=now)

    give_back(order, 44000, now, lines=payments.order_by_ref(order.ref).lines, by=ada)

    assert states(order) == [(44000, "succeeded")]
    assert (balance(order), payments.differences()) == (0, [])


def test_words_from_stripe_may_come_before_its_answer_to_us(settled, now):
    (refund,) = give_back(settled, 44000, now, lines=settled.lines)

    tell(said(refund), now)
    with transaction():
        refunds.accepted(refund.id, said(refund), now=now)

    assert states(settled) == [(44000, "succeeded")]
    assert db.session.scalar(select(Refund.provider_ref)) == f"re_{refund.ref}"
    assert balance(settled) == 0


@pytest.mark.parametrize("order_of_words", [("pending", "succeeded"), ("succeeded", "pending"), ("succeeded",) * 3])
def test_words_out_of_order_and_doubled_count_once(settled, now, order_of_words):
    (refund,) = give_back(settled, 44000, now, lines=settled.lines)

    for word in order_of_words:
        tell(said(refund, word), now)

    assert states(settled) == [(44000, "succeeded")]
    assert (balance(settled), payments.differences()) == (0, [])


@pytest.mark.parametrize("before", [(), ("pending",), ("succeeded",), ("pending", "succeeded")])
def test_a_refund_that_failed_is_in_sight_and_can_be_repeated(settled, now, before):
    (refund,) = give_back(settled, 44000, now, lines=settled.lines)

    for word in (*before, "failed", "failed", *before):
        tell(said(refund, word), now)

    assert states(settled) == [(44000, "failed")]
    assert payments.differences() == [f"order {settled.ref}: 44000 received and neither given, refunded nor parked"]
    (again,) = give_back(settled, 44000, now)
    tell(said(again), now)
    assert states(settled) == [(44000, "failed"), (44000, "succeeded")]
    assert (balance(settled), payments.differences()) == (0, [])


def test_less_than_the_price_keeps_a_fee_and_more_is_goodwill(settled, now):
    give_back(settled, 1000, now)
    (rest,) = give_back(settled, 40000, now, lines=payments.order_by_ref(settled.ref).lines)
    for each in payments.refunds_of(settled):
        tell(said(each), now)

    assert rest.amount_minor == 40000
    assert (balance(settled), payments.differences()) == (0, [])


def test_goodwill_that_failed_is_owed_once_and_not_given_twice(settled, now):
    (refund,) = give_back(settled, 1000, now)
    tell(said(refund), now)
    tell(said(refund, "failed"), now)
    assert balance(settled) == 1000

    (again,) = give_back(settled, 1500, now)
    tell(said(again), now)

    assert (balance(settled), payments.differences()) == (0, [])


def test_a_line_cannot_be_taken_back_twice(settled, now):
    give_back(settled, 20000, now, lines=settled.lines)

    with pytest.raises(Refusal):
        give_back(settled, 20000, now, lines=settled.lines)
    assert states(settled) == [(20000, "requested")]


def test_a_refund_made_at_stripe_itself_is_booked_once_and_shown_to_staff(settled, now):
    intent = payments.payments_of(settled)[0].provider_ref
    foreign = RefundSeen("re_foreign", "", RefundState.SUCCEEDED, "", intent, 10000, "USD")

    tell(foreign, now)
    tell(foreign, now)

    found = payments.order_by_ref(settled.ref)
    assert (found.state, found.parked_reason) == (
        OrderState.PAID,
        "re_foreign: 100.00 USD was refunded at Stripe itself",
    )
    assert states(settled) == [(10000, "succeeded")]
    assert payments.refundable(settled) == usd(34000)
    assert (balance(settled), payments.differences()) == (0, [])


def test_a_refund_at_stripe_of_a_payment_that_is_not_ours_is_nothing_to_us(settled, now):
    tell(RefundSeen("re_foreign", "", RefundState.SUCCEEDED, "", "pi_unknown", 10000, "USD"), now)

    assert (states(settled), payments.order_by_ref(settled.ref).parked_reason) == ([], "")
