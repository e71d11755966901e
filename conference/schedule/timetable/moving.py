"""A session gets another time or room, or goes into the pool, with its talks and the sessions that are parts of it."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from conference import audit
from conference.kernel import Refusal, db
from conference.schedule.actions import told
from conference.schedule.claiming import claim, hold, reread
from conference.schedule.rules import day_of
from conference.schedule.timetable import queries
from conference.schedule.timetable.rules import instant_of, snapped

MOVED, POOLED = "moved a session", "put a session into the pool"
LONGEST = 24 * 60  # minutes of a session


def place(*, meeting, session, version, day, clock, minutes, room, by, now):
    """Let a session begin at a clock time of a day, for so many minutes, in a room (None: across all of them).

    The time is that of the nearest line of the timetable, unless it stays what it is. The Entry of the trail, or None when nothing
    changed. Refusal for a time that there is not; Stale when somebody has changed the session since `version`.
    """
    starts = _instant(meeting, session, day, clock)
    return move(
        meeting=meeting, session=session, version=version, starts=starts,
        ends=starts + timedelta(minutes=minutes), room=room, by=by, now=now,
    )  # fmt: skip


def into_pool(*, meeting, session, version, by, now):
    """Take a session's time away and keep its room; the Entry, or None when it has no time. Stale as in `place`."""
    return move(
        meeting=meeting, session=session, version=version, starts=None, ends=None, room=session.room, by=by, now=now
    )


def move(*, meeting, session, version, starts, ends, room, by, now):
    """Write time and room of a session that was seen at `version`, and tell of it; the Entry, or None when nothing changed."""
    hold(meeting)
    before = told(session)
    session = write(meeting, session, version, starts, ends, room)
    before, after = audit.differing(before, told(session))
    if not after:
        return None
    verb = MOVED if starts else POOLED
    entry = audit.record(by=by, verb=verb, subject=session, now=now, before=before, after=after)
    db.session.flush()
    return entry


def write(meeting, session, version, starts, ends, room):
    """Write time and room of a session, of its pinned talks and of its parts, and tell nothing; the session as it is then.

    A part goes along to the room when it is where the whole was. One that waits in the pool by itself stays there while the whole
    only moves; one that was removed stays away.
    """
    shift, had_time, left = _shift(session, starts), session.starts_at is not None, session.room_id
    claim(session, version, _time(meeting, session, starts, ends) | {"room_id": room.id if room else None})
    _shift_talks(session, shift)
    for part in queries.parts_of(session):
        if part.starts_at or (starts and not had_time and not part.withdrawn):
            _move_part(meeting, part, starts, shift, room if part.room_id == left else part.room)
    return reread(session)


def minutes_of(session):
    """How long a session lasts, or will when it comes out of the pool; 60 when nobody has said."""
    if session.starts_at is None:
        return session.pool_minutes or 60
    return int((session.ends_at - session.starts_at) / timedelta(minutes=1))


def instant(meeting, day, clock):
    """The instant of the nearest line to a clock time of a day; Refusal in the hour that is left out when clocks go forward."""
    return exactly(meeting, day, snapped(clock))


def exactly(meeting, day, clock, *, field="clock"):
    """The instant of a clock time of a day; Refusal as in `instant`, at `field`."""
    found = instant_of(day, clock, meeting.zone)
    if found is None:
        raise Refusal(_("The clocks go forward that night: there is no such time on this day."), field=field)
    return found


def instant_told(text):
    """An instant as the trail wrote it, or None for no time."""
    return datetime.fromisoformat(text) if text else None


def _instant(meeting, session, day, clock):
    standing = session.starts_at and session.starts_at.astimezone(meeting.zone)
    if standing and (day_of(standing), standing.time().replace(second=0)) == (day, clock):
        return session.starts_at
    return instant(meeting, day, clock)


def _time(meeting, session, starts, ends):
    if starts:
        # A file may count what begins after four to the evening before: that stays until it moves.
        day = session.day if starts == session.starts_at else day_of(starts.astimezone(meeting.zone))
        return {"starts_at": starts, "ends_at": ends, "day": day, "pool_from": None, "pool_minutes": 0}
    kept = {} if session.starts_at is None else {"pool_from": session.starts_at, "pool_minutes": minutes_of(session)}
    return {"starts_at": None, "ends_at": None, "day": None, **kept}


def _shift(session, starts):
    stood = session.starts_at or session.pool_from
    return starts - stood if starts and stood else timedelta()


def _shift_talks(session, shift):
    """Pinned talks move with their session; in the pool they wait where they stood."""
    for talk in session.presentations if shift else ():
        if talk.starts_at is not None:
            talk.starts_at += shift


def _move_part(meeting, part, starts, shift, room):
    stood, room_id = part.starts_at or part.pool_from, room.id if room else None
    if stood is None or (starts and not shift and part.starts_at and room_id == part.room_id):
        return
    begins = stood + shift if starts else None
    ends = begins + timedelta(minutes=minutes_of(part)) if begins else None
    own_shift = _shift(part, begins) if begins else timedelta()
    claim(part, part.version, _time(meeting, part, begins, ends) | {"room_id": room_id})
    _shift_talks(part, own_shift)
