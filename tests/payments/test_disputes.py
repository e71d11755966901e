"""Disputes: money that a bank takes and gives back stands in the books, once, whatever message is lost, late or doubled."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from conference import checkout, jobs, mail, payments
from conference.kernel import Money, clock, db, transaction
from conference.payments import DisputeState, RefundRefused
from tests.payments.disputing import at_stripe, balance, booked, decide, the_dispute
from tests.payments.settled import charge_of, hear, pay, promise, sweep
from tests.signing_in import account_of


def test_what_a_bank_takes_is_booked_and_the_order_flagged(disputed):
    found = the_dispute(disputed)

    assert (found.state, found.amount, found.taken) == (DisputeState.NEEDS_RESPONSE, disputed.total, disputed.total)
    assert (found.fee_minor, found.fee_currency, found.reason) == (1500, "USD", "fraudulent")
    assert found.evidence_due_at > clock.now()
    assert (booked(disputed), balance(disputed)) == ([-44000], -44000)
    assert found.provider_ref in payments.order_by_ref(disputed.ref).parked_reason
    assert payments.differences() == []


def test_finance_is_written_to_when_it_comes_and_when_it_is_decided(context, order, stripe):
    fin = account_of("finance@example.org", given_name="Fin", family_name="Demo", country="US", roles=("finance",))
    settled = pay(order, stripe)
    stripe.dispute(charge_of(settled, stripe))
    hear(stripe)
    at_stripe(settled, stripe, "won")

    letters = db.session.scalars(
        select(mail.Letter).where(mail.Letter.person_id == fin.person_id).order_by(mail.Letter.id)
    )
    told = [(each.kind, each.subject) for each in letters if each.kind.startswith("dispute")]
    assert [kind for kind, _subject in told] == ["dispute_opened", "dispute_closed"]
    assert "440.00 USD" in told[0][1].replace("\N{NO-BREAK SPACE}", " ")


def test_the_same_messages_in_any_order_and_any_number_book_once(disputed, stripe):
    at_stripe(disputed, stripe, "won")
    for event in reversed(stripe.events("charge.dispute.*")):
        with transaction():
            facts = {
                "event_id": f"{event['id']}-again",
                "kind": event["type"],
                "object_id": event["data"]["object"]["id"],
            }
            payments.note_event(**facts, now=clock.now())
    jobs.run("stripe")

    assert (booked(disputed), balance(disputed)) == ([-44000, 44000], 0)
    assert the_dispute(disputed).state == DisputeState.WON
    assert payments.differences() == []


def test_one_that_was_heard_of_late_stays_closed(disputed, stripe):
    before = payments.disputes_at_stripe.dispute_seen(the_dispute(disputed).provider_ref)
    at_stripe(disputed, stripe, "won")

    with transaction():
        checkout.disputes.note(before, now=clock.now())

    assert (the_dispute(disputed).state, the_dispute(disputed).taken_minor) == (DisputeState.WON, 0)
    assert payments.differences() == []


def test_without_any_message_it_is_found_by_listing(context, settled, stripe):
    stripe.dispute(charge_of(settled, stripe))

    sweep(context, "disputes")

    assert (the_dispute(settled).state, booked(settled)) == (DisputeState.NEEDS_RESPONSE, [-44000])


def test_the_end_of_an_old_one_is_found_without_a_message(context, disputed, stripe):
    stripe.decide_dispute(the_dispute(disputed).provider_ref, "lost")

    with time_machine.travel(clock.now() + timedelta(days=200), tick=True):
        sweep(context, "disputes")

    assert the_dispute(disputed).state == DisputeState.LOST


def test_while_it_is_open_nothing_of_its_payment_is_refunded(disputed):
    with pytest.raises(RefundRefused, match="disputed"), transaction():
        payments.promise_refund(order=disputed, amount=Money(100, "USD"), reason="", now=clock.now())

    assert payments.refundable(disputed) == Money(0, "USD")


def test_the_guard_stands_in_the_statement_itself(disputed):
    """A payment that was read before its dispute came is not refunded either."""
    (stale,) = payments.payments_of(disputed)
    db.session.expunge(stale)
    stale.disputes_open = stale.taken_minor = 0

    assert payments.refunds.claim(stale, 100) is False


def test_a_refund_that_waits_is_not_sent_and_goes_on_when_the_dispute_is_won(settled, stripe):
    promise(settled, 10000)
    stripe.dispute(charge_of(settled, stripe))
    hear(stripe)
    with time_machine.travel(clock.now() + timedelta(minutes=10), tick=True):
        assert jobs.run("refunds") == 0
        at_stripe(settled, stripe, "won")
        jobs.run("refunds")

    assert [str(each.state) for each in payments.refunds_of(settled)] == ["succeeded"]


def test_a_refund_that_waits_is_called_off_when_the_bank_keeps_the_money(settled, stripe):
    promise(settled, 10000)
    stripe.dispute(charge_of(settled, stripe))
    hear(stripe)
    at_stripe(settled, stripe, "lost")
    decide(settled, checkout.disputes.keep_place)

    assert [str(each.state) for each in payments.refunds_of(settled)] == ["canceled"]
    assert payments.differences() == []


def test_stripe_that_knows_of_a_dispute_before_us_does_not_make_a_refund_fail(settled, stripe):
    promise(settled, 10000)
    stripe.dispute(charge_of(settled, stripe))

    jobs.run("refunds")

    db.session.rollback()
    assert [str(each.state) for each in payments.refunds_of(settled)] == ["requested"]


def test_an_inquiry_takes_nothing_and_blocks_nothing_until_it_is_more(settled, stripe):
    stripe.dispute(charge_of(settled, stripe), inquiry=True)
    hear(stripe)
    found = the_dispute(settled)
    assert (found.is_inquiry, found.taken_minor, payments.refundable(settled)) == (True, 0, settled.total)

    at_stripe(settled, stripe, "escalated")

    assert (the_dispute(settled).taken, payments.refundable(settled).minor) == (settled.total, 0)
    assert payments.differences() == []


def test_a_direct_debit_that_comes_back_weeks_later_is_booked_as_lost(order, stripe):
    settled = pay(order, stripe, "bank_debit")
    stripe.dispute(charge_of(settled, stripe), "insufficient_funds")
    hear(stripe)

    found = the_dispute(settled)
    assert (found.state, found.is_return, booked(settled)) == (DisputeState.LOST, True, [-44000])
    assert payments.disputes.waiting_count() == 1
    assert payments.differences() == []


def test_a_part_that_is_disputed_leaves_the_rest_to_be_refunded_when_it_is_lost(settled, stripe):
    stripe.dispute(charge_of(settled, stripe), amount=10000)
    hear(stripe)
    at_stripe(settled, stripe, "lost")

    assert payments.refundable(payments.order_by_ref(settled.ref)) == Money(34000, "USD")


def test_one_of_a_payment_that_is_not_ours_is_left_alone(context, settled, stripe):
    client = stripe.client()
    other = client.v1.payment_intents.create(
        {"amount": 5000, "currency": "usd", "confirm": True, "payment_method": "pm_card_visa", "off_session": True}
    )
    stripe.dispute(other.latest_charge)

    hear(stripe)
    sweep(context, "disputes")

    assert payments.disputes.of_order(settled) == []
    assert payments.differences() == []


def test_money_that_comes_back_after_the_loss_was_given_up_is_booked_and_shown(disputed, stripe):
    with transaction():
        checkout.write_off_missing(disputed.id, by=None, now=clock.now())

    at_stripe(disputed, stripe, "won")

    assert (booked(disputed), balance(disputed)) == ([-44000, 44000], 44000)
    assert payments.differences() == [f"order {disputed.ref}: 44000 received and neither given, refunded nor parked"]
    assert db.session.scalars(payments.events_in_trouble()).all() == []
