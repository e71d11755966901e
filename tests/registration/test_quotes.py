"""A quote is decided by its values alone, and every amount says why."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.kernel import Money, Refusal
from conference.registration.rules import (
    WHOLE,
    Cell,
    Extra,
    Mode,
    NotSold,
    Standing,
    Wish,
    clashes,
    day_at,
    quote,
    spans_of,
)

USD = "USD"


@dataclass(frozen=True)
class Window:
    """A price window as the quote sees it."""

    code: str = "early"
    name: str = "Early"
    ends_at: datetime = datetime(2027, 2, 16, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Timed:
    """An add-on with a time."""

    title: str
    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True)
class Span:
    """A meeting's days at its venue."""

    starts: date
    ends: date
    zone: ZoneInfo


ZONES = [ZoneInfo(name) for name in ("America/New_York", "Pacific/Kiritimati", "Etc/GMT+12", "UTC")]
days = st.dates(date(2027, 5, 11), date(2027, 5, 13))
MEMBER = Standing(True, "member", {"until": "2027-12-31"})
cells = st.builds(
    Cell,
    category=st.sampled_from(["full", "trainee"]),
    window=st.sampled_from(["early", "late"]),
    member=st.booleans(),
    span=st.sampled_from([WHOLE, "2027-05-12"]),
    mode=st.sampled_from([str(mode) for mode in Mode]),
)
matrices = st.dictionaries(cells, st.integers(0, 10**9).map(lambda minor: Money(minor, USD)), max_size=20)


def ask(wish, prices, standing=MEMBER, window=None, extras=None):
    return quote(wish, prices=prices, extras=extras or {}, window=window or Window(), standing=standing, currency=USD)


@given(matrices, cells, st.booleans())
def test_a_quote_is_a_cell_of_the_matrix_or_a_refusal(prices, cell, member):
    wish = Wish(cell.category, cell.span, cell.mode)
    open_to = {Cell(wish.category, "early", as_member, wish.span, wish.mode) for as_member in {False, member}}

    try:
        priced = ask(wish, prices, Standing(member, "member" if member else "not_member"))
    except NotSold:
        assert not open_to & set(prices)
    else:
        assert priced.total in {prices[cell] for cell in open_to & set(prices)}


@given(matrices, cells)
def test_a_member_price_is_never_given_to_somebody_who_is_no_member(prices, cell):
    wish = Wish(cell.category, cell.span, cell.mode)

    try:
        priced = ask(wish, prices, Standing(False))
    except NotSold:
        return

    assert priced.lines[0].rule["member"] is False


@given(st.lists(st.integers(0, 10**9), max_size=5), st.integers(0, 10**9))
def test_the_total_is_the_sum_of_the_lines(amounts, base):
    extras = {f"x{n}": Extra(n, f"x{n}", f"Extra {n}", Money(amount, USD)) for n, amount in enumerate(amounts)}
    prices = {Cell("full", "early", False, WHOLE, "in_person"): Money(base, USD)}

    priced = ask(Wish("full", extras=tuple(extras)), prices, Standing(False), extras=extras)

    assert priced.total.minor == base + sum(amounts) == sum(line.amount.minor for line in priced.lines)


@given(days.map(str) | st.just(WHOLE), days | st.just(""), st.sampled_from(list(Mode)))
def test_an_add_on_is_sold_with_the_whole_meeting_its_own_day_or_when_it_is_on_no_day_of_it(span, day, mode):
    extras = {"x": Extra(1, "x", "Workshop", Money(5000, USD), str(day))}
    prices = {Cell("full", "early", False, span, str(mode)): Money(10000, USD)}
    is_sold = mode == Mode.IN_PERSON and (span == WHOLE or str(day) in ("", span))

    try:
        priced = ask(Wish("full", span, str(mode), ("x",)), prices, Standing(False), extras=extras)
    except NotSold as refusal:
        assert not is_sold and refusal.field == "extras"
    else:
        assert is_sold and priced.total == Money(15000, USD)


@given(st.datetimes(datetime(2027, 5, 1), datetime(2027, 5, 25), timezones=st.just(UTC)), st.sampled_from(ZONES))
def test_something_has_a_day_of_the_meeting_exactly_when_it_begins_on_one_at_the_venue(instant, zone):
    meeting = Span(date(2027, 5, 11), date(2027, 5, 15), zone)
    local = instant.astimezone(zone).date()

    assert day_at(meeting, instant) == (local.isoformat() if 11 <= local.day <= 15 else "")
    assert day_at(meeting, None) == ""


def test_the_reason_names_the_rule_the_window_and_the_membership():
    prices = {Cell("full", "early", True, WHOLE, "in_person"): Money(44000, USD)}

    line = ask(Wish("full"), prices).lines[0]

    assert line.why == (
        ("member", {"until": "2027-12-31"}),
        ("window", {"name": "Early", "ends_at": "2027-02-16T05:00:00+00:00"}),
    )
    assert line.rule["window"] == "early"


def test_what_a_member_would_save_is_said_to_others_only():
    prices = {
        Cell("full", "early", True, WHOLE, "in_person"): Money(44000, USD),
        Cell("full", "early", False, WHOLE, "in_person"): Money(66000, USD),
    }

    assert ask(Wish("full"), prices, Standing(False)).saving == Money(22000, USD)
    assert ask(Wish("full"), prices).saving == Money(0, USD)


def test_after_the_last_window_nothing_is_sold():
    with pytest.raises(Refusal, match="closed"):
        quote(Wish("full"), prices={}, extras={}, window=None, standing=MEMBER, currency=USD)


def test_add_ons_on_site_are_not_sold_to_people_at_home():
    prices = {Cell("full", "early", False, WHOLE, "virtual"): Money(100, USD)}
    extras = {"dinner": Extra(1, "dinner", "Dinner", Money(8500, USD))}

    with pytest.raises(NotSold, match="on site"):
        ask(Wish("full", mode="virtual", extras=("dinner",)), prices, Standing(False), extras=extras)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 10))
def test_a_meeting_has_a_span_for_each_of_its_days(starts, more):
    spans = spans_of(starts, date.fromordinal(starts.toordinal() + more))

    assert len(spans) == more + 2 and spans[0] == WHOLE and spans[1] == starts.isoformat()


def test_add_ons_that_overlap_are_named_and_those_that_touch_are_not():
    nine, ten, eleven = (datetime(2027, 5, 11, hour, tzinfo=UTC) for hour in (9, 10, 11))
    first, second, whole = Timed("a", nine, ten), Timed("b", ten, eleven), Timed("c", nine, eleven)

    assert clashes([first, second, Timed("d", None, None)]) == []
    assert clashes([first, whole]) in ([(first, whole)], [(whole, first)])
