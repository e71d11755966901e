"""Where the timetable is mounted below the programme's desk, and the address of a day of it."""

from flask import Blueprint, url_for

bp = Blueprint("timetable", __name__, url_prefix="/<code>/timetable")


def board_of(meeting, day, *, entry=None, number=None):
    """The address of a day of the timetable, which tells what an entry of the trail has done; `number` is the session that it is at."""
    asked = {"day": day.isoformat() if day else None, "done": entry.id if entry else None}
    return url_for(".board", code=meeting.code, **asked, _anchor=f"session-{number}" if number else None)
