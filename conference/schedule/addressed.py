"""What the addresses of the programme's desk are about, as the database has it now; 404 for what is not there."""

from flask import abort

from conference import meetings
from conference.kernel import db
from conference.schedule import queries


def find_meeting(code):
    """The meeting of an address."""
    return meetings.by_code(code) or abort(404)


def find_session(code, number):
    """(meeting, session with all below it)."""
    db.session.expire_all()
    meeting = find_meeting(code)
    return meeting, queries.session_numbered(meeting, number) or abort(404)
