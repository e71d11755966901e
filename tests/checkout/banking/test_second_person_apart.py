"""The second person cannot be gone around: by parts, by hand, by another's name; and what waits for them loses nothing meanwhile."""

from datetime import timedelta

import pytest

from conference import checkout, payments
from conference.kernel import Refusal, transaction
from conference.payments import bank
from tests.cast import a_person
from tests.checkout.acting import lapse, place
from tests.checkout.banking.acting import an_account, bring_in, came, lines, match, paying
from tests.checkout.banking.test_second_person import (
    TOTAL,
    approve,
    decline,
    fay,
    kim,
    limit,
    set_limit,
    state_of,
    waiting,
)
from tests.payments.bank.writing import Said, as_camt

__all__ = ["kim", "limit"]
LATER = timedelta(days=60)


def by_hand(order, by, now):
    with transaction():
        return checkout.marking.mark(order.id, provider=payments.Provider.CASH, note="at the desk", by=by, now=now)


def test_an_order_keeps_its_places_while_its_money_waits_for_a_second_person(account, meeting, limit, ada, kim, now):
    order = place(meeting, ada, now)
    came(account, now, paying(order))

    lapse(order, now + LATER)
    assert state_of(order) == "open"
    decline(kim, now)
    lapse(order, now + LATER)
    assert state_of(order) == "lapsed"


def test_one_person_does_not_settle_by_a_small_line_and_the_rest_by_hand(account, meeting, limit, ada, kim, now):
    order = place(meeting, ada, now)
    [line] = came(account, now, Said(TOTAL - 1, "?", "?"))
    match(line, order, now, by=fay())

    assert by_hand(order, fay(), now) is None
    assert (state_of(order), waiting()[0].amount_minor) == ("open", 1)


def test_whoever_did_not_bring_the_line_in_marks_the_rest(account, meeting, limit, ada, kim, now):
    order = place(meeting, ada, now)
    [line] = came(account, now, Said(TOTAL - 1, "?", "?"))
    match(line, order, now, by=fay())

    by_hand(order, kim, now)

    assert (state_of(order), waiting()) == ("paid", [])


def test_what_two_have_approved_is_no_part_of_what_one_says_afterwards(account, meeting, limit, ada, kim, now):
    set_limit(TOTAL - 1)
    order = place(meeting, ada, now)
    came(account, now, paying(order, minor=TOTAL - 1))
    match(lines()[0], order, now, by=fay())
    approve(kim, now)

    by_hand(order, fay(), now)

    assert state_of(order) == "paid"


def test_nobody_forgives_alone_what_they_may_not_mark_alone(account, meeting, limit, ada, kim, now):
    order = place(meeting, ada, now)
    [line] = came(account, now, Said(TOTAL - 1, "?", "?"))
    match(line, order, now, by=fay())
    lapse(order, now + LATER)
    assert state_of(order) == "parked"

    with pytest.raises(Refusal, match="more than one person may give up"), transaction():
        checkout.unparking.settle_parked(order.id, note="", by=fay(), now=now)


def test_when_somebody_else_matches_the_line_nothing_waits_any_more(account, meeting, limit, ada, kim, now):
    order = place(meeting, ada, now)
    [line] = came(account, now, paying(order))

    match(line, order, now, by=kim)

    [found] = waiting()
    assert (found.state, found.decided_by_id) == ("approved", kim.id)
    assert not payments.marks.is_waiting(order)


def test_whoever_keeps_the_lines_has_brought_them_in_whoever_looked_at_the_file_first(meeting, limit, ada, kim, now):
    order, account = place(meeting, ada, now), an_account(now)
    with transaction():
        looker = a_person("Looker", now)
        statement = bank.keep(account, name="a.xml", content=as_camt([paying(order)]), by=looker, now=now)
    with transaction():
        bank.bring_in(statement, by=kim, now=now)
    [line] = lines()

    assert match(line, order, now, by=kim) is None
    assert match(line, order, now, by=looker).state == "paid"


def test_an_order_whose_money_was_taken_back_is_suggested_by_a_reference_with_a_slip(account, meeting, ada, now):
    order = place(meeting, ada, now)
    paid = paying(order)
    came(account, now, paid)
    bring_in(account, as_camt([Said(-TOTAL, paid.text, "?", is_reversal=True)]), now, name="back.xml")
    assert (state_of(order), payments.missing(payments.order_by_id(order.id)).minor) == ("paid", TOTAL)
    slip = bank.creditor_reference(order.ref)
    slip = slip[:-2] + slip[-1] + slip[-2]

    bring_in(account, as_camt([Said(TOTAL, f"again {slip}", "Ada Demo")]), now + timedelta(days=1), name="again.xml")

    assert lines()[-1].suggested_id == order.id
