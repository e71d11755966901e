"""The current release as this process knows it: found by one query, read once, then answered from memory."""

from collections import OrderedDict
from functools import cached_property
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import undefer

from conference import meetings
from conference.kernel import db
from conference.schedule import releasing
from conference.schedule.formats.flat import Flattener
from conference.schedule.models import Release
from conference.schedule.rules import hue_of, talk_times
from conference.schedule.search import Index

KEPT_RELEASES = 6
MOST_COLUMNS = 8
NESTED_SCHEMA = Path(__file__).parent / "formats" / "nested.schema.json"
_FIND = (
    select(
        meetings.Meeting.id,
        meetings.Meeting.code,
        meetings.Meeting.title,
        meetings.Meeting.timezone,
        meetings.Meeting.city,
        meetings.Meeting.starts,
        meetings.Meeting.ends,
        Release.id.label("release_id"),
        Release.key.label("release_key"),
    )
    .outerjoin(Release, Release.meeting_id == meetings.Meeting.id)
    .where(func.upper(meetings.Meeting.code) == bindparam("code"), meetings.Meeting.is_public)
    .order_by(Release.number.desc())
    .limit(1)
)
_reading = Lock()


def find(code):
    """One row: the public meeting with this code and the id and key of its current release, both None before the first."""
    if not meetings.is_code(code):
        return None
    values = {"code": code.upper()}
    # Most requests for a programme ask nothing but this: without a transaction it is one journey to a server, not three.
    # An embedded SQLite has no journeys to save, and its driver must never begin transactions of its own (kernel/db.py).
    if db.engine.dialect.name == "sqlite" or db.session().in_transaction():
        return db.session.execute(_FIND, values).first()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return connection.execute(_FIND, values).first()


def of(place):
    """The Published programme of a row of `find`, or None before the first release."""
    if place.release_id is None:
        return None
    kept = current_app.extensions.setdefault("schedule", OrderedDict())
    found = kept.get(place.release_key)
    if found is None:
        with _reading:
            found = kept.get(place.release_key) or _read(place.release_id)
            kept[place.release_key] = found
            while len(kept) > KEPT_RELEASES:
                kept.popitem(last=False)
    return found


def files_of(place):
    """The exports of the current release that this process has read already: {format: (etag, gzip bytes)}."""
    kept = current_app.extensions.setdefault("schedule_files", OrderedDict())
    files = kept.setdefault(place.release_key, {})
    while len(kept) > KEPT_RELEASES:
        kept.popitem(last=False)
    return files


def _read(release_id):
    statement = select(Release).where(Release.id == release_id)
    row = db.session.scalar(statement.options(undefer(Release.document), undefer(Release.revisions)))
    meeting = db.session.get(meetings.Meeting, row.meeting_id)
    return Published(row, releasing.programme_of(row, meeting))


class Published:
    """A release with its indexes; everything is worked out once and only read afterwards."""

    def __init__(self, row, programme):
        self.key, self.number, self.at, self.note = row.key, row.number, row.at, row.note
        self.edition = releasing.edition_of(row)
        self.programme = programme
        self.zone = ZoneInfo(programme.timezone)
        self.kept = {}  # pieces of pages, see pages.py

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
    def times(self):
        """(start, end) or None of each presentation, by guid."""
        return {
            talk.guid: time
            for session in self.programme.sessions
            for talk, time in zip(session.presentations, talk_times(session), strict=True)
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
    def numbers_by_guid(self):
        """The number of each session and presentation, by guid."""
        found = {session.guid: session.number for session in self.programme.sessions}
        return found | {talk.guid: number for number, (_, talk) in self.presentations.items()}

    @cached_property
    def flattener(self):
        """Makes calendar entries of sessions and talks."""
        return Flattener(self.programme, self.edition)

    @cached_property
    def index(self):
        """The search index over everything in the programme."""
        return Index(self)

    def entries_of(self, guids):
        """Calendar entries of starred sessions and talks, by guid, in order of time."""
        events = [self.flattener.session(session) for session in self.sessions.values() if session.guid in guids]
        events += [
            self.flattener.entry(session, talk) for session, talk in self.presentations.values() if talk.guid in guids
        ]
        return sorted(events, key=lambda event: (event.starts, event.number))

    def guid_of(self, number):
        """The guid of the session or presentation with a public number, or None."""
        if number in self.sessions:
            return self.sessions[number].guid
        return self.presentations[number][1].guid if number in self.presentations else None
