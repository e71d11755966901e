"""The term engine: ends, renewals, gaps, and what somebody is on a day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from conference.membership.rules import (
    NextTerm,
    OfferKind,
    Period,
    PeriodKind,
    Span,
    Standing,
    StandingKind,
    after_months,
    next_term,
    placed,
    standing,
)

YEAR = Period(PeriodKind.ROLLING)
CALENDAR = Period(PeriodKind.CALENDAR, rollover=(10, 1))
LIFE = Period(PeriodKind.LIFETIME)
ONE_DAY = timedelta(days=1)
GRACE = 30

days = st.dates(date(2020, 1, 1), date(2090, 12, 31))
periods = st.builds(
    Period,
    kind=st.sampled_from([PeriodKind.ROLLING, PeriodKind.CALENDAR]),
    months=st.sampled_from([1, 6, 12, 18, 36]),
    rollover=st.tuples(st.integers(1, 12), st.integers(1, 28)),
)


def a_term(starts, ends, code="active"):
    return Span(starts, ends, code, GRACE)


TERM_2026 = a_term(date(2026, 3, 10), date(2027, 3, 9))


def test_a_rolling_year_ends_the_day_before_it_would_begin_again():
    assert YEAR.end_of(date(2026, 3, 10)) == date(2027, 3, 9)
    assert YEAR.end_of(date(2026, 1, 1)) == date(2026, 12, 31)


def test_a_year_from_29_february_keeps_its_last_day():
    assert YEAR.end_of(date(2028, 2, 29)) == date(2029, 2, 28)
    assert YEAR.end_of(date(2027, 3, 1)) == date(2028, 2, 29)


def test_months_after_a_day_that_does_not_exist_begin_the_next_month():
    assert after_months(date(2026, 8, 31), 6) == date(2027, 3, 1)
    assert after_months(date(2026, 10, 31), 1) == date(2026, 12, 1)
    assert after_months(date(2026, 12, 15), 1) == date(2027, 1, 15)


def test_a_calendar_term_rolls_over_on_its_day_and_not_before():
    assert CALENDAR.end_of(date(2026, 9, 30)) == date(2026, 12, 31)
    assert CALENDAR.end_of(date(2026, 10, 1)) == date(2027, 12, 31)


def test_a_first_term_begins_on_the_day_it_is_bought():
    assert next_term([], YEAR, date(2026, 11, 23)) == NextTerm(OfferKind.JOIN, date(2026, 11, 23), date(2027, 11, 22))


def test_renewing_early_extends_from_the_old_end():
    assert next_term([TERM_2026], YEAR, date(2026, 12, 1)) == NextTerm(
        OfferKind.RENEW, date(2027, 3, 10), date(2028, 3, 9)
    )


def test_renewing_on_the_last_day_of_grace_leaves_no_gap():
    assert next_term([TERM_2026], YEAR, date(2027, 4, 8)) == NextTerm(
        OfferKind.RENEW, date(2027, 3, 10), date(2028, 3, 9)
    )


def test_the_day_after_grace_is_a_new_beginning():
    assert next_term([TERM_2026], YEAR, date(2027, 4, 9)) == NextTerm(
        OfferKind.REINSTATE, date(2027, 4, 9), date(2028, 4, 8)
    )


def test_nothing_is_sold_that_is_over_already():
    lapsed = a_term(date(2026, 1, 1), date(2026, 12, 20))

    bought = next_term([lapsed], Period(PeriodKind.CALENDAR, rollover=(12, 31)), date(2027, 1, 10))

    assert bought == NextTerm(OfferKind.REINSTATE, date(2027, 1, 10), date(2027, 12, 31))


def test_a_second_term_ahead_is_not_sold():
    coming = a_term(date(2027, 3, 10), date(2028, 3, 9))

    assert next_term([TERM_2026, coming], YEAR, date(2026, 12, 1)) is None


def test_a_membership_for_life_has_no_next_term():
    assert next_term([a_term(date(2026, 1, 1), None)], YEAR, date(2030, 1, 1)) is None


def test_a_membership_for_life_can_follow_a_year():
    assert next_term([TERM_2026], LIFE, date(2026, 12, 1)) == NextTerm(OfferKind.RENEW, date(2027, 3, 10), None)


def test_days_sold_meanwhile_move_the_term_behind_the_last_one():
    assert placed([TERM_2026], YEAR, date(2026, 3, 12), date(2027, 3, 11)) == (date(2027, 3, 10), date(2028, 3, 9))
    assert placed([TERM_2026], YEAR, date(2027, 3, 10), date(2028, 3, 9)) == (date(2027, 3, 10), date(2028, 3, 9))
    assert placed([a_term(date(2026, 1, 1), None)], YEAR, date(2026, 5, 1), date(2027, 4, 30)) is None


def test_standing_follows_the_days():
    terms = [TERM_2026]
    kinds = {day: standing(terms, day).kind for day in (
        date(2026, 3, 9), date(2026, 3, 10), date(2026, 6, 9), date(2026, 6, 10),
        date(2027, 3, 9), date(2027, 3, 10), date(2027, 4, 8), date(2027, 4, 9),
    )}  # fmt: skip

    assert list(kinds.values()) == ["future", "new", "new", "current", "current", "grace", "grace", "expired"]


def test_standing_names_the_whole_unbroken_stretch():
    terms = [a_term(date(2027, 3, 10), date(2028, 3, 9), "emeritus"), TERM_2026]

    assert standing(terms, date(2026, 12, 1)) == Standing(
        StandingKind.CURRENT,
        on=date(2026, 12, 1),
        type_code="active",
        since=date(2026, 3, 10),
        until=date(2028, 3, 9),
        grace_until=date(2028, 4, 8),
    )


def test_somebody_who_comes_back_is_not_new():
    back = a_term(date(2029, 1, 1), date(2029, 12, 31))

    assert standing([TERM_2026, back], date(2029, 1, 2)).kind == StandingKind.CURRENT
    assert standing([TERM_2026, back], date(2029, 1, 2)).since == date(2029, 1, 1)


def test_nobody_has_no_standing():
    assert standing([], date(2026, 1, 1)) == Standing(StandingKind.NONE, on=date(2026, 1, 1))
    assert not standing([], date(2026, 1, 1)).is_for_life


def test_the_member_price_holds_in_grace_and_never_before_or_after():
    given_on = [day for day in (date(2026, 3, 9), date(2026, 3, 10), date(2027, 4, 8), date(2027, 4, 9))
                if standing([TERM_2026], day).gives_member_price]  # fmt: skip

    assert given_on == [date(2026, 3, 10), date(2027, 4, 8)]


@given(days, st.sampled_from([1, 6, 12, 18, 36]))
def test_a_rolling_term_is_never_shorter_than_its_months(starts, months):
    ends = Period(PeriodKind.ROLLING, months).end_of(starts)

    assert ends + ONE_DAY >= starts + timedelta(days=28 * months)
    assert (ends + ONE_DAY).day in (starts.day, 1)


@given(days, periods)
def test_a_term_never_ends_before_it_starts(starts, period):
    assert period.end_of(starts) >= starts


@given(days, st.lists(st.tuples(st.integers(0, 900), periods, st.integers(0, 366)), max_size=12))
def test_any_history_of_joining_renewing_and_lapsing_keeps_terms_apart_and_every_paid_day(first, steps):
    terms, on = [], first
    for pause, period, grace in steps:
        on += timedelta(days=pause)
        bought = next_term(terms, period, on)
        if bought is None:
            continue
        _check_purchase(terms, bought, on)
        terms.append(Span(bought.starts, bought.ends, "active", grace))

    assert len({day for term in terms for day in _days_of(term)}) == sum(len(_days_of(term)) for term in terms)


@given(
    days, st.lists(st.tuples(st.integers(1, 900), st.integers(1, 900)), min_size=1, max_size=6), st.integers(-50, 4000)
)
def test_standing_is_paid_exactly_on_the_days_of_the_terms(first, stretches, offset):
    terms, day = [], first
    for gap, length in stretches:
        terms.append(a_term(day + timedelta(days=gap), day + timedelta(days=gap + length - 1)))
        day = terms[-1].ends
    on = first + timedelta(days=offset)

    found = standing(list(reversed(terms)), on)

    assert found.is_paid == any(term.covers(on) for term in terms)
    assert found.gives_member_price == any(term.starts <= on <= term.ends + timedelta(days=GRACE) for term in terms)


@given(days, periods, days, periods)
def test_a_paid_term_finds_a_place_whatever_was_sold_meanwhile(first, period, second, other):
    sold = a_term(first, period.end_of(first))

    starts, ends = placed([sold], other, second, other.end_of(second))

    assert not sold.overlaps(starts, ends)
    assert starts >= second


def _check_purchase(terms, bought, on):
    """Nothing sold is over; a renewal touches the old end; a fresh start begins today, after any grace."""
    latest = terms[-1].ends if terms else None
    assert bought.ends >= on
    if bought.kind is OfferKind.RENEW:
        assert bought.starts == latest + ONE_DAY
    else:
        assert bought.starts == on
        assert latest is None or on > latest


def _days_of(term):
    return range(term.starts.toordinal(), term.ends.toordinal() + 1)
