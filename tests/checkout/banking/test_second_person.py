"""Whoever brings in a statement settles nothing alone from the limit on: somebody else matches the line, or approves it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from conference import accounts, checkout, mail, payments, people, society
from conference.kernel import Refusal, db, transaction
from conference.payments import bank, marks
from tests.cast import a_meeting, a_person, a_society
from tests.checkout.acting import lapse, place
from tests.checkout.banking.acting import (
    an_account,
    are_tied,
    bring_in,
    came,
    do_with,
    lines,
    match,
    paying,
    states,
    undo,
    with_reversals,
)
from tests.checkout.banking.test_any_statements import CALM
from tests.databases import empty_tables
from tests.payments.bank.writing import Said, as_camt, as_csv, as_mt940

TOTAL = 44000


def set_limit(minor=TOTAL):
    with transaction():
        a_society()
        society.current().second_person_from_minor = minor


@pytest.fixture
def limit(meeting):
    set_limit()


@pytest.fixture
def kim(context, now):
    with transaction():
        return a_person("Kim", now)


def fay():
    return people.by_email("fay@example.org")


def waiting():
    db.session.rollback()
    return list(db.session.scalars(select(marks.Mark).order_by(marks.Mark.id)))


def state_of(order):
    return payments.order_by_id(order.id).state


def decide(what, by, now):
    with transaction():
        return what(marks.mark_of(waiting()[-1].ref), note="seen", by=by, now=now)


def approve(by, now):
    return decide(checkout.approving.approve, by, now)


def decline(by, now):
    return decide(checkout.approving.decline, by, now)


@pytest.mark.parametrize("write", [as_csv, as_camt, as_mt940])
def test_what_would_be_booked_by_itself_waits_for_a_second_person(account, meeting, limit, ada, kim, now, write):
    order = place(meeting, ada, now)

    bring_in(account, write([paying(order)]), now)
    assert (state_of(order), states(), [each.is_sure for each in lines()]) == ("open", [("open", 0)], [False])
    approve(kim, now)

    assert (state_of(order), states()) == ("paid", [("matched", TOTAL)])
    [found] = waiting()
    assert (found.provider, found.state, found.asked_by_id) == ("bank", "approved", fay().id)


def test_below_the_limit_and_without_one_nothing_waits(account, meeting, ada, now):
    set_limit(TOTAL + 1)
    came(account, now, paying(place(meeting, ada, now)))

    assert (states(), waiting()) == ([("matched", TOTAL)], [])


def test_whoever_brought_it_in_asks_and_somebody_else_just_matches(account, meeting, limit, ada, kim, now):
    order = place(meeting, ada, now)
    [line] = came(account, now, Said(TOTAL, "conference", "Somebody"))

    assert match(line, order, now, by=fay()) is None
    assert state_of(order) == "open"
    match(line, order, now, by=kim)
    assert state_of(order) == "paid"


def test_nobody_approves_what_they_brought_in_nor_does_the_database_let_them(account, meeting, limit, ada, now):
    order = place(meeting, ada, now)
    came(account, now, paying(order))

    with pytest.raises(Refusal, match="somebody else must decide"):
        approve(fay(), now)
    [found] = waiting()
    with pytest.raises(IntegrityError), transaction():
        found.decided_by_id, found.state, found.decided_at = found.asked_by_id, "approved", now
    assert state_of(order) == "open"


def test_parts_of_a_large_line_and_small_lines_of_a_large_order_wait_too(account, meeting, limit, ada, now):
    order = place(meeting, ada, now)
    large, first, rest = came(account, now, *(Said(each, "?", "?") for each in (TOTAL * 2, TOTAL - 1, 1)))

    assert match(large, order, now, minor=5, by=fay()) is None
    decline(a_second(now), now)
    assert match(first, order, now, by=fay()) is not None
    assert match(rest, order, now, by=fay()) is None
    assert state_of(order) == "open"


def test_what_was_declined_books_nothing_and_may_be_asked_for_again(account, meeting, limit, ada, kim, now):
    order = place(meeting, ada, now)
    [line] = came(account, now, paying(order))
    assert decline(kim, now) is None
    assert (state_of(order), states()) == ("open", [("open", 0)])

    assert match(line, order, now, by=fay()) is None
    approve(kim, now)
    assert state_of(order) == "paid"


def test_what_was_approved_is_taken_out_and_asked_for_again(account, meeting, limit, ada, kim, now):
    order = place(meeting, ada, now)
    [line] = came(account, now, paying(order))
    approve(kim, now)
    undo(line, now)

    assert states() == [("open", 0)]
    assert match(lines()[0], order, now, by=fay()) is None


def test_a_line_that_is_used_otherwise_meanwhile_is_not_approved(account, meeting, limit, ada, kim, now):
    order = place(meeting, ada, now)
    [line] = came(account, now, paying(order))
    with transaction():
        bank.ignore(line, reason="not ours", by=kim, now=now)

    with pytest.raises(Refusal, match="not left"):
        approve(kim, now)
    assert (state_of(order), waiting()[0].state) == ("open", "waiting")


def test_the_rest_of_finance_is_told_once_for_a_statement(account, meeting, limit, ada, now):
    order = place(meeting, ada, now)
    with transaction():
        for each in ("fay", "kim"):
            accounts.create(email=f"{each}@example.org", roles=("finance",), now=now)
    came(account, now, paying(order))
    decline(people.by_email("kim@example.org"), now)
    match(lines()[0], order, now, by=fay())

    told = select(mail.Letter.to_email).where(mail.Letter.kind == "second_person")
    assert db.session.scalars(told).all() == ["kim@example.org"]


def a_second(now):
    with transaction():
        return a_person("Kim", now)


steps = st.lists(
    st.tuples(
        st.sampled_from(["match", "match", "approve", "decline", "undo", "reverse", "aside", "open", "back", "lapse"]),
        st.integers(0, 3),
        st.integers(0, 1),
        st.sampled_from([None, 1, 20000]),
        st.booleans(),
    ),
    max_size=14,
)


@CALM
@given(steps=steps)
def test_whatever_is_done_no_large_money_rests_on_who_brought_it_in(context, now, steps):
    empty_tables()
    with transaction():
        meeting = a_meeting(now, places=2)
        them = [a_person(name, now) for name in ("Ada", "Ben", "Kim")]
    set_limit()
    orders = [place(meeting, each, now) for each in them[:2]]
    account = an_account(now)
    money = [Said(44000, "a", "?"), Said(88000, "b", "?"), Said(20000, "c", "?"), paying(orders[0])]
    with_reversals(account, money, now)

    for what, line, order, minor, is_fay in steps:
        by = fay() if is_fay else them[2]
        with suppress(Refusal, LookupError):
            do(what, lines()[line], lines()[line + 4], orders[order], minor, by, now)

        assert payments.differences() == []
        assert are_tied()
        for each in db.session.scalars(select(bank.Match).where(bank.Match.ended_at.is_(None))):
            alone = each.made_by_id in (None, fay().id)
            assert not alone or given_alone(each) < TOTAL


def given_alone(found):
    """Minor units that lines of the statement gave to the order by the word of whoever brought them in."""
    mine = select(bank.Match).where(bank.Match.order_id == found.order_id, bank.Match.ended_at.is_(None))
    return sum(each.amount_minor for each in db.session.scalars(mine) if each.made_by_id in (None, fay().id))


def do(what, line, reversal, order, minor, by, now):
    match what:
        case "match":
            match_line(line, order, now, minor, by)
        case "approve":
            approve(by, now)
        case "decline":
            decline(by, now)
        case "undo":
            undo(line, now)
        case "lapse":
            lapse(order, now)
        case _:
            do_with(what, line, reversal, by=by, now=now)


match_line = match
