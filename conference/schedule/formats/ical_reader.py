"""Reads iCalendar (RFC 5545) as it is found: lenient, every repair reported, what has no time of day left out."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from flask_babel import gettext as _

from conference.kernel import whole_number
from conference.schedule.formats.events import Events, RawEvent
from conference.schedule.formats.ical_repeating import repeated
from conference.schedule.formats.ical_source import calendars
from conference.schedule.formats.ical_zones import Zones, wall_clock
from conference.schedule.formats.programme import stable_guid
from conference.schedule.formats.report import OWN_CALENDAR, UnreadableFile
from conference.schedule.formats.text import line
from conference.schedule.formats.values import guid_in


def read(text, report, *, zone):
    """The Programme in iCalendar text; times without a zone are taken to be in `zone` (a ZoneInfo)."""
    return of_calendars(calendars(text, report), report, zone=zone)


def of_calendars(found, report, *, zone):
    """The Programme of VCALENDAR components, wherever they were found."""
    if not found:
        raise UnreadableFile(_("The file has no calendar."))
    is_ours = "Plenary" in found[0].text("PRODID")
    report.lacks |= OWN_CALENDAR if is_ours else frozenset()
    name = found[0].text("NAME") or found[0].text("X-WR-CALNAME")
    # What no longer stands in a calendar without a name cannot be told from what another one never had.
    report.source = "ics" if line(name) else f"ics-{stable_guid('ics', repr(found))}"
    events = Events(report, zone=zone, acronym=line(name, 60), is_ours=is_ours)
    reader = _Reader(report, Zones([part for each in found for part in each.of("VTIMEZONE")], zone, report))
    raws = reader.events([part for each in found for part in each.of("VEVENT")])
    return events.programme(title=name, sessions=[events.session(raw) for raw in raws])


class _Reader:
    """Makes RawEvents of VEVENTs."""

    def __init__(self, report, zones):
        self.report, self.zones = report, zones

    def events(self, parts):
        """The RawEvents of all that is held at a time of day, repeated ones each time."""
        newest = self._newest(parts)
        instead = {key for part in newest if (key := self._instead_of(part))}
        for part in newest:
            for raw in self._raws(part):
                if part.first("RECURRENCE-ID") or (part.text("UID"), raw.date) not in instead:
                    yield raw

    def _newest(self, parts):
        """Of several that say the same of one entry, that with the highest SEQUENCE, or the last."""
        kept = {}
        for part in parts:
            begins, recurs = part.first("DTSTART"), part.first("RECURRENCE-ID")
            key = (part.text("UID") or part.line, begins.raw if begins else "", recurs.raw if recurs else "")
            older = kept.get(key)
            if older is not None:
                self._leave(self._where(part), "it stands in the file twice; the later of the two was read")
            if older is None or _sequence(part) >= _sequence(older):
                kept[key] = part
        return list(kept.values())

    def _raws(self, part):
        where = self._where(part)
        begins = part.first("DTSTART")
        if begins is not None and wall_clock(begins.raw) is None and begins.raw.strip()[:8].isdecimal():
            self._unread(part, where, "it lasts whole days: the programme has times of day")
            return
        starts = self.zones.instant(begins, where) if begins else None
        rule = None if part.first("RECURRENCE-ID") else part.first("RRULE")
        if rule is None:
            yield self._raw(part, where, starts)
        elif starts is None:
            self._unread(part, where, "it has no readable date and start")
        else:
            yield from self._each_time(part, self._raw(part, where, starts), begins, rule)

    def _each_time(self, part, raw, begins, rule):
        moment, is_utc = wall_clock(begins.raw)

        @cache
        def aware(each):
            return each.replace(tzinfo=UTC) if is_utc else self.zones.at(each, begins.param("TZID"), raw.where)

        moments = repeated(moment, rule.raw, aware)
        if moments is None or part.first("RDATE"):
            self._unread(part, raw.where, f"it repeats by a rule that is not read: {line(rule.raw, 80)}")
            return
        self.report.repair(raw.where, f"it repeats: {len(moments)} sessions were made of it")
        without = {wall.raw.strip() for wall in part.properties.get("EXDATE", ())}
        without = {text for listed in without for text in listed.split(",")}
        for each in moments:
            if each.strftime("%Y%m%dT%H%M%S") + "Z" * is_utc in without:
                continue
            yield _moved(raw, aware(each).astimezone(UTC), is_first=each == moment)

    def _raw(self, part, where, starts):
        ends = part.first("DTEND")
        ends = self.zones.instant(ends, where) if ends else None
        categories = [line(word, 200) for each in part.properties.get("CATEGORIES", ()) for word in each.words]
        return RawEvent(
            where=where,
            title=part.text("SUMMARY"),
            room=part.text("LOCATION"),
            guid=self._guid(part, where),
            id=None,
            track=next(filter(None, categories), ""),
            description=self._description(part),
            url=part.text("URL"),
            date=starts.isoformat() if starts else "",
            end=ends.isoformat() if ends else "",
            duration=part.text("DURATION"),
            withdrawn=part.text("STATUS").strip().upper() == "CANCELLED",
            links=tuple(
                ("attachment", each.raw, "") for each in part.properties.get("ATTACH", ()) if _is_address(each)
            ),
        )

    def _guid(self, part, where):
        """The guid of an event, of one of a series its own; empty without a UID."""
        uid, again = line(part.text("UID"), 300), part.first("RECURRENCE-ID")
        guid = guid_in(uid) or (uid and stable_guid("ics", uid))
        moved = self.zones.instant(again, where) if guid and again else None
        return stable_guid(guid, moved.isoformat()) if moved else guid

    def _description(self, part):
        pages = [each for each in part.properties.get("X-ALT-DESC", ()) if each.param("FMTTYPE").lower() == "text/html"]
        return pages[0].text if pages else part.text("DESCRIPTION")

    def _instead_of(self, part):
        """(UID, time in the series) of an event that stands for one of a series."""
        again = part.first("RECURRENCE-ID")
        starts = again and self.zones.instant(again, self._where(part))
        return (part.text("UID"), starts.isoformat()) if starts else None

    def _where(self, part):
        return f"line {part.line}, event {line(part.text('UID'), 60) or 'without UID'}"

    def _leave(self, where, why):
        self.report.read += 1
        self.report.skip(where, why)

    def _unread(self, part, where, why):
        """Leave out what cannot be read; its guid may be that of a series, of which each time has a guid made from it."""
        self.report.read += 1
        guid = self._guid(part, where)
        self.report.leave(where, why, *filter(None, [guid]), series=guid if part.first("RRULE") else "")


def _sequence(part):
    return whole_number(part.text("SEQUENCE").strip(), 9) or 0


def _moved(raw, starts, *, is_first):
    """A RawEvent of a series as it is held another time, as long as the first."""
    if is_first:
        return raw
    length = datetime.fromisoformat(raw.end) - datetime.fromisoformat(raw.date) if raw.end else None
    ends = (starts + length).isoformat() if length else ""
    return replace(raw, guid=stable_guid(raw.guid, starts.isoformat()), date=starts.isoformat(), end=ends)


def _is_address(value):
    return value.param("VALUE").upper() != "BINARY" and not value.param("ENCODING")
