"""Paying by bank transfer: who may, until when, once, and what becomes of the places."""

from datetime import datetime, timedelta

import pytest

from conference import checkout, mail, payments
from conference.checkout.transfer_rules import pay_until
from conference.kernel import Refusal, db, transaction
from conference.payments import bank
from tests.checkout.acting import lapse, letters, paid, place, settle, state_of, taken
from tests.checkout.banking.acting import came, lines, paying

GRACE = timedelta(days=3)


@pytest.fixture
def terms(meeting, account, now):
    """Everybody may, within ten days."""
    with transaction():
        facts = {"whom": "all", "days": 10, "days_before": 14, "grace_days": 3}
        checkout.transferring.set_terms(meeting, by=None, version=0, now=now, **facts)


def choose(order, now, po_number=""):
    with transaction():
        return checkout.transferring.choose(order.id, po_number=po_number, by=None, now=now)


def offered(order, now):
    return checkout.transferring.offer(payments.order_by_ref(order.ref), now)


def test_a_transfer_holds_the_places_until_its_day_and_some_more(terms, meeting, ada, now):
    order = place(meeting, ada, now)

    promised = choose(order, now, "PO-4711")

    local = promised.until.astimezone(meeting.zone)
    assert (local.date(), local.hour) == ((now.astimezone(meeting.zone) + timedelta(days=11)).date(), 0)
    assert payments.order_by_ref(order.ref).expires_at == promised.until + GRACE
    (letter,) = db.session.scalars(db.select(mail.Letter))
    assert all(
        each in letter.body for each in (bank.reference_of(order), "DE89370400440532013000", "440.00", "PO-4711")
    )


def test_it_is_promised_once(terms, meeting, ada, now):
    order = place(meeting, ada, now)
    choose(order, now)

    with pytest.raises(Refusal):
        choose(order, now + timedelta(days=5))

    assert offered(order, now + timedelta(days=5)) is None


def test_who_let_one_lapse_is_not_offered_another(terms, meeting, ada, now):
    order = place(meeting, ada, now)
    promised = choose(order, now)
    later = promised.until + GRACE
    lapse(order, later - timedelta(minutes=1))
    assert (state_of(order), taken()) == ("open", 1)

    lapse(order, later)

    assert (state_of(order), taken()) == ("lapsed", 0)
    assert offered(place(meeting, ada, later), later) is None


def test_nobody_is_offered_it_where_nothing_was_decided_or_no_account_fits(meeting, ada, now):
    assert offered(place(meeting, ada, now), now) is None


def test_groups_only(meeting, account, ada, now):
    with transaction():
        facts = {"whom": "groups", "days": 10, "days_before": 14, "grace_days": 3}
        checkout.transferring.set_terms(meeting, by=None, version=0, now=now, **facts)

    assert offered(place(meeting, ada, now), now) is None


def test_the_last_day_before_the_meeting(terms, meeting):
    found = checkout.transferring.terms_of(meeting)
    facts = {"starts": meeting.starts, "zone": meeting.zone}
    first_too_late = meeting.starts - timedelta(days=14)

    assert pay_until(found, today=first_too_late, **facts) is None
    until = pay_until(found, today=first_too_late - timedelta(days=1), **facts)
    assert until == datetime.combine(first_too_late + timedelta(days=1), datetime.min.time(), tzinfo=meeting.zone)


def test_the_transfer_comes_and_settles_it(terms, account, meeting, ada, now):
    order = place(meeting, ada, now)
    choose(order, now)

    came(account, now, paying(order))

    assert (state_of(order), letters()) == ("paid", ["by_transfer", "confirmed"])


def test_a_card_still_pays_it_and_the_transfer_then_waits_to_be_sent_back(terms, account, meeting, ada, now):
    order = place(meeting, ada, now)
    choose(order, now)
    settle(order, paid(order), now)

    came(account, now, paying(order))

    assert (state_of(order), lines()[0].state, lines()[0].why) == ("paid", "open", "paid")


def test_the_number_of_a_purchase_order_finds_it(terms, account, meeting, ada, now):
    order = place(meeting, ada, now)
    choose(order, now, "PO-4711/A")

    came(account, now, paying(order, text="your invoice, our PO 4711 A", name="University"))

    assert (lines()[0].suggested_id, lines()[0].why) == (order.id, "likely")


def test_two_who_decide_at_once(terms, meeting, now):
    facts = {"whom": "all", "days": 5, "days_before": 1, "grace_days": 0}
    with transaction():
        checkout.transferring.set_terms(meeting, by=None, version=1, now=now, **facts)

    with pytest.raises(Refusal), transaction():
        checkout.transferring.set_terms(meeting, by=None, version=1, now=now, **{**facts, "days": 6})
