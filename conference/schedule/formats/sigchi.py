"""Reads the SIGCHI `program.json`: flat tables joined by ids, made into sessions that hold their talks."""

import re
from datetime import UTC, datetime, timedelta

from conference.schedule.formats.json_source import child, listed, table, whole
from conference.schedule.formats.people import People
from conference.schedule.formats.programme import (
    AffiliationItem,
    Authorship,
    Link,
    PresentationItem,
    Programme,
    Room,
    SessionItem,
    SessionPerson,
    Track,
    stable_guid,
)
from conference.schedule.formats.text import LONGEST_TITLE, line, rich, web_address
from conference.schedule.formats.values import end_after
from conference.schedule.rules import LARGEST_NUMBER, day_of

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock; its zone is added in _Reader._instant
_DAY = 24 * 3600 * 1000


def read(tree, report, *, zone):
    """The Programme in a parsed `program.json`; without an offset its times are taken to be in `zone` (a ZoneInfo)."""
    return _Reader(tree, report, zone).programme()


class _Reader:
    def __init__(self, tree, report, zone):
        self.tree, self.report, self.zone = tree, report, zone
        self.conference = child(tree, "conference")
        self.source = line(self.conference.get("id") or self.conference.get("shortName"), 60)
        self.offset = self._offset()
        self.kinds = {whole(kind.get("id")): kind for kind in table(tree, "contentTypes")}
        self.slots = {whole(slot.get("id")): slot for slot in table(tree, "timeSlots")}
        self.rooms = _named(tree, "rooms")
        self.tracks = _named(tree, "tracks")
        self.contents = {whole(content.get("id")): content for content in table(tree, "contents")}
        self.people = People(report)
        self.known = {}
        self.placed, self.numbers, self.guids = set(), set(), set()

    def programme(self):
        for person in table(self.tree, "people"):
            self._person(person)
        sessions = [self._session(entry, "session") for entry in table(self.tree, "sessions")]
        sessions += [self._session(entry, "event") for entry in table(self.tree, "events")]
        for number, content in self.contents.items():
            if number not in self.placed:
                self.report.read += 1
                self.report.skip(f"content {number}", f"no session holds it: {line(content.get('title'), 80)}")
        return Programme(
            title=line(self.conference.get("name") or self.conference.get("fullName"), LONGEST_TITLE),
            acronym=line(self.conference.get("shortName"), 60),
            timezone=str(self.zone),
            rooms=tuple(Room(name) for name in sorted(set(self.rooms.values()), key=_counted)),
            tracks=tuple(Track(name) for name in dict.fromkeys(self.tracks.values())),
            people=self.people.items(),
            sessions=tuple(sorted(filter(None, sessions), key=lambda item: (item.starts, item.room, item.guid))),
        )

    def _person(self, person):
        key = whole(person.get("id"))
        given, middle, family = (line(person.get(part)) for part in ("firstName", "middleInitial", "lastName"))
        name = line(" ".join(part for part in (given, middle, family) if part))
        if key is None or not name:
            self.report.skip(f"person {key}", "there is no id or no name")
            return
        guid = stable_guid("sigchi", self.source, "person", key)
        self.known[key] = self.people.add(
            key=guid, name=name, number=str(key), given=given, middle=middle, family=family
        )

    def _session(self, entry, sort):
        self.report.read += 1
        number, title = whole(entry.get("id")), line(entry.get("name") or entry.get("title"), LONGEST_TITLE)
        where = f"{sort} {number}"
        starts, ends = self._times(entry)
        guid = stable_guid("sigchi", self.source, sort, number)
        contents = self._contents_of(entry, where, guid)
        if reason := self._reason_against(number, title, starts, guid):
            self.report.leave(where, f"{reason}: {title[:80]}" if title else reason, *([guid] if number else []))
            self.report.unread.update(each for key in contents for each in self._known_by(key, guid))
            return None
        self.guids.add(guid)
        talks = tuple(self._presentation(content, guid, where) for content in contents.values())
        return SessionItem(
            guid=guid,
            number=self._number(number),
            title=title,
            starts=starts,
            ends=end_after(starts, ends, self.report, where),
            day=day_of(starts.astimezone(self.zone)),
            kind=self._kind(entry),
            room=self.rooms.get(whole(entry.get("roomId")), ""),
            track=self._shared_track(entry, talks),
            description=rich(entry.get("description")),
            links=tuple(self._links(entry, where)),
            people=tuple(self._session_people(entry, where)),
            presentations=talks,
        )

    def _reason_against(self, number, title, starts, guid):
        if number is None or not title:
            return "it has no id" if title else "it has no title"
        if starts is None:
            return "it has no time"
        return "its id is used twice" if guid in self.guids else None

    def _known_by(self, key, session_guid):
        """The guids that the content of an id has, or has in this session when it is in another too."""
        guid = stable_guid("sigchi", self.source, "content", key)
        return guid, stable_guid(guid, session_guid)

    def _contents_of(self, entry, where, guid):
        found = {}
        for reference in listed(entry, "contentIds"):
            key = whole(reference)
            content = self.contents.get(key)
            if content is None or not line(content.get("title"), LONGEST_TITLE):
                known_by = () if key is None else self._known_by(key, guid)
                self.report.leave(where, f"content {line(reference, 20)} does not exist or has no title", *known_by)
                continue
            found[key] = content
            self.placed.add(key)
        return found

    def _presentation(self, content, session_guid, where):
        self.report.read += 1
        key = whole(content.get("id"))
        guid, again = self._known_by(key, session_guid)
        if guid in self.guids:
            # One content in two sessions (a paper that is also a poster) is two presentations.
            self.report.repair(where, f"content {key} is also in another session; it is shown in both")
            guid = again
        self.guids.add(guid)
        minutes = whole(self.kinds.get(whole(content.get("typeId")), {}).get("duration")) or 0
        return PresentationItem(
            guid=guid,
            number=self._number(key),
            title=line(content.get("title"), LONGEST_TITLE),
            abstract=rich(content.get("abstract")),
            kind=self._kind(content),
            track=self.tracks.get(whole(content.get("trackId")), ""),
            minutes=minutes if 0 < minutes <= 24 * 60 else 0,
            award=line(content.get("award"), 100).replace("_", " ").capitalize(),
            keywords=tuple(dict.fromkeys(filter(None, (line(word, 200) for word in listed(content, "keywords"))))),
            links=tuple(self._links(content, f"content {key}")),
            authors=tuple(self._authors(content, key)),
        )

    def _authors(self, content, key):
        for author in table(content, "authors"):
            guid = self.known.get(whole(author.get("personId")))
            if guid is None:
                self.report.repair(f"content {key}", "an author was left out who is not among the people")
                continue
            yield Authorship(guid, tuple(_affiliation(entry) for entry in table(author, "affiliations")))

    def _session_people(self, entry, where):
        for field, role in (("chairIds", "chair"), ("presenterIds", "speaker")):
            for reference in dict.fromkeys(whole(value) for value in listed(entry, field)):
                if reference in self.known:
                    yield SessionPerson(self.known[reference], role)
                else:
                    self.report.repair(where, f"a {role} was left out who is not among the people")

    def _links(self, entry, where):
        found = [child(entry, "link"), *table(entry, "videos"), {"href": entry.get("broadcastLink")}]
        for link in found:
            address = link.get("href") or link.get("url")
            if not address:
                continue
            if url := web_address(address):
                yield Link(url, line(link.get("label") or link.get("title")))
            else:
                self.report.repair(where, "a link was left out: it is not an http(s) address")

    def _kind(self, entry):
        return line(self.kinds.get(whole(entry.get("typeId")), {}).get("name"), 100)

    def _shared_track(self, entry, talks):
        named = self.tracks.get(whole(entry.get("trackId")))
        tracks = {talk.track for talk in talks}
        return named or (tracks.pop() if len(tracks) == 1 else "")

    def _number(self, key):
        if key is None or not 0 < key <= LARGEST_NUMBER or key in self.numbers:
            return None
        self.numbers.add(key)
        return key

    def _times(self, entry):
        slot = self.slots.get(whole(entry.get("timeSlotId")), entry)
        return self._instant(whole(slot.get("startDate"))), self._instant(whole(slot.get("endDate")))

    def _offset(self):
        """Minutes from UTC of the clock that the file's times were written by; None for the meeting's own zone.

        The format writes local wall clocks as if they were UTC: its conference then starts at a midnight "UTC". A file
        whose start is a midnight only after its offset is added holds true instants.
        """
        start, offset = whole(self.conference.get("startDate")), whole(self.conference.get("timeZoneOffset"))
        if offset is None or abs(offset) > 14 * 60:
            return None
        if start is not None and start % _DAY and not (start + offset * 60_000) % _DAY:
            return 0
        return offset

    def _instant(self, milliseconds):
        if milliseconds is None or not 0 < milliseconds < 250_000_000_000_000:
            return None
        wall = _EPOCH + timedelta(milliseconds=milliseconds)
        if self.offset is None:
            return wall.replace(tzinfo=self.zone).astimezone(UTC)
        return (wall - timedelta(minutes=self.offset)).replace(tzinfo=UTC)


def _counted(name):
    """Sorts "Room 10" after "Room 9": the format keeps rooms in no order of their own."""
    return [(part.zfill(12) if part.isdigit() else part.casefold()) for part in re.split(r"(\d+)", name)]


def _named(tree, name):
    return {
        whole(entry.get("id")): line(entry.get("name"), 200)
        for entry in table(tree, name)
        if line(entry.get("name"), 200)
    }


def _affiliation(entry):
    institution = line(entry.get("institution"))
    department = line(entry.get("dsl") or entry.get("department"))
    city, state, country = (line(entry.get(part)) for part in ("city", "state", "country"))
    return AffiliationItem(institution, department, city, state, country)
