"""When a flat event begins and ends, on which day it is, from what its file writes."""

import re
from datetime import UTC, datetime, time, timedelta

from conference.schedule.formats.text import line
from conference.schedule.formats.values import LONGEST, SHORTEST, duration_in
from conference.schedule.rules import DAY_CHANGE, day_of

_CLOCK = re.compile(r"^(\d{1,2}):(\d{2})(?::\d{2})?$")


class EventTimes:
    """Reads the times of RawEvents; those without an offset are on the clock of `zone` (a ZoneInfo)."""

    def __init__(self, report, zone, day_change):
        self.report, self.zone = report, zone
        self.day_change = clock_in(day_change) or DAY_CHANGE

    def starts(self, raw):
        """The instant at which an event begins, or None."""
        written = line(raw.date, 40)
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            return self._from_day(raw, raw.day)
        if "T" not in written.upper() and " " not in written:
            return self._from_day(raw, moment.date())
        return self.instant(written, raw.where)

    def day_of_event(self, starts, day):
        """The file's own day when the start lies within it or the small hours after it."""
        local = starts.astimezone(self.zone)
        if day is not None and timedelta() <= local.replace(tzinfo=None) - datetime.combine(day, time()) < timedelta(
            hours=36
        ):
            return day
        return day_of(local, self.day_change)

    def length(self, raw, starts):
        """From an end, which is an instant, rather than from a duration, which is whole minutes."""
        ends = self.instant(raw.end, raw.where)
        lengths = [ends - starts if ends else None, duration_in(raw.duration)]
        length = next((each for each in lengths if each and timedelta() < each <= LONGEST), None)
        if length is None:
            self.report.repair(raw.where, "it has no usable duration; five minutes were taken")
            return SHORTEST
        return length

    def instant(self, written, where):
        """The instant in UTC that an ISO 8601 text with date and time holds, read in the file's zone when it has no offset; or None."""
        written = line(written, 40)
        if "T" not in written.upper() and " " not in written:
            return None
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            return None
        if moment.tzinfo is None:
            self.report.repair(where, f"its date has no offset; read as {self.zone}")
            moment = moment.replace(tzinfo=self.zone)
        return in_utc(moment)

    def _from_day(self, raw, day):
        clock = clock_in(raw.start)
        if day is None or clock is None or not 1970 <= day.year < 9990:
            return None
        self.report.repair(raw.where, f"it has no date; day and start were read in {self.zone}")
        on = day + timedelta(days=1) if clock < self.day_change else day
        return in_utc(datetime.combine(on, clock, self.zone))


def clock_in(text):
    """The time of day that a text such as 9:05 or 09:05:00 holds, or None."""
    match = _CLOCK.match(line(text, 20))
    hour, minute = (int(part) for part in match.groups()) if match else (99, 99)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def in_utc(moment):
    """The instant in UTC, or None outside the years that a calendar can show."""
    return moment.astimezone(UTC) if 1970 <= moment.year < 9990 else None
