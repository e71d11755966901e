"""A talk gets another session, place, length or pinned start, another kind, track, board or hall, and, of no abstract, another title or text."""

from datetime import timedelta
from types import MappingProxyType

from conference import audit
from conference.kernel import db
from conference.schedule.actions import told_instant
from conference.schedule.claiming import claim, hold, reread
from conference.schedule.fitting import refuse_twice, refuse_unruled
from conference.schedule.formats import text as texts
from conference.schedule.importing_parts import put
from conference.schedule.timetable import moving

CHANGED = "changed a talk"
OWN = ("kind", "board", "hall", "track_id")  # of every talk
WORDS = ("title", "abstract")  # of one that presents no abstract
NOTHING: MappingProxyType = MappingProxyType({})


def change(*, meeting, talk, session, target, versions, place, minutes, starts, withdrawn, by, now, facts=NOTHING):
    """Write what may be changed of a talk of `session`, which may go to another one (`target`), at a place counted from 1.

    `versions` are those of the two sessions that were seen. A talk keeps its time of its own (`starts`, None: it follows the one before).
    `facts` are {column: value} of OWN and, of one that presents no abstract, of WORDS. The Entry, or None when nothing changed.
    Refusal when the other one has its abstract already, and for another kind that no rule of embargo can know. Stale when somebody has
    changed one of the two sessions since.
    """
    hold(meeting)
    if facts.get("kind", talk.kind) != talk.kind:
        refuse_unruled(meeting, facts["kind"])
    before = told(talk, session)
    facts = facts | {"minutes": minutes, "starts_at": starts, "withdrawn": withdrawn}
    target = write(talk, session, target, versions, place=place, facts=facts)
    before, after = audit.differing(before, told(talk, target))
    if not after:
        return None
    entry = audit.record(by=by, verb=CHANGED, subject=talk, now=now, before=before, after=after)
    db.session.flush()
    return entry


def write(talk, session, target, versions, *, place, facts):
    """As `change`, with all that is written of it as `facts`, and tell nothing; the session that the talk is in then."""
    seen = {session.id: (session, versions[0]), target.id: (target, versions[1])}
    for row, version in seen.values():
        claim(row, version, {})
    if talk.abstract_id and target.id != session.id:
        refuse_twice(target, talk.abstract_id)
    known = {name: value for name, value in facts.items() if name not in WORDS or not talk.abstract_id}
    put(talk, **known)
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
        "title": (talk.submission or talk).title,
        **{name: getattr(talk, name) for name in OWN if name != "track_id"},
        "track": talk.track.name if talk.track else "",
        "text": texts.as_typed(talk.abstract),
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
