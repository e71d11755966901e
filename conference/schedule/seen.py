"""A released programme as somebody sees it, with the indexes from which pages, calendars and search answer."""

from datetime import datetime
from functools import cached_property
from threading import RLock
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from conference.schedule import headings
from conference.schedule.formats.flat import Flattener
from conference.schedule.rules import hue_of, lengths_of, talk_times

MOST_COLUMNS = 8


class About(NamedTuple):
    """Which release it is."""

    key: str
    number: int
    at: datetime
    note: str


class Published:
    """A release with its indexes; everything is worked out once and only read afterwards.

    `is_whole` says that it holds what is under embargo too: for the desk alone. `opening` says after how many of its moments it is as seen here.
    """

    def __init__(self, about, programme, edition, *, is_whole=False, opening=0):
        self.key, self.number, self.at, self.note = about
        self.programme, self.edition, self.is_whole = programme, edition, is_whole
        self.opening = opening
        self.zone = ZoneInfo(programme.timezone)
        self.own_zone = None  # the name of a reader's zone, see zones.py
        self.kept, self.making = {}, RLock()  # pieces of pages, see pages.py

    @cached_property
    def sessions(self):
        """Sessions by number."""
        return MappingProxyType({session.number: session for session in self.programme.sessions})

    @cached_property
    def presentations(self):
        """(session, presentation) by the presentation's number."""
        return MappingProxyType(
            {talk.number: (session, talk) for session in self.programme.sessions for talk in session.presentations}
        )

    @cached_property
    def sessions_by_guid(self):
        """Sessions by guid."""
        return {session.guid: session for session in self.programme.sessions}

    @cached_property
    def parts_of_sessions(self):
        """The sessions that are parts of another one, in order of time, by the guid of the whole."""
        parts = {}
        for session in self.programme.sessions:
            if session.parent in self.sessions_by_guid:
                parts.setdefault(session.parent, []).append(session)
        return parts

    @cached_property
    def lengths(self):
        """Minutes of presentations by the folded name of their kind."""
        return lengths_of(self.programme.kinds)

    @cached_property
    def times(self):
        """(start, end) or None of each presentation, by guid."""
        return {
            talk.guid: time
            for session in self.programme.sessions
            for talk, time in zip(session.presentations, talk_times(session, self.lengths), strict=True)
        }

    @cached_property
    def people(self):
        """People by guid."""
        return {person.guid: person for person in self.programme.people}

    @cached_property
    def people_by_number(self):
        """People by number."""
        return {person.number: person for person in self.programme.people}

    @cached_property
    def days(self):
        """{day: its sessions in order of time}, in order."""
        days = {}
        for session in self.programme.sessions:
            days.setdefault(session.day, []).append(session)
        return dict(sorted(days.items()))

    @cached_property
    def hues(self):
        """Hue 1 to 8 of each track, by name."""
        return {track.name: hue_of(position) for position, track in enumerate(self.programme.tracks)}

    @cached_property
    def columns(self):
        """Column 1 to 8 of each room by name, when there are few enough to stand side by side; else empty."""
        rooms = self.programme.rooms
        return {room.name: place for place, room in enumerate(rooms, start=1)} if 1 < len(rooms) <= MOST_COLUMNS else {}

    @cached_property
    def parts(self):
        """What each person does, by guid: [(role, session, presentation or None)] in order of time."""
        parts = {}
        for session in self.programme.sessions:
            for part in session.people:
                parts.setdefault(part.person, []).append((part.role, session, None))
            for talk in session.presentations:
                for author in talk.authors:
                    parts.setdefault(author.person, []).append(("author", session, talk))
        return parts

    @cached_property
    def headings(self):
        """What it can be looked up by: {index: {slug: Heading}}."""
        return headings.headings(self.programme)

    @cached_property
    def institution_slugs(self):
        """Under which institution an affiliation stands: {(name, ror): slug}."""
        return headings.institution_slugs(self.programme)

    @cached_property
    def numbers_by_guid(self):
        """The number of each session and presentation, by guid."""
        found = {session.guid: session.number for session in self.programme.sessions}
        return found | {talk.guid: number for number, (_, talk) in self.presentations.items()}

    @cached_property
    def flattener(self):
        """Makes calendar entries of sessions and talks."""
        return Flattener(self.programme, self.edition)

    def entries_of(self, guids):
        """Calendar entries of starred sessions and talks, by guid, in order of time."""
        events = [self.flattener.session(session) for session in self.sessions.values() if session.guid in guids]
        events += [
            self.flattener.entry(session, talk) for session, talk in self.presentations.values() if talk.guid in guids
        ]
        return sorted(events, key=lambda event: (event.starts, event.number))

    def whole_of(self, session):
        """The session that a session is a part of, or None."""
        return self.sessions_by_guid.get(session.parent)

    def guid_of(self, number):
        """The guid of the session or presentation with a public number, or None."""
        if number in self.sessions:
            return self.sessions[number].guid
        return self.presentations[number][1].guid if number in self.presentations else None
