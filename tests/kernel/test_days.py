"""A day in a time zone begins and ends at its own midnights."""

from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest

from conference.kernel import begin_of, end_of

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(("day", "hours"), [("2027-03-27", 24), ("2027-03-28", 23), ("2027-10-31", 25)])
def test_a_day_is_as_long_as_it_is_there(day, hours):
    begins, ends = (each(date.fromisoformat(day), BERLIN) for each in (begin_of, end_of))

    assert ends.astimezone(UTC) - begins.astimezone(UTC) == timedelta(hours=hours)
    assert (begins.date().isoformat(), begins.hour, ends.hour) == (day, 0, 0)
