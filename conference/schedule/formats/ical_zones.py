"""Instants of a calendar: in UTC, on the clock of a zone by any of its names, or on the meeting's own clock."""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import cached_property
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from conference.kernel import whole_number
from conference.schedule.formats.event_times import in_utc
from conference.schedule.formats.text import line

_MOMENT = re.compile(r"(\d{8})T(\d{6}|\d{4})(Z?)")
_OFFSET = re.compile(r"([+-])(\d{2})(\d{2})(?:\d{2})?")
_RULE = re.compile(r"([A-Z]+)=([^;]+)")
_ORDINAL = re.compile(r"([+-]?[1-5])(SU|MO|TU|WE|TH|FR|SA)")
# Rules that end later than this have no end; from here on a day more is still a day.
FAR = datetime(9990, 1, 1)  # noqa: DTZ001
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def wall_clock(text):
    """(the moment that a DATE-TIME writes, without its zone, and whether it is in UTC), or None; dates alone have no moment."""
    match = _MOMENT.fullmatch(text.strip().upper())
    try:
        return (
            match and (datetime.strptime(match[1] + match[2].ljust(6, "0"), "%Y%m%d%H%M%S"), bool(match[3]))  # noqa: DTZ007
        ) or None
    except ValueError:
        return None


class Zones:
    """The zones that a file names; one that nobody knows is the meeting's own, reported once."""

    def __init__(self, definitions, zone, report):
        self.zone, self.report = zone, report
        self.definitions = {part.text("TZID").strip().strip('"'): part for part in definitions}
        self.found = {}

    def instant(self, value, where):
        """The instant in UTC of a property with a date and a time, or None."""
        read = wall_clock(value.raw)
        if read is None:
            return None
        moment, is_utc = read
        return in_utc(moment.replace(tzinfo=UTC) if is_utc else self.at(moment, value.param("TZID"), where))

    def at(self, moment, name, where):
        """A moment on the clock of a named zone, aware of it."""
        if not name:
            self.report.repair(where, f"its time has no zone; read as {self.zone}")
            return moment.replace(tzinfo=self.zone)
        if name not in self.found:
            self.found[name] = self._zone(name)
        zone = self.found[name]
        return moment.replace(tzinfo=zone.offset(moment) if isinstance(zone, Observances) else zone)

    def _zone(self, name):
        definition = self.definitions.get(name)
        names = [name, WINDOWS_TO_OLSON.get(name, ""), definition.text("X-LIC-LOCATION") if definition else ""]
        parts = name.strip("/").split("/")
        names += ["/".join(parts[-count:]) for count in (3, 2, 1)]
        if found := next(filter(None, map(_known, names)), None):
            return found
        if definition and (observances := Observances(definition)).parts:
            return observances
        self.report.repair(f"time zone {line(name, 60)}", f"nobody knows it; its times were read as {self.zone}")
        return self.zone


class Observances:
    """A zone as a file defines it (RFC 5545 3.6.5): from when which offset holds, each year anew by a month and a weekday."""

    def __init__(self, definition):
        self.definition = definition

    @cached_property
    def parts(self):
        """[(first onset, how far clocks go forward, offset, rule)] of those that can be read."""
        found = []
        for part in self.definition.parts[:200]:
            onset, offset = part.first("DTSTART"), _offset(part.text("TZOFFSETTO"))
            moment = wall_clock(onset.raw) if onset else None
            if moment and offset:
                rule = dict(_RULE.findall(part.text("RRULE").upper()))
                before = _offset(part.text("TZOFFSETFROM")) or offset
                gap = max(offset.utcoffset(None) - before.utcoffset(None), timedelta())
                found.append((moment[0], gap, offset, rule if rule.get("FREQ") == "YEARLY" else None))
        return found

    def offset(self, moment):
        """The offset that holds at a moment on this clock: that of the last onset before it, else of the first there is.

        A time that the clock leaves out when it goes forward has the offset before (RFC 5545 3.3.5).
        """
        onsets = [(*_onset(first, rule, moment, gap), offset) for first, gap, offset, rule in self.parts]
        begun = [each for each in onsets if each[1]]
        return (max if begun else min)(begun or onsets, key=lambda each: each[0])[2]


def _onset(first, rule, moment, gap):
    """(the last onset by a rule before a moment, or the first of all, whether it was before)."""
    moment = moment - gap if moment.year > 1 else moment
    onset = _last_onset(first, rule, moment)
    return onset, onset <= moment


def _last_onset(first, rule, moment):
    if rule is None:
        return first
    last = wall_clock(rule.get("UNTIL", ""))
    moment = min(moment, min(last[0], FAR) + timedelta(days=1)) if last else moment
    years = [year for year in (moment.year, moment.year - 1) if year >= first.year]
    onsets = [each for year in years if (each := _in_year(first, rule, year)) and first <= each <= moment]
    return max(onsets, default=first)


def _in_year(first, rule, year):
    match = _ORDINAL.fullmatch(rule.get("BYDAY", ""))
    month = whole_number(rule.get("BYMONTH", ""), 2) or first.month
    try:
        if match is None:
            return first.replace(year=year, month=month)
        return _nth(first.replace(year=year, month=month, day=1), int(match[1]), _DAYS.index(match[2]))
    except (ValueError, OverflowError):
        return None


def _nth(begins, ordinal, weekday):
    """The nth weekday of the month that begins then, counted from its end when negative."""
    if ordinal > 0:
        return begins + timedelta(days=(weekday - begins.weekday()) % 7 + 7 * (ordinal - 1))
    ends = (begins + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return ends - timedelta(days=(ends.weekday() - weekday) % 7 + 7 * (-ordinal - 1))


def _offset(text):
    match = _OFFSET.fullmatch(text.strip())
    hours, minutes = (int(match[2]), int(match[3])) if match else (99, 0)
    if hours > 23 or minutes > 59:
        return None
    length = timedelta(hours=hours, minutes=minutes)
    return timezone(-length if match[1] == "-" else length)


def _known(name):
    try:
        return ZoneInfo(name) if name and len(name) <= 60 else None
    except (ValueError, OSError, LookupError):
        return None
