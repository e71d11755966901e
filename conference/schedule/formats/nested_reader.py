"""Reads nested JSON as written here or by a society's own scripts: lenient, every repair reported."""

from dataclasses import replace
from datetime import UTC, datetime

from conference.schedule.formats.embargo import GROUPS
from conference.schedule.formats.json_source import child, listed, table, whole
from conference.schedule.formats.nested_abstracts import abstract_of, embargo_of, kinds_of, rules_of
from conference.schedule.formats.people import People
from conference.schedule.formats.programme import (
    LINK_KINDS,
    ROLES,
    AffiliationItem,
    Authorship,
    Link,
    PresentationItem,
    Programme,
    Room,
    SessionItem,
    SessionPerson,
    Track,
    presenting,
)
from conference.schedule.formats.text import LONGEST_DISCLOSURE, LONGEST_TITLE, line, safe_html, web_address
from conference.schedule.formats.values import colour_in, day_in, end_after, guid_in, ror_in, words_in
from conference.schedule.rules import LARGEST_NUMBER, day_of


def read(tree, report, *, zone):
    """The Programme in parsed nested JSON; times without an offset are taken to be in `zone` (a ZoneInfo)."""
    return _Reader(tree, report, zone).programme()


class _Reader:
    def __init__(self, tree, report, zone):
        self.tree, self.report, self.zone = tree, report, zone
        self.people = People(report)
        self.guids, self.numbers, self.abstracts = set(), set(), {}

    def programme(self):
        conference = child(self.tree, "conference")
        for person in table(self.tree, "people"):
            self._person(person)
        for entry in table(self.tree, "abstracts"):
            self._abstract(entry)
        if self.tree.get("sessions") == []:
            # The file of a draft that is yet to be filled; nobody cancels a meeting by it.
            self.report.is_empty, self.report.keeps = True, "it was not withdrawn: the file has no sessions"
        sessions = filter(None, map(self._session, table(self.tree, "sessions")))
        return Programme(
            title=line(conference.get("title"), LONGEST_TITLE),
            acronym=line(conference.get("acronym"), 60),
            timezone=line(conference.get("timezone"), 60) or str(self.zone),
            rooms=tuple(Room(name) for name in _names(self.tree, "rooms")),
            tracks=tuple(_tracks(self.tree)),
            kinds=tuple(kinds_of(self.tree)),
            embargoes=tuple(rules_of(self, self.tree)),
            people=self.people.items(),
            abstracts=tuple(self.abstracts.values()),
            sessions=tuple(sorted(self._nested(sessions), key=lambda item: (item.starts, item.room, item.guid))),
        )

    def _nested(self, sessions):
        """The sessions, each a part of none or of one that is whole itself."""
        sessions = list(sessions)
        whole = {item.guid for item in sessions if not item.parent}
        for item in sessions:
            if item.parent and item.parent not in whole:
                self.report.repair(
                    f"session {item.title[:80]}", "it stands alone: what it should be part of is no whole session"
                )
                item = replace(item, parent="")
            yield item

    def _abstract(self, entry):
        where = f"abstract {line(entry.get('title'), 80) or 'without title'}"
        values = self.identity(entry, where, numbers=set())
        if values is None:
            self.report.skip(where, "it has no guid of its own or no title")
            return
        self.abstracts[values["guid"]] = abstract_of(self, entry, values, where)

    def _person(self, person):
        guid, name = guid_in(person.get("guid")), line(person.get("name"))
        told = person.get("disclosure")
        if guid is None or not name:
            self.report.skip(f"person {name or 'without name'}", "there is no guid or no name")
            return
        parts = {part: line(person.get(part)) for part in ("given", "middle", "family")}
        parts["disclosure"] = line(told, LONGEST_DISCLOSURE) if isinstance(told, str) else None
        self.people.add(key=guid, name=name, number=whole(person.get("number")), **parts)

    def _session(self, entry):
        self.report.read += 1
        where = f"session {line(entry.get('title'), 80) or 'without title'}"
        values = self.identity(entry, where)
        starts, ends = self.instant(entry.get("starts")), self.instant(entry.get("ends"))
        if values is None or starts is None:
            self._unread(entry, where, "it has no start" if values else "it has no guid of its own or no title")
            for talk in table(entry, "presentations"):
                self._unread(talk, where, "a presentation of it was left out too")
            return None
        return SessionItem(
            **values,
            starts=starts,
            ends=end_after(starts, ends, self.report, where),
            day=day_in(entry.get("day")) or day_of(starts.astimezone(self.zone)),
            subtitle=line(entry.get("subtitle"), LONGEST_TITLE),
            kind=line(entry.get("kind"), 100),
            room=line(entry.get("room"), 200),
            track=line(entry.get("track"), 200),
            language=line(entry.get("language"), 20),
            abstract=_html(entry.get("abstract")),
            description=_html(entry.get("description")),
            origin_url=web_address(entry.get("origin_url")) or "",
            withdrawn=entry.get("withdrawn") is True,
            parent=guid_in(entry.get("parent")) or "",
            capacity=min(max(whole(entry.get("capacity")) or 0, 0), LARGEST_NUMBER),
            links=tuple(self.links(entry, where)),
            people=tuple(self._session_people(entry, where)),
            presentations=tuple(filter(None, map(self._presentation, table(entry, "presentations")))),
        )

    def _presentation(self, entry):
        self.report.read += 1
        abstract = self.abstracts.get(guid_in(entry.get("submission")))
        where = f"presentation {(abstract.title if abstract else line(entry.get('title')))[:80] or 'without title'}"
        values = self.identity(entry, where, title=abstract.title if abstract else None)
        if values is None:
            self._unread(entry, where, "it has no guid of its own or no title")
            return None
        minutes = whole(entry.get("minutes")) or 0
        talk = PresentationItem(
            **values,
            **({} if abstract else self._of_its_own(entry, where)),
            kind=line(entry.get("kind"), 100),
            track=line(entry.get("track"), 200),
            minutes=minutes if 0 < minutes <= 24 * 60 else 0,
            starts=self.instant(entry.get("starts")),
            board=line(entry.get("board"), 40),
            hall=line(entry.get("hall"), 200),
            withdrawn=entry.get("withdrawn") is True,
            embargo=embargo_of(self, entry),
            closed=frozenset(group for group in GROUPS if group in listed(entry, "closed")),
        )
        return presenting(talk, abstract) if abstract else talk

    def _unread(self, entry, where, why):
        self.report.leave(where, why, *filter(None, [guid_in(entry.get("guid"))]))

    def _of_its_own(self, entry, where):
        return {
            "abstract": _html(entry.get("abstract")),
            "award": line(entry.get("award"), 100),
            "late_breaking": entry.get("late_breaking") is True,
            "keywords": words_in(entry, "keywords"),
            "links": tuple(self.links(entry, where)),
            "authors": tuple(self.authors(entry, where)),
        }

    def identity(self, entry, where, *, title=None, numbers=None):
        """{guid, title, number} of an entry, or None without a guid of its own or a title."""
        guid, title = guid_in(entry.get("guid")), title or line(entry.get("title"), LONGEST_TITLE)
        if guid is None or guid in self.guids or not title:
            return None
        self.guids.add(guid)
        taken, number = self.numbers if numbers is None else numbers, whole(entry.get("number"))
        if number is not None and (not 0 < number <= LARGEST_NUMBER or number in taken):
            self.report.repair(where, "its number is used twice or out of bounds; it will get a new one")
            number = None
        taken.add(number)
        return {"guid": guid, "title": title, "number": number}

    def authors(self, entry, where):
        """The Authorships of an entry."""
        for author in table(entry, "authors"):
            guid = guid_in(author.get("person"))
            if guid in self.people:
                places = tuple(_affiliation(place) for place in table(author, "affiliations"))
                yield Authorship(guid, places, author.get("presenting") is True, author.get("corresponding") is True)
            else:
                self.report.repair(where, "an author was left out who is not among the people")

    def _session_people(self, entry, where):
        for part in table(entry, "people"):
            guid, role = guid_in(part.get("person")), part.get("role")
            if guid in self.people:
                yield SessionPerson(guid, role if role in ROLES else "speaker")
            else:
                self.report.repair(where, "a person was left out who is not among the people")

    def links(self, entry, where):
        """The Links of an entry."""
        for link in table(entry, "links"):
            if url := web_address(link.get("url")):
                yield Link(url, line(link.get("title")), link["kind"] if link.get("kind") in LINK_KINDS else "link")
            else:
                self.report.repair(where, "a link was left out: it is not an http(s) address")

    def instant(self, text):
        """The aware instant that a text holds, or None."""
        try:
            moment = datetime.fromisoformat(line(text, 40))
        except ValueError:
            return None
        if not 1970 <= moment.year < 9990:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=self.zone)).astimezone(UTC)


def _names(tree, name):
    return dict.fromkeys(filter(None, (line(entry.get("name"), 200) for entry in table(tree, name))))


def _tracks(tree):
    found = {}
    for entry in table(tree, "tracks"):
        if name := line(entry.get("name"), 200):
            found.setdefault(name, Track(name, colour_in(entry.get("colour"))))
    return found.values()


def _affiliation(entry):
    names = ("institution", "department", "city", "state", "country")
    return AffiliationItem(**{name: line(entry.get(name)) for name in names}, ror=ror_in(entry.get("ror")))


def _html(value):
    return safe_html(value) if isinstance(value, str) else ""
