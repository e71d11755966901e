"""What the editor of a session writes: its words and people, its room and times, what it is a part of, and whether it is cancelled."""

from datetime import UTC, timedelta

from flask_babel import gettext as _

from conference import audit
from conference.kernel import Refusal
from conference.schedule.actions import told
from conference.schedule.claiming import hold, reread
from conference.schedule.importing_parts import put
from conference.schedule.roles import CHAIR, parts_of
from conference.schedule.rules import day_of
from conference.schedule.seating import seat
from conference.schedule.timetable import moving, nesting
from conference.schedule.timetable.rooms import room_typed


def times(meeting, session, starts, ends):
    """(start, end) of a session as instants, of two typed local times; None where nothing was typed.

    What stands stays when it reads the same on the clock: of a time that comes twice, too. Refusal at its field for a time that
    the clocks leave out.
    """
    begins = _instant(meeting, session.starts_at, starts, "starts")
    stops = _instant(meeting, session.ends_at, ends, "ends")
    if begins and stops and stops <= begins:  # of an end that comes twice the second may be meant
        stops = ends.replace(fold=1, tzinfo=meeting.zone).astimezone(UTC)
    return begins, stops


def _instant(meeting, standing, typed, field):
    if typed is None:
        return None
    if standing and standing.astimezone(meeting.zone).replace(tzinfo=None, second=0, microsecond=0) == typed:
        return standing
    return moving.exactly(meeting, day_of(typed), typed.time(), field=field)


def change_session(*, meeting, session, version, facts, room, starts, ends, whole, parts, by, now, is_apart=False):
    """Write what staff may change of a session of the draft, and move its talks and parts with it.

    `facts` are {column: value}, `parts` [(name, role)], `whole` is the number of the session that it is to be a part of, or None.
    `starts` and `ends` are None for one that stays in the pool. Refusal when it would end before it starts, or lose its time,
    for a new room whose name looks like that of another one, unless it `is_apart`, and as in `nesting.join`.
    Stale when somebody has changed it since `version` was seen.
    """
    _check(session, starts, ends)
    hold(meeting)
    before = told(session)
    there = room_typed(meeting, room, is_apart=is_apart, field="room") if room else None
    session = moving.write(meeting, session, version, starts, ends, there)
    put(session, **facts)
    nesting.join(meeting, session, whole)
    if _chairs_first(parts_of(session)) != parts:
        seat(meeting, session, parts)
    before, after = audit.differing(before, told(reread(session)))
    if after:
        audit.record(by=by, verb="changed a session", subject=session, now=now, before=before, after=after)


def _chairs_first(parts):
    """Parts in the order in which the form has them: what is sent as it was shown changes nothing, in whatever order a file gave them."""
    return sorted(parts, key=lambda part: part[1] != CHAIR)


def _check(session, starts, ends):
    if starts is None and (ends or session.starts_at):
        raise Refusal(_("Say when the session starts"), field="starts")
    if ends is None and starts:
        raise Refusal(_("Say when the session ends"), field="ends")
    if starts and ends - starts <= timedelta():
        raise Refusal(_("A session ends after it starts."), field="ends")
