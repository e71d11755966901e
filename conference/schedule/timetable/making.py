"""New sessions and talks, copies of a session, and what is not held after all."""

from datetime import timedelta
from uuid import uuid4

from conference import audit
from conference.kernel import db
from conference.schedule.actions import told
from conference.schedule.claiming import claim, hold, reread
from conference.schedule.models import Presentation, Session, SessionPerson
from conference.schedule.numbering import next_number
from conference.schedule.presenting import present
from conference.schedule.rules import day_of
from conference.schedule.timetable import moving, nesting, queries

ADDED, REMOVED = "added a session", "removed a session"
# What a copy has of its session; people are copied too, talks and the parts of it are not.
_COPIED = ("title", "subtitle", "kind", "language", "abstract", "description", "room_id", "track_id", "capacity")
# Of a new session, what else is empty is not told.
_ALWAYS_TOLD = ("title", "room", "starts", "ends", "chairs", "withdrawn")


def add(*, meeting, title, kind, room, starts, minutes, by, now):
    """A new session at an instant, or in the pool when `starts` is None; (session, Entry)."""
    ends = starts + timedelta(minutes=minutes) if starts else None
    row = _new(
        meeting, title=title, kind=kind, room_id=room.id if room else None, starts_at=starts, ends_at=ends,
        day=day_of(starts.astimezone(meeting.zone)) if starts else None, pool_minutes=0 if starts else minutes,
    )  # fmt: skip
    return row, _tell(row, by, now)


def copy(*, meeting, session, by, now):
    """A copy of a session in the pool, with its people and without its talks; (session, Entry)."""
    facts = {name: getattr(session, name) for name in _COPIED}
    people = [(part.contributor_id, part.role, part.position) for part in session.people]
    row = _new(meeting, **facts, pool_minutes=moving.minutes_of(session))
    rows = [SessionPerson(session_id=row.id, contributor_id=who, role=role, position=at) for who, role, at in people]
    db.session.add_all(rows)
    row = reread(row)
    return row, _tell(row, by, now)


def remove(*, meeting, session, version, by, now):
    """Cancel a session; one that the public never had leaves the timetable altogether. The Entry.

    Nothing is deleted, so that it can be taken back: without a time it is in no release. Stale as in `moving.place`.
    """
    hold(meeting)
    before = told(session)
    if not queries.was_released(meeting, session.guid):
        nesting.refuse_parts(session)
        session = moving.write(meeting, session, version, None, None, session.room)
        version = session.version
    claim(session, version, {"withdrawn": True})
    before, after = audit.differing(before, told(session))
    return _kept(audit.record(by=by, verb=REMOVED, subject=session, now=now, before=before, after=after))


def is_removed(session):
    """Whether a session was removed before the public had it: neither held nor told of."""
    return session.withdrawn and session.starts_at is None


def add_talk(*, meeting, session, version, title, kind, minutes, submission, by, now):
    """A new talk at the end of a session, of its own title or of an abstract; (talk, Entry). Stale as in `moving.place`."""
    hold(meeting)
    claim(session, version, {})
    return present(meeting, session, submission, title=title, kind=kind, minutes=minutes, by=by, now=now)


def _new(meeting, **facts):
    row = Session(
        meeting_id=meeting.id,
        guid=str(uuid4()),
        number=next_number(meeting, Session, Presentation),
        source="desk",
        **facts,
    )
    db.session.add(row)
    return reread(row)


def _tell(row, by, now):
    after = {name: value for name, value in told(row).items() if value or name in _ALWAYS_TOLD}
    return _kept(audit.record(by=by, verb=ADDED, subject=row, now=now, after=after))


def _kept(entry):
    db.session.flush()
    return entry
