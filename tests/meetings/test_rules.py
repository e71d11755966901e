"""Days left, words and maps as values."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.meetings.rules import Phase, days_until, map_frame, ordinal_word, phase_of, window_at

BALTIMORE = ZoneInfo("America/New_York")
instants = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


class Ends:
    def __init__(self, ends_at):
        self.ends_at = ends_at


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (28, "28th"),
        (101, "101st"),
        (112, "112th"),
    ],
)
def test_numbers_are_said_as_people_say_them(number, word):
    assert ordinal_word(number) == word


def test_days_are_counted_at_the_venue_not_in_utc():
    midnight_in_utc = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)

    assert days_until(datetime(2026, 12, 1, 22, 0, tzinfo=UTC), now=midnight_in_utc, zone=BALTIMORE) == 1
    assert days_until(datetime(2026, 12, 1, 4, 59, tzinfo=UTC), now=midnight_in_utc, zone=BALTIMORE) == 0


@given(instants, instants)
def test_a_moment_on_a_later_day_is_days_away(one, other):
    later = one.astimezone(BALTIMORE).date() > other.astimezone(BALTIMORE).date()

    assert (days_until(one, now=other, zone=BALTIMORE) > 0) is later


@given(st.lists(instants, min_size=1, unique=True), instants)
def test_the_window_that_holds_is_the_first_that_has_not_ended(ends, at):
    holding = window_at([Ends(each) for each in ends], at)

    assert (holding and holding.ends_at) == min((each for each in ends if at < each), default=None)


def test_registration_opens_and_closes_on_the_instant():
    opens, ends = datetime(2026, 11, 2, tzinfo=UTC), datetime(2027, 5, 16, tzinfo=UTC)
    phases = [phase_of(opens_at=opens, windows=[Ends(ends)], at=at) for at in (opens.replace(day=1), opens, ends)]

    assert phases == [Phase.BEFORE, Phase.OPEN, Phase.CLOSED]
    assert phase_of(opens_at=None, windows=[], at=opens) is Phase.CLOSED


@given(st.floats(-85, 85), st.floats(-180, 180))
def test_a_map_shows_the_place_inside_its_frame(latitude, longitude):
    query = map_frame(latitude, longitude)
    west, south, east, north = (float(edge) for edge in query["bbox"].split(","))

    assert west < longitude < east and south < latitude < north


def test_the_short_day_of_daylight_saving_counts_as_one():
    before, after = datetime(2027, 3, 13, 12, tzinfo=UTC), datetime(2027, 3, 14, 12, tzinfo=UTC)

    assert days_until(after, now=before, zone=BALTIMORE) == 1
