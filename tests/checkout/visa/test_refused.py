"""A refused visa: who may ask for the money, what goes back by the rule of the day, and that it is sent once."""

from datetime import timedelta

import pytest

from conference import checkout, payments, registration
from conference.kernel import Refusal, transaction
from conference.registration import visa
from conference.registration.visa import purging
from tests.checkout.acting import letters
from tests.checkout.conftest import ada, ben, books, meeting
from tests.checkout.visa.cast import a_policy, ask, entry_of, issue, registered
from tests.registration.eligibility.documents import a_document

__all__ = ["ada", "ben", "books", "meeting"]
FEE = {"refund_rule": visa.RefundRule.LESS_FEE, "fee_minor": 5000}


@pytest.fixture
def entry(meeting, ada, ben, now):
    """Ada's registration, paid with 440.00, with a letter; the meeting keeps 50.00 when a visa is refused."""
    a_policy(meeting, now, **FEE)
    found = registered(meeting, ada, now)
    issue(ask(found, now), ben, now)
    return found


def claimed(entry, now, content=None):
    with transaction():
        return visa.refusals.ask(entry=entry, letter=a_document(content), note="", by=entry.person, now=now)


def refund(claim, by, now):
    seen = checkout.visas.quote_refund(claim).seen
    with transaction():
        return checkout.visas.refund(claim, seen=seen, by=by, now=now)


def sent_back(entry):
    orders = [payments.order_by_id(key) for key in payments.orders_of_lines(all_lines(entry))]
    return sum(each.amount_minor for order in orders for each in payments.refunds_of(order))


def all_lines(entry):
    return [line.id for order in payments.orders_with_line("registration", entry.id) for line in order.lines]


def test_the_registration_ends_and_all_but_the_fee_goes_back_to_its_payment(meeting, entry, ada, ben, now):
    change = refund(claimed(entry, now), ben, now)

    assert (change.refund_minor, sent_back(entry)) == (39000, 39000)
    assert entry_of(meeting, ada).state == "cancelled"
    assert {"visa-claim_received", "changed"} <= set(letters())
    assert visa.queries.claim_of(entry).state == "approved"


def test_by_the_other_rule_everything_goes_back(meeting, entry, ben, now):
    a_policy(meeting, now, refund_rule=visa.RefundRule.FULL)

    refund(claimed(entry, now), ben, now)

    assert sent_back(entry) == 44000


def test_the_rule_is_that_of_the_day_on_which_it_was_asked_for(meeting, entry, ben, now):
    claim = claimed(entry, now)
    a_policy(meeting, now, refund_rule=visa.RefundRule.NOTHING)

    refund(claim, ben, now)

    assert sent_back(entry) == 39000


def test_a_second_press_of_the_button_sends_nothing(entry, ben, now):
    claim = claimed(entry, now)
    seen = checkout.visas.quote_refund(claim).seen
    refund(claim, ben, now)

    with pytest.raises(Refusal), transaction():
        checkout.visas.refund(claim, seen=seen, by=ben, now=now)

    assert sent_back(entry) == 39000


def test_what_was_not_seen_is_not_sent(meeting, entry, ben, now):
    claim = claimed(entry, now)

    with pytest.raises(Refusal, match="price has changed"), transaction():
        checkout.visas.refund(claim, seen="0:44000:1:0", by=ben, now=now)

    assert (visa.queries.claim_in(meeting, claim.ref).state, sent_back(entry)) == ("waiting", 0)


def test_without_a_letter_or_after_its_day_nobody_asks(meeting, entry, ben, now):
    a_policy(meeting, now, refund_until=now.date())
    assert visa.refusals.may_ask(entry, now)
    assert not visa.refusals.may_ask(entry, now + timedelta(days=2))
    other = registered(meeting, ben, now, mode="virtual")

    with pytest.raises(Refusal, match="cannot be asked for"):
        claimed(other, now)


def test_the_consulates_letter_is_needed_and_opened(entry, now):
    for content in (b"", b"no document"):
        with pytest.raises(Refusal) as refused, transaction():
            letter = visa.refusals.letter_of(content, entry.meeting)
            visa.refusals.ask(entry=entry, letter=letter, note="", by=entry.person, now=now)
        assert refused.value.field == "file"


def test_only_one_waits_at_a_time(entry, now):
    claimed(entry, now)

    with pytest.raises(Refusal, match="asked already"):
        claimed(entry, now)


def test_who_is_declined_stays_registered_and_may_ask_again(meeting, entry, ada, ben, now):
    claim = claimed(entry, now)
    with transaction():
        visa.refusals.decline(claim, reason="Not a refusal", by=ben, now=now)

    assert (entry_of(meeting, ada).state, sent_back(entry)) == ("confirmed", 0)
    assert "visa-claim_declined" in letters()
    assert claimed(entry, now + timedelta(days=1)).state == "waiting"


def test_the_document_goes_some_days_after_the_decision(meeting, entry, ben, now):
    claim = claimed(entry, now)
    assert b"%PDF" in visa.queries.document_of(claim)
    with transaction():
        visa.refusals.decline(claim, reason="Not a refusal", by=ben, now=now)
    assert purging.due(now + timedelta(days=29))[1] == []

    assert purging.due(now + timedelta(days=30))[1] == [claim.id]
    with transaction():
        assert purging.purge_document(claim.id, now=now)
        assert not purging.purge_document(claim.id, now=now)
    assert visa.queries.document_of(claim) is None
    assert registration.by_id(entry.id).state == "confirmed"
