"""When a flat event begins and ends, on which day it is, from what its file writes."""

import re
from datetime import UTC, datetime, time, timedelta

from conference.schedule.formats.text import line
from conference.schedule.formats.values import LONGEST, SHORTEST, day_in, duration_in
from conference.schedule.rules import DAY_CHANGE, day_of

_CLOCK = re.compile(
    r"^([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)? ?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?$", re.IGNORECASE
)


class EventTimes:
    """Reads the times of RawEvents; those without an offset are on the clock of `zone` (a ZoneInfo)."""

    def __init__(self, report, zone, day_change):
        self.report, self.zone = report, zone
        self.day_change = (clock_in(day_change) or DAY_CHANGE).replace(tzinfo=None)

    def starts(self, raw):
        """The instant at which an event begins, or None."""
        return (
            self.instant(raw.date, raw.where)
            or self.instant(raw.start, raw.where)
            or self._from_day(raw, day_in(raw.date) or raw.day)
        )

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
        lengths = [ends - starts if ends else None, duration_in(raw.duration), self._until(raw.end, starts)]
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
        zone = clock.tzinfo or self.zone
        self.report.repair(raw.where, f"it has no date; day and start were read in {zone}")
        on = day + timedelta(days=1) if clock.replace(tzinfo=None) < self.day_change else day
        return in_utc(datetime.combine(on, clock, zone))

    def _until(self, end, starts):
        """How long it is until a clock next shows the time of an end, or None."""
        clock = clock_in(end)
        if clock is None:
            return None
        zone = clock.tzinfo or self.zone
        on = starts.astimezone(zone).date()
        # An hour that comes twice ends what began in it the second time.
        shown = [(on, 0), (on, 1), (on + timedelta(days=1), 0)]
        moments = (datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC) for day, fold in shown)
        return next((moment - starts for moment in moments if moment > starts), None)


def clock_in(text):
    """The time of day that a text such as 9:05, 09:05:00 or 09:05:00+01:00 holds, aware of its offset, or None."""
    match = _CLOCK.match(line(text, 24))
    if match is None:
        return None
    try:
        return time(int(match[1]), int(match[2]), tzinfo=_offset(match[3]))
    except ValueError:
        return None


def _offset(text):
    """The zone of an offset; None for none. ValueError for one that cannot be."""
    return datetime.fromisoformat(f"2000-01-01T00:00{text.upper()}").tzinfo if text else None


def in_utc(moment):
    """The instant in UTC, or None outside the years that a calendar can show."""
    return moment.astimezone(UTC) if 1970 <= moment.year < 9990 else None
