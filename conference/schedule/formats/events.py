"""Flat events as schedule.xml, schedule.json and calendars have them, made into sessions: lenient, every repair reported."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from conference.kernel import whole_number
from conference.schedule.formats.event_times import EventTimes
from conference.schedule.formats.people import People
from conference.schedule.formats.programme import Link, Programme, Room, SessionItem, SessionPerson, Track, stable_guid
from conference.schedule.formats.report import UnreadableFile
from conference.schedule.formats.text import LONGEST_TITLE, LONGEST_URL, line, rich, safe_html, web_address
from conference.schedule.formats.values import colour_in, guid_in
from conference.schedule.rules import LARGEST_NUMBER

# How our own flat files name the place of an entry that has no room, because the formats want one.
NO_ROOM = "TBA"
MOST_EVENTS = 20_000


@dataclass(frozen=True, slots=True)
class RawPerson:
    """Someone as an event names them; `guid` and `id` as they are written."""

    name: object
    guid: object = ""
    id: object = ""
    role: str = "speaker"


@dataclass(frozen=True, slots=True)
class RawEvent:
    """One event as a file has it: nothing is trusted yet. An `id` of None is one that the format does not have."""

    where: str
    title: object
    day: date | None = None
    room: object = ""
    guid: object = ""
    id: object = ""
    slug: object = ""
    subtitle: object = ""
    kind: object = ""
    track: object = ""
    language: object = ""
    abstract: object = ""
    description: object = ""
    url: object = ""
    date: object = ""
    start: object = ""
    end: object = ""
    duration: object = ""
    withdrawn: bool = False
    persons: tuple[RawPerson, ...] = ()
    links: tuple[tuple[str, object, object], ...] = ()


class Events:
    """Makes sessions of RawEvents and keeps what they share: rooms, tracks, people, ids that are taken.

    `is_ours` for a file that was written here; `base` is the address that relative ones in it begin at.
    """

    def __init__(self, report, *, zone, acronym="", zone_name="", day_change="", is_ours=False, base=""):
        self.report, self.acronym, self.is_ours = report, line(acronym), is_ours
        self.timezone = self._named_zone(zone_name) or str(zone)
        self.times = EventTimes(report, ZoneInfo(self.timezone), day_change)
        self.base = web_address(base)
        self.people = People(report)
        self.guids, self.numbers = set(), set()
        self.chains: dict = {}
        self.rooms, self.tracks = {}, {}

    def programme(self, *, title, sessions):
        """The Programme of the sessions that were made here."""
        return Programme(
            title=line(title, LONGEST_TITLE),
            acronym=self.acronym,
            timezone=self.timezone,
            rooms=tuple(self.rooms.values()),
            tracks=tuple(self.tracks.values()),
            people=self.people.items(),
            sessions=tuple(sorted(filter(None, sessions), key=lambda item: (item.starts, item.room, item.guid))),
        )

    def count(self):
        """Count an entry of the file. UnreadableFile when there are too many."""
        self.report.read += 1
        if self.report.read > MOST_EVENTS:
            raise UnreadableFile(_("The file has more than %(most)s entries.", most=MOST_EVENTS))

    def session(self, raw):
        """The SessionItem of an event; None, reported, for one without a title or a time."""
        self.count()
        title = line(raw.title, LONGEST_TITLE)
        starts = self.times.starts(raw)
        if not title or starts is None:
            why = "it has no title" if not title else "it has no readable date and start"
            self.report.leave(raw.where, why, *self._known_by(raw))
            return None
        return SessionItem(
            guid=self._guid(raw, title, starts),
            number=self._number(raw),
            title=title,
            subtitle=line(raw.subtitle, LONGEST_TITLE),
            kind=line(raw.kind, 100),
            room=self.room(raw.room),
            track=self.track(raw.track),
            starts=starts,
            ends=starts + self.times.length(raw, starts),
            day=self.times.day_of_event(starts, raw.day),
            language=line(raw.language, 20),
            abstract=self._text(raw.abstract),
            description=self._text(raw.description),
            origin_url=web_address(raw.url) or "",
            withdrawn=raw.withdrawn,
            links=tuple(self._links(raw)),
            people=tuple(self._people(raw)),
        )

    def room(self, name):
        """The name of a room, known from now on; empty for none."""
        name = line(name)
        if not name or (self.is_ours and name == NO_ROOM):
            return ""
        self.rooms.setdefault(name, Room(name))
        return name

    def track(self, name, colour=None):
        """The name of a track, known from now on; empty for none."""
        name = line(name, 200)
        if name and name not in self.tracks:
            self.tracks[name] = Track(name, colour_in(colour))
        return name

    def _text(self, value):
        """Safe HTML; what we wrote ourselves is HTML also where it has no tags."""
        return safe_html(value) if self.is_ours and isinstance(value, str) else rich(value)

    def _guid(self, raw, title, starts):
        guid = guid_in(raw.guid)
        if guid is None:
            guid = self._made(_name(raw) or f"{title}/{starts.isoformat()}")
            self.report.repair(raw.where, "it has no guid; one was made from its id")
        free, copies = self._free(guid)
        if copies:
            self.report.repair(raw.where, "its guid is used twice; this one was given another")
        self.guids.add(free)
        return free

    def _made(self, name):
        return stable_guid(self.acronym, "event", name)

    def _free(self, guid):
        """(a guid, or one made from it that no entry has yet, how often it had to be made)."""
        first = guid
        guid, copies = self.chains.get(first, (first, 0))  # so many have it that each cannot begin anew
        while guid in self.guids:
            copies += 1
            guid = stable_guid(guid, copies + 1)
        self.chains[first] = guid, copies
        return guid, copies

    def _known_by(self, raw):
        """The guids and the number that an event may have had when it could be read."""
        guid, name = guid_in(raw.guid), _name(raw)
        if guid is None and not name:
            return ()
        guid = guid or self._made(name)
        return guid, self._free(guid)[0], *filter(None, [whole_number(line(raw.id, 20), 20)])

    def _number(self, raw):
        number = whole_number(line(raw.id, 20), 20) or 0
        if not 0 < number <= LARGEST_NUMBER or number in self.numbers:
            if raw.id is not None:
                self.report.repair(
                    raw.where, "its id is missing, used twice or not a positive number; it will get a new one"
                )
            return None
        self.numbers.add(number)
        return number

    def _people(self, raw):
        seen = set()
        for person in raw.persons:
            number = line(person.id, 40)
            key = guid_in(person.guid) or (number and stable_guid(self.acronym, "person", number))
            guid = self.people.add(key=key, name=line(person.name), number=number[:20], source=self.acronym)
            if guid and guid not in seen:
                seen.add(guid)
                yield SessionPerson(guid, person.role)

    def _links(self, raw):
        for kind, address, title in raw.links:
            if url := web_address(self._whole(address)):
                title = line(title)
                yield Link(url, "" if self.is_ours and title == url else title, kind)
            else:
                self.report.repair(raw.where, f"a {kind} was left out: it is not an http(s) address")

    def _whole(self, address):
        """An address that begins with a single slash is one below the file's base."""
        text = line(address, LONGEST_URL + 1)
        if self.base and text.startswith("/") and not text.startswith("//"):
            return urljoin(self.base, text)
        return text

    def _named_zone(self, name):
        name = line(name, 60)
        try:
            return str(ZoneInfo(name)) if name else None
        except (ValueError, OSError, LookupError):
            self.report.repair("the conference", "its time zone is unknown; the meeting's own was taken")
            return None


def _name(raw):
    """What an event without a guid is told by."""
    return line(raw.id, 60) or line(raw.slug)
