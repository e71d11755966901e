"""What keeps a step back: money that may be here, a bank that is not known, a pause; and more days."""

import pytest
from sqlalchemy import update

from conference import payments
from conference.checkout import dunning
from conference.checkout.dunning import policies
from conference.kernel import Refusal, db, transaction
from conference.payments import bank
from tests.checkout.acting import lapse, paid, settle, state_of, taken
from tests.checkout.banking.acting import bring_in, came, paying
from tests.checkout.dunning.acting import (
    DAY,
    decide,
    known,
    letters,
    night,
    nights,
    sent,
    standing,
)
from tests.payments.bank.writing import Said, as_camt


def test_money_that_waits_for_a_match_keeps_every_step_back(meeting, order, account, now):
    decide(meeting, now)
    came(account, now, paying(order, 40000))  # 40 short: it waits for somebody

    nights(now, 80)

    assert (sent(order), state_of(order), str(standing(order, now + 80 * DAY).wait)) == ([], "open", "money")


def test_a_mark_that_waits_for_a_second_person_keeps_it_back(meeting, order, ada, now):
    decide(meeting, now)
    with transaction():
        payments.marks.ask(order, provider="cheque", amount=order.total, note="cheque 17", by=ada, now=now)

    nights(now, 30)

    assert (sent(order), str(standing(order, now + 20 * DAY).wait)) == ([], "mark")


def test_nothing_is_sent_while_the_bank_is_not_known(meeting, order, account, now):
    decide(meeting, now, bank_days=3)
    nights(now, 25)
    assert sent(order) == []

    known(account, (now + 23 * DAY).date(), now)
    night(now + 25 * DAY)

    assert sent(order) == [("first", 25)]


def test_a_statement_tells_until_when_the_bank_is_known(account, now):
    day = (now + 16 * DAY).date()
    bring_in(account, as_camt([Said(1200, "Interest", "Bank", day=day)]), now + 18 * DAY)

    assert bank.known_until() == {account.id: day}


def test_a_statement_tells_nothing_of_the_day_on_which_it_was_brought_in_nor_of_later_ones(account, now):
    bookings = [Said(1200, "Interest", "Bank", day=(now + days * DAY).date()) for days in (0, 9)]
    bring_in(account, as_camt(bookings), now)

    assert bank.known_until() == {account.id: (now - DAY).date()}


def test_a_statement_that_only_says_again_what_is_known_tells_more_of_its_last_day(account, now):
    said = [Said(1200, "Interest", "Bank", day=now.date())]
    bring_in(account, as_camt(said), now)
    assert bank.known_until() == {account.id: (now - DAY).date()}

    added = bring_in(account, as_camt(said, opening=90_000), now + DAY, name="tuesday.xml")

    assert (added, bank.known_until()) == (0, {account.id: now.date()})


def test_a_day_that_is_not_over_is_not_known(account, now):
    day = now.date()

    with pytest.raises(Refusal), transaction():
        bank.say_complete(account, until=day, today=day, by=None, now=now)

    assert bank.known_until() == {account.id: None}


def test_places_are_not_given_back_before_the_last_days_are_known(meeting, order, account, now):
    decide(meeting, now)
    nights(now, 50)
    decide(meeting, now, bank_days=3)

    nights(now + 50 * DAY, 20)
    assert (state_of(order), taken()) == ("open", 1)

    known(account, (now + 68 * DAY).date(), now)
    nights(now + 70 * DAY, 3)
    assert (state_of(order), taken()) == ("lapsed", 0)


def test_a_pause_lets_it_rest_and_it_goes_on_by_itself(meeting, order, now):
    decide(meeting, now)
    with transaction():
        until = (now + 20 * DAY).date()
        dunning.pause(order.id, until=until, reason="They wrote: next week", by=None, now=now)
    nights(now, 21)
    assert sent(order) == []

    nights(now + 21 * DAY, 3)

    assert sent(order) == [("first", 21)]


def test_a_pause_ends_early(meeting, order, now):
    decide(meeting, now)
    with transaction():
        dunning.pause(order.id, until=(now + 90 * DAY).date(), reason="?", by=None, now=now)
    with transaction():
        dunning.resume(order.id, by=None, now=now + 18 * DAY)
    with pytest.raises(Refusal), transaction():
        dunning.resume(order.id, by=None, now=now + 18 * DAY)

    night(now + 18 * DAY)

    assert sent(order) == [("first", 18)]


def test_more_days_are_given_once_there_is_a_last_day(meeting, order, now):
    decide(meeting, now)
    with pytest.raises(Refusal), transaction():
        dunning.extend(order.id, until=(now + 90 * DAY).date(), by=None, now=now)
    nights(now, 50)

    with transaction():
        dunning.extend(order.id, until=(now + 80 * DAY).date(), by=None, now=now + 50 * DAY)
    nights(now + 50 * DAY, 32)
    assert (state_of(order), len(letters("dunning_extended"))) == ("open", 1)

    nights(now + 82 * DAY, 4)
    assert state_of(order) == "lapsed"


def test_a_bank_debit_that_fails_leaves_the_order_to_its_transfer(meeting, order, now):
    decide(meeting, now)
    settle(order, paid(order, payment_status="unpaid", intent_status="processing"), now + DAY)
    failed = paid(order, payment_status="unpaid", intent_status="requires_payment_method")

    for days in (4, 4, 20):  # the message comes again, and once more when the promise is over and a letter has gone out
        settle(order, failed, now + days * DAY)
        nights(now + days * DAY, 2)

    assert (state_of(order), taken()) == ("open", 1)
    (letter,) = letters("not_paid")
    assert "Your order stands" in letter.body
    assert "first" in [step for step, _day in sent(order)]


def test_what_is_noted_out_of_date_is_looked_at_when_the_places_are_held_anew(meeting, order, now):
    decide(meeting, now)
    with transaction():
        stale = {"next_step": None, "next_on": None, "looked_at": now}
        db.session.execute(update(dunning.DunningCase).values(**stale))

    nights(now + 18 * DAY, 40)

    assert [step for step, _day in sent(order)] == ["first", "second", "last"]


def test_two_that_decide_first_at_once_are_told(meeting, now):
    decide(None, now)
    version_of_nothing = {"is_on": True, "by_hand": False, "release": "itself", "days_to_pay": 10, "bank_days": None}
    steps = {step: {"is_on": True, "days": 3, "subject": "", "note": ""} for step in dunning.Step}

    with pytest.raises(Refusal), transaction():
        policies._first(None, 0, version_of_nothing)
    with pytest.raises(Refusal), transaction():
        policies.save(None, steps=steps, version=0, by=None, now=now, **version_of_nothing)


def test_a_closed_account_is_asked_for_as_long_as_somebody_is_to_pay_into_it(order, account, now):
    facts = {
        name: getattr(account, name)
        for name in ("name", "holder", "iban", "bic", "details", "currency", "mapping", "books_exact")
    }
    with transaction():
        bank.change(account, by=None, version=account.version, now=now, is_closed=True, **facts)
    assert [each.id for each in bank.paid_into()] == [account.id]

    lapse(order, now + 90 * DAY)

    assert bank.paid_into() == []
