"""Reads frab/pentabarf/pretalx schedule.xml as it is found in the wild: lenient, every repair reported."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from conference.kernel import whole_number
from conference.schedule.formats import xml_source
from conference.schedule.formats.people import People
from conference.schedule.formats.programme import Link, Programme, Room, SessionItem, SessionPerson, Track, stable_guid
from conference.schedule.formats.report import UnreadableFile
from conference.schedule.formats.text import LONGEST_TITLE, line, rich, web_address
from conference.schedule.formats.values import LONGEST, SHORTEST, colour_in, day_in, guid_in
from conference.schedule.rules import DAY_CHANGE, LARGEST_NUMBER, day_of

_DURATION = re.compile(r"^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?::\d{2})?$")
_CLOCK = re.compile(r"^(\d{1,2}):(\d{2})(?::\d{2})?$")


def read(text, report, *, zone):
    """The Programme in schedule.xml text; times without an offset are taken to be in `zone` (a ZoneInfo)."""
    root = xml_source.parse(text, report)
    if root.tag != "schedule":
        raise UnreadableFile(_("The file is XML, but not a schedule: its first element is not <schedule>."))
    return _Reader(root, report, zone).programme()


class _Reader:
    def __init__(self, root, report, zone):
        self.root, self.report = root, report
        self.conference = root.find("conference")
        self.acronym = line(self._of_conference("acronym"))
        self.timezone = self._named_zone() or str(zone)
        self.zone = ZoneInfo(self.timezone)
        self.day_change = _clock(self._of_conference("day_change")) or DAY_CHANGE
        self.people = People(report)
        self.guids, self.numbers = set(), set()
        self.rooms, self.tracks = {}, {}

    def programme(self):
        for element in self.root.iterfind("tracks/track"):
            self._track(xml_source.words(element), element.get("color"))
        for element in self.root.iterfind("conference/track"):
            self._track(element.get("name") or xml_source.words(element), element.get("color"))
        sessions = [item for place in self._places() if (item := self._session(*place))]
        return Programme(
            title=line(self._of_conference("title"), LONGEST_TITLE),
            acronym=self.acronym,
            timezone=self.timezone,
            rooms=tuple(self.rooms.values()),
            tracks=tuple(self.tracks.values()),
            people=self.people.items(),
            sessions=tuple(sorted(sessions, key=lambda item: (item.starts, item.room, item.guid))),
        )

    def _places(self):
        """Each event with the room and day that it stands in."""
        for day in self.root.iterfind("day"):
            on = day_in(day.get("date"))
            for room in day.iterfind("room"):
                for event in room.iterfind("event"):
                    yield event, line(room.get("name")), on
            for event in day.iterfind("event"):
                yield event, "", on

    def _session(self, event, room, day):
        self.report.read += 1
        where = f"line {event.sourceline}, event {line(event.get('id') or event.get('guid') or '', 60) or 'without id'}"
        title = line(xml_source.words(event.find("title")), LONGEST_TITLE)
        starts = self._starts(event, day, where)
        if not title or starts is None:
            self.report.skip(where, "it has no title" if not title else "it has no readable date and start")
            return None
        room = room or line(xml_source.words(event.find("room")))
        if room:
            self.rooms.setdefault(room, Room(room))
        return SessionItem(
            guid=self._guid(event, title, starts, where),
            number=self._number(event, where),
            title=title,
            subtitle=line(xml_source.words(event.find("subtitle")), LONGEST_TITLE),
            kind=line(xml_source.words(event.find("type")), 100),
            room=room,
            track=self._track(xml_source.words(event.find("track"))),
            starts=starts,
            ends=starts + self._duration(event, where),
            day=self._day(starts, day),
            language=line(xml_source.words(event.find("language")), 20),
            abstract=rich(xml_source.inner(event.find("abstract"))),
            description=rich(xml_source.inner(event.find("description"))),
            origin_url=web_address(xml_source.words(event.find("url"))) or "",
            links=tuple(self._links(event, where)),
            people=tuple(self._people(event)),
        )

    def _starts(self, event, day, where):
        written = line(xml_source.words(event.find("date")), 40)
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            return self._from_day(event, day, where)
        if "T" not in written.upper() and " " not in written:
            return self._from_day(event, moment.date(), where)
        if moment.tzinfo is None:
            self.report.repair(where, f"its date has no offset; read as {self.timezone}")
            moment = moment.replace(tzinfo=self.zone)
        return _in_utc(moment)

    def _from_day(self, event, day, where):
        clock = _clock(xml_source.words(event.find("start")))
        if day is None or clock is None or day >= date(9990, 1, 1):
            return None
        self.report.repair(where, f"it has no date; day and start were read in {self.timezone}")
        on = day + timedelta(days=1) if clock < self.day_change else day
        return _in_utc(datetime.combine(on, clock, self.zone))

    def _day(self, starts, day):
        """The file's own day when the start lies within it or the small hours after it."""
        local = starts.astimezone(self.zone)
        if day is not None and timedelta() <= local.replace(tzinfo=None) - datetime.combine(day, time()) < timedelta(
            hours=36
        ):
            return day
        return day_of(local, self.day_change)

    def _duration(self, event, where):
        match = _DURATION.match(line(xml_source.words(event.find("duration")), 20))
        days, hours, minutes = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
        length = timedelta(days=days, hours=hours, minutes=minutes)
        if not timedelta() < length <= LONGEST:
            self.report.repair(where, "it has no usable duration; five minutes were taken")
            return SHORTEST
        return length

    def _guid(self, event, title, starts, where):
        guid = guid_in(event.get("guid"))
        if guid is None:
            named = (
                line(event.get("id"), 60)
                or line(xml_source.words(event.find("slug")))
                or f"{title}/{starts.isoformat()}"
            )
            guid = stable_guid(self.acronym, "event", named)
            self.report.repair(where, "it has no guid; one was made from its id")
        copy = 1
        while guid in self.guids:
            copy += 1
            self.report.repair(where, "its guid is used twice; this one was given another")
            guid = stable_guid(guid, copy)
        self.guids.add(guid)
        return guid

    def _number(self, event, where):
        number = whole_number(line(event.get("id"), 20), 20) or 0
        if not 0 < number <= LARGEST_NUMBER or number in self.numbers:
            self.report.repair(where, "its id is missing, used twice or not a positive number; it will get a new one")
            return None
        self.numbers.add(number)
        return number

    def _track(self, name, colour=None):
        name = line(name, 200)
        if name and name not in self.tracks:
            self.tracks[name] = Track(name, colour_in(colour))
        return name

    def _people(self, event):
        seen = set()
        for element in event.iterfind("persons/person"):
            name = line(xml_source.words(element))
            key = guid_in(element.get("guid")) or (
                line(element.get("id"), 40) and stable_guid(self.acronym, "person", line(element.get("id"), 40))
            )
            guid = self.people.add(key=key, name=name, number=line(element.get("id"), 20), source=self.acronym)
            if guid and guid not in seen:
                seen.add(guid)
                yield SessionPerson(guid)

    def _links(self, event, where):
        for kind, path in (("link", "links/link"), ("attachment", "attachments/attachment")):
            for element in event.iterfind(path):
                url = web_address(element.get("href"))
                if url:
                    yield Link(url, line(xml_source.words(element)), kind)
                else:
                    self.report.repair(where, f"a {kind} was left out: it is not an http(s) address")

    def _of_conference(self, tag):
        return xml_source.words(self.conference.find(tag)) if self.conference is not None else ""

    def _named_zone(self):
        name = line(self._of_conference("time_zone_name"), 60)
        try:
            return str(ZoneInfo(name)) if name else None
        except (ValueError, OSError, LookupError):
            self.report.repair("the conference", "its time zone is unknown; the meeting's own was taken")
            return None


def _clock(text):
    match = _CLOCK.match(line(text, 20))
    hour, minute = (int(part) for part in match.groups()) if match else (99, 99)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _in_utc(moment):
    """The instant in UTC, or None outside the years that a calendar can show."""
    return moment.astimezone(UTC) if 1970 <= moment.year < 9990 else None
