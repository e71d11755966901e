"""A talk gets another session, place, length or pinned start."""

from datetime import timedelta

from conference import audit
from conference.kernel import db
from conference.schedule.actions import told_instant
from conference.schedule.claiming import claim, hold, reread
from conference.schedule.fitting import refuse_twice
from conference.schedule.timetable import moving

CHANGED = "changed a talk"


def change(*, meeting, talk, session, target, versions, place, minutes, starts, withdrawn, by, now):
    """Write what may be changed of a talk of `session`, which may go to another one (`target`), at a place counted from 1.

    `versions` are those of the two sessions that were seen. A talk keeps its time of its own (`starts`, None: it follows the one before).
    The Entry, or None when nothing changed. Refusal when the other one has its abstract already. Stale when somebody has changed one of the two sessions since.
    """
    hold(meeting)
    before = told(talk, session)
    target = write(talk, session, target, versions, place=place, minutes=minutes, starts=starts, withdrawn=withdrawn)
    before, after = audit.differing(before, told(talk, target))
    if not after:
        return None
    entry = audit.record(by=by, verb=CHANGED, subject=talk, now=now, before=before, after=after)
    db.session.flush()
    return entry


def write(talk, session, target, versions, *, place, minutes, starts, withdrawn):
    """As `change`, and tell nothing; the session that the talk is in then."""
    seen = {session.id: (session, versions[0]), target.id: (target, versions[1])}
    for row, version in seen.values():
        claim(row, version, {})
    if talk.abstract_id and target.id != session.id:
        refuse_twice(target, talk.abstract_id)
    talk.minutes, talk.starts_at, talk.withdrawn = minutes, starts, withdrawn
    _put(talk, session, target, place)
    reread(session)
    return reread(target)


def hours_of(session):
    """(start, end) within which the talks of a session begin, in the pool those that it had; None when it never had any."""
    begins = session.starts_at or session.pool_from
    return (begins, begins + timedelta(minutes=moving.minutes_of(session))) if begins else None


def told(talk, session):
    """What the trail says of a talk of a loaded session."""
    order = [each.id for each in session.presentations]
    return {
        "session": session.number,
        "place": order.index(talk.id) + 1,
        "minutes": talk.minutes,
        "starts": told_instant(talk.starts_at),
        "withdrawn": talk.withdrawn,
    }


def _put(talk, session, target, place):
    """Number the talks of both sessions anew, with the talk at its place."""
    rows = {row.id: row for row in (*session.presentations, *target.presentations)}
    left = [row.id for row in session.presentations if row.id != talk.id]
    taken = [row.id for row in target.presentations if row.id != talk.id]
    taken.insert(max(0, min(place - 1, len(taken))), talk.id)
    for number, row_id in enumerate(left if session.id != target.id else ()):
        rows[row_id].position = number
    for number, row_id in enumerate(taken):
        rows[row_id].position = number
    talk.session_id = target.id
    db.session.flush()
    db.session.expire(talk, ["session"])
