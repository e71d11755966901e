"""Where sessions stand: times, rows, lanes, and names of rooms that only look alike. No database is asked."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.schedule.rules import day_of
from conference.schedule.timetable import rules

CHICAGO, BERLIN = ZoneInfo("America/Chicago"), ZoneInfo("Europe/Berlin")
DAY = date(2027, 5, 11)
ZONES = st.sampled_from(["America/Chicago", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe"]).map(ZoneInfo)
DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))
ITEMS = st.lists(
    st.builds(
        lambda number, column, row, length, quiet: rules.Item(number, column, row, row + length, quiet),
        st.integers(1, 10**6),
        st.none() | st.integers(0, 2),
        st.integers(0, 80),
        st.integers(1, 30),
        st.booleans(),
    ),
    max_size=25,
    unique_by=lambda item: item.number,
)


@given(DAYS, st.times(), ZONES)
def test_a_time_of_a_day_belongs_to_that_day(day, clock, zone):
    clock = clock.replace(second=0, microsecond=0, fold=0)
    instant = rules.instant_of(day, clock, zone)

    if instant is not None:
        local = instant.astimezone(zone)
        assert (day_of(local), local.time().replace(fold=0)) == (day, clock)


def test_the_hour_that_is_left_out_has_no_instant_and_the_one_that_comes_twice_is_the_first():
    spring, autumn = date(2027, 3, 27), date(2027, 10, 30)

    assert rules.instant_of(spring, time(2, 30), BERLIN) is None
    assert rules.instant_of(autumn, time(2, 30), BERLIN) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_the_small_hours_are_the_night_after_the_day():
    assert rules.instant_of(DAY, time(1), CHICAGO) == datetime(2027, 5, 12, 6, tzinfo=UTC)
    assert rules.instant_of(DAY, time(4), CHICAGO) == datetime(2027, 5, 11, 9, tzinfo=UTC)


@given(st.times())
def test_a_time_is_at_most_half_a_step_from_its_line_and_stays_in_its_day(clock):
    clock = clock.replace(second=0, microsecond=0, fold=0)
    found = rules.snapped(clock)
    apart = abs((found.hour - clock.hour) * 60 + found.minute - clock.minute)

    assert found.minute % rules.STEP == 0
    assert min(apart, 24 * 60 - apart) <= rules.STEP // 2 + (clock >= time(3, 58) and clock < time(4))
    assert (found < time(4)) == (clock < time(4)) or (clock, found) >= (time(23, 58), time(0))


@given(DAYS, ZONES, st.integers(0, 24 * 12 - 1), st.integers(1, 24 * 60))
def test_rows_are_as_many_as_a_session_is_long_whatever_the_clocks_do(day, zone, step, minutes):
    starts = rules.instant_of(day, time(step // 12, step % 12 * 5), zone)
    if starts is None:
        return
    row, end = rules.rows_of(day, starts, starts + timedelta(minutes=minutes), zone)

    assert row == (step if step >= 48 else step + 288)
    assert end == min(row - (-minutes // 5), rules.LAST_HOUR * rules.HOUR)


@given(ITEMS)
def test_nothing_lies_on_anything_else(items):
    placed = rules.place(items)

    assert sorted(each.item.number for each in placed) == sorted(item.number for item in items)
    for one, other in combinations([each for each in placed if not each.is_folded], 2):
        if one.item.column == other.item.column and one.item.row < other.item.end and other.item.row < one.item.end:
            assert one.lane != other.lane
            assert one.lanes == other.lanes
    assert all(0 <= each.lane < each.lanes <= rules.MOST_LANES for each in placed if not each.is_folded)


@given(ITEMS)
def test_what_stands_alone_has_the_whole_column(items):
    for each in rules.place(items):
        others = [item for item in items if item is not each.item and item.column == each.item.column]
        if not any(item.row < each.item.end and each.item.row < item.end for item in others):
            assert not each.collides
            assert not each.is_folded


@given(ITEMS)
def test_only_two_that_make_noise_collide_and_both_are_told(items):
    quiet = {item.number for item in items if item.is_quiet}
    told = {each.item.number: set(each.collides) for each in rules.place(items)}

    assert all(not told[number] for number in quiet)
    assert all(number in told[other] and other not in quiet for number, others in told.items() for other in others)


@pytest.mark.parametrize(("kind", "withdrawn", "quiet"), [("Posters", False, True), ("Talks", True, True), ("", False, False)])  # fmt: skip
def test_posters_and_what_is_cancelled_may_stand_beside_others(kind, withdrawn, quiet):
    assert rules.is_quiet(kind, withdrawn=withdrawn) is quiet


def test_rooms_that_look_alike_are_told_apart_and_others_left_alone():
    names = ["Room A", "Room \u0410", "Aula", "aula ", "Hall 1", "Hall 2", "Room A"]

    assert rules.lookalikes(names) == [["Room A", "Room \u0410"], ["Aula", "aula "]]
    assert rules.alphabets("Room \u0410") == ["Latin", "Cyrillic"]


@given(st.lists(st.text(max_size=6), max_size=6))
def test_any_names_are_compared_and_one_alone_never_looks_like_another(names):
    groups = rules.lookalikes(names)

    assert all(len(set(group)) == len(group) > 1 for group in groups)
    assert rules.lookalikes(names[:1]) == []
