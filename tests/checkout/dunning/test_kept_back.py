"""What keeps a step back: money that may be here, a bank that is not known, a pause; and more days."""

import pytest

from conference import payments
from conference.checkout import dunning
from conference.kernel import Refusal, transaction
from conference.payments import bank
from tests.checkout.acting import state_of, taken
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
    bring_in(account, as_camt([Said(1200, "Interest", "Bank", day=day)]), now)

    assert bank.known_until() == {account.id: day}


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
