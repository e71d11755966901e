"""However statements are cut and whatever is done with their lines, each booking counts once and the books tie out."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conference import payments
from conference.kernel import Refusal, transaction
from conference.payments import bank
from tests.cast import a_meeting, a_person
from tests.checkout.acting import lapse, paid, place, settle
from tests.checkout.banking.acting import (
    DAY,
    an_account,
    are_tied,
    bring_in,
    do_with,
    lines,
    match,
    undo,
    with_reversals,
)
from tests.databases import empty_tables
from tests.payments.bank.writing import Said, as_camt, as_csv, as_mt940
from tests.trying import tries

CALM = settings(max_examples=tries(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
DAYS = 6

bookings = st.lists(
    st.builds(
        lambda minor, text, day: Said(minor, text, "Somebody", day=DAY + timedelta(days=day)),
        st.sampled_from([100, 100, 44000, -500]),
        st.sampled_from(["a", "b"]),
        st.integers(0, DAYS - 1),
    ),
    max_size=14,
).map(lambda found: sorted(found, key=lambda each: each.day))
spans = st.lists(st.tuples(st.integers(0, DAYS - 1), st.integers(1, DAYS)), max_size=5)


@CALM
@given(true=bookings, spans=spans, write=st.sampled_from([as_camt, as_mt940, as_csv]))
def test_statements_that_overlap_give_each_booking_once(context, now, true, spans, write):
    empty_tables()
    account, seen = an_account(now), set()
    for number, (first, length) in enumerate([*spans, (0, DAYS)]):
        days = {DAY + timedelta(days=first + more) for more in range(length)}
        part = [each for each in true if each.day in days]
        content = write(part)
        if content not in seen:
            bring_in(account, content, now, name=str(number), book=False)
        seen.add(content)

    said = sorted((each.minor, each.day, each.text) for each in true)
    assert sorted((each.amount_minor, each.booked_on, each.text) for each in lines()) == said


steps = st.lists(
    st.tuples(
        st.sampled_from(["match", "match", "undo", "reverse", "aside", "open", "back", "lapse", "card"]),
        st.integers(0, 3),
        st.integers(0, 2),
        st.sampled_from([None, 1, 20000]),
    ),
    max_size=14,
)


@CALM
@given(steps=steps)
def test_whatever_is_done_with_lines_the_books_tie_out(context, now, steps):
    empty_tables()
    with transaction():
        meeting = a_meeting(now, places=2)
        them = [a_person(name, now) for name in ("Ada", "Ben")]
    orders = [place(meeting, each, now) for each in them]
    account = an_account(now, books_exact=False)
    money = [Said(minor, f"{minor}", f"{minor}") for minor in (44000, 88000, 20000, 24000)]
    with_reversals(account, money, now)

    for what, line, order, minor in steps:
        with suppress(Refusal, LookupError):
            _do(what, lines()[line], lines()[line + 4], orders[order % 2], minor, now)

        assert payments.differences() == []
        assert are_tied()
        for each in lines():
            standing = sum(one.amount_minor for one in bank.line_of(each.ref).matches if not one.ended_at)
            assert standing == each.matched_minor


def _do(what, line, reversal, order, minor, now):
    if what == "match":
        match(line, order, now, minor)
    elif what == "card":
        settle(order, paid(order), now)
    elif what == "lapse":
        lapse(order, now + timedelta(days=1))
    elif what == "undo":
        undo(line, now)
    else:
        do_with(what, line, reversal, by=None, now=now)
