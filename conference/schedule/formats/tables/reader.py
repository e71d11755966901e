"""Reads tables of sessions, presentations and authors on top of a draft: what they do not name stays as it is."""

from dataclasses import replace

from conference.schedule.formats.order import in_order
from conference.schedule.formats.programme import Programme, Room, Track
from conference.schedule.formats.tables.columns import AUTHORS, PRESENTATIONS, SESSIONS
from conference.schedule.formats.tables.finding import Found
from conference.schedule.formats.tables.people_rows import RowsOfPeople
from conference.schedule.formats.tables.presentation_rows import Parts, presentation_of
from conference.schedule.formats.tables.session_rows import session_of


def read(tables, report, *, zone, known):
    """The Programme of what the Tables name; `known` is the draft as a Programme, to which they refer."""
    reader = _Reader(report, zone, known)
    for kind, take in ((SESSIONS, reader.session), (PRESENTATIONS, reader.presentation), (AUTHORS, reader.author)):
        for row in (row for each in tables if each.kind == kind for row in each.rows(report)):
            take(row)
    return reader.programme()


class _Reader:
    def __init__(self, report, zone, known):
        self.report, self.zone, self.known = report, zone, known
        self.sessions = {item.guid: item for item in known.sessions}
        self.talks = {talk.guid: talk for item in known.sessions for talk in item.presentations}
        self.homes = {talk.guid: item.guid for item in known.sessions for talk in item.presentations}
        self.abstracts = {each.guid: each for each in known.abstracts}
        self.numbered = {str(each.number): each for each in known.abstracts}
        self.found_sessions = Found("session", known.acronym, known.sessions)
        self.found_talks = Found("presentation", known.acronym, self.talks.values())
        for talk in known.unplaced:
            self.talks[talk.guid] = replace(talk, withdrawn=False)  # until a row puts it into a session
            self.found_talks.add(talk, by_title=False)
        self.people = RowsOfPeople(known.acronym, known.people)
        self.touched, self.seen, self.orders, self.parents = {}, set(), {}, {}
        self.parts_of_talks, self.parts_of_sessions = {}, {}

    def session(self, row):
        """Take in a row of the table of sessions."""
        self.report.read += 1
        guid = self.found_sessions.of_row(row, row.text("title", 500), row.text("day", 40), row.text("starts", 40))
        if self._is_taken(row, guid, self.talks):
            return
        item = session_of(row, guid, self.sessions.get(guid), self.zone)
        if item is None:
            return
        self.sessions[guid] = self._numbered(row, item)
        self.touched[guid] = None
        self.found_sessions.add(self.sessions[guid], row.text("id", 100))
        if "part of" in row:
            self.parents[guid] = row

    def presentation(self, row):
        """Take in a row of the table of presentations."""
        self.report.read += 1
        home = self._named(row, "session", self.found_sessions, self.sessions)
        guid = self.found_talks.of_row(row, row.text("session", 500), row.text("title", 500))
        home = home or (self.homes.get(guid) if not row.text("session") else None)
        if home is None:
            row.skip(
                "session",
                f"there is no session “{row.text('session', 60)}” in the file or the draft: write its id, number or title",
            )
            return
        if self._is_taken(row, guid, self.sessions) or self._waits(row, home):
            return
        talk = presentation_of(row, guid, self.talks.get(guid), self.sessions[home], self)
        if talk is None:
            return
        self.talks[guid] = self._numbered(row, talk)
        self.orders[guid] = row.whole("order", 0, 100_000)
        self.touched |= dict.fromkeys(each for each in (self.homes.get(guid), home) if each)
        self.homes[guid] = home
        self.found_talks.add(self.talks[guid], row.text("id", 100))

    def author(self, row):
        """Take in a row of the table of authors."""
        talk = self._named(row, "presentation", self.found_talks, self.talks)
        home = self._named(row, "session", self.found_sessions, self.sessions)
        if talk is None and (home is None or row.text("presentation")):
            name = "presentation" if row.text("presentation") else "session"
            row.skip(
                name,
                f"there is no {name} “{row.text(name, 60)}” in the file or the draft: write its id, number or title",
            )
            return
        if talk and talk not in self.homes:
            row.skip(
                "presentation", "it was taken back and is in no session: give it one in the table of presentations"
            )
            return
        of_talk = talk is not None
        if self._waits(row, self.homes[talk] if of_talk else home):
            return
        person = self.people.of(row)
        if person is None:
            return
        parts = self.parts_of_talks if of_talk else self.parts_of_sessions
        parts.setdefault(talk if of_talk else home, Parts()).add(row, person)
        self.touched[self.homes[talk] if of_talk else home] = None

    def programme(self):
        """All that was named, and what it hangs on."""
        self._seat()
        self._nest()
        held = {}
        for guid, home in self.homes.items():
            held.setdefault(home, []).append(guid)
        items = [self._with_talks(self.sessions[guid], held.get(guid, ())) for guid in self.touched]
        items = [item for item in items if item.starts is not None]
        rooms = dict.fromkeys(item.room for item in items if item.room)
        tracks = dict.fromkeys(each.track for item in items for each in (item, *item.presentations) if each.track)
        return Programme(
            title=self.known.title,
            acronym=self.known.acronym,
            timezone=self.known.timezone,
            rooms=(*self.known.rooms, *(Room(name) for name in rooms if Room(name) not in self.known.rooms)),
            tracks=(*self.known.tracks, *_new_tracks(self.known.tracks, tracks)),
            people=self.people.items(),
            sessions=tuple(sorted(items, key=lambda item: (item.starts, item.room, item.guid))),
        )

    def _named(self, row, name, found, items):
        text = row.text(name, 500)
        guid = found.of(text) if text else None
        return guid if guid in items else None

    def _is_taken(self, row, guid, others):
        if guid in self.seen:
            row.skip("id", "this one stands in an earlier line already: give each line an id of its own")
        elif guid in others:
            row.skip("id", "this is the id of something in the other table: give it one of its own")
        is_taken = guid in self.seen or guid in others
        self.seen.add(guid)
        return is_taken

    def _waits(self, row, home):
        if self.sessions[home].starts is None:
            row.skip("session", "its session has no time yet: give it one in the table of sessions")
        return self.sessions[home].starts is None

    def _numbered(self, row, item):
        """A new item with the number that its row wishes."""
        return item if item.number else replace(item, number=row.whole("number", 0, 2**31 - 1) or None)

    def _seat(self):
        for guid, parts in self.parts_of_sessions.items():
            self.sessions[guid] = replace(self.sessions[guid], people=parts.session_people())
        for guid, parts in self.parts_of_talks.items():
            talk = self.talks[guid]
            authors = parts.authorships(talk.authors)
            if not talk.submission:
                self.talks[guid] = replace(talk, authors=authors)
            elif authors != talk.authors:
                parts.rows[0][1].repair(None, "it presents an abstract: its authors are changed with that one")

    def _nest(self):
        for guid, row in self.parents.items():
            text = row.text("part of", 500)
            parent = self.found_sessions.of(text) if text else ""
            if parent in (None, guid):
                row.repair("part of", f"there is no other session “{text[:60]}”; this one stands alone")
            self.sessions[guid] = replace(self.sessions[guid], parent="" if parent in (None, guid) else parent)
        for guid in self.touched:
            whole = self.sessions.get(self.sessions[guid].parent)
            if whole and whole.parent:
                self.report.repair(
                    f"session {self.sessions[guid].title[:80]}",
                    "what it should be part of is itself a part of another; it stands alone",
                )
                self.sessions[guid] = replace(self.sessions[guid], parent="")

    def _with_talks(self, item, held):
        known = [talk.guid for talk in item.presentations if self.homes[talk.guid] == item.guid]
        new = [guid for guid in held if guid not in set(known)]
        places = {guid: place for guid in [*known, *new] if (place := self.orders.get(guid))}
        return replace(item, presentations=tuple(self.talks[guid] for guid in in_order([*known, *new], places)))


def _new_tracks(known, names):
    names_known = {track.name for track in known}
    return [Track(name) for name in names if name not in names_known]
