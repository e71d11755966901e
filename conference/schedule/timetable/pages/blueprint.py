"""Where the timetable is mounted below the programme's desk, and how its addresses find what they are about."""

from flask import Blueprint, abort, url_for

from conference import meetings
from conference.kernel import db
from conference.schedule import queries

bp = Blueprint("timetable", __name__, url_prefix="/<code>/timetable")


def find_meeting(code):
    """The meeting of an address, or 404."""
    return meetings.by_code(code) or abort(404)


def find_session(code, number):
    """(meeting, session with all below it) as the database has them now, or 404."""
    db.session.expire_all()
    meeting = find_meeting(code)
    return meeting, queries.session_numbered(meeting, number) or abort(404)


def board_of(meeting, day, *, entry=None, number=None):
    """The address of a day of the timetable, which tells what an entry of the trail has done; `number` is the session that it is at."""
    asked = {"day": day.isoformat() if day else None, "done": entry.id if entry else None}
    return url_for(".board", code=meeting.code, **asked, _anchor=f"session-{number}" if number else None)
