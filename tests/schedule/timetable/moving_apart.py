"""What editors of the timetable in processes of their own do: all of them drop the same session at the same moment."""

from datetime import date, time

from conference import meetings
from conference.kernel import clock, db, transaction
from conference.schedule import claiming, queries
from conference.schedule.timetable import moving
from tests.checkout import racing

DAY = date(2027, 5, 11)


def move(settings, share):
    """`share` is (version that was seen, hour): ["moved" or "stale"]."""
    with racing.application(settings).app_context():
        meeting = meetings.by_code("EX27")
        session = queries.session_numbered(meeting, 40)
        room = session.room
        racing._together()
        return [_move(meeting, session, room, *share)]


def move_unguarded(settings, share):
    """As `move`, with what many systems do: look whether it is what was seen, then write."""
    moving.claim = _look_then_write
    return move(settings, share)


def _move(meeting, session, room, version, hour):
    try:
        with transaction():
            moving.place(
                meeting=meeting, session=session, version=version, day=DAY, clock=time(hour), minutes=60, room=room,
                by=None, now=clock.now(),
            )  # fmt: skip
    except claiming.Stale:
        return "stale"
    finally:
        db.session.remove()
    return "moved"


def _look_then_write(session, version, values):
    db.session.refresh(session, ["version"])
    is_same = session.version == version
    db.session.commit()
    racing._together()
    if not is_same:
        raise claiming.Stale
    for name, value in values.items():
        setattr(session, name, value)
    session.version = version + 1
    claiming.reread(session)
