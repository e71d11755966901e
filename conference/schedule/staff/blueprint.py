"""Where the programme's desk is mounted, and how its addresses find what they are about."""

from flask import Blueprint, abort

from conference import meetings
from conference.kernel import db
from conference.schedule import queries
from conference.schedule.paper.pages import bp as paper
from conference.schedule.timetable.pages import bp as timetable

bp = Blueprint("schedule_staff", __name__, url_prefix="/staff/schedule")
bp.register_blueprint(timetable)
bp.register_blueprint(paper)


def find_meeting(code):
    """The meeting of an address, or 404."""
    return meetings.by_code(code) or abort(404)


def find_session(code, number):
    """(meeting, session with all below it) as the database has them now, or 404."""
    db.session.expire_all()
    meeting = find_meeting(code)
    return meeting, queries.session_numbered(meeting, number) or abort(404)
