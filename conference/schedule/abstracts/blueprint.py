"""Where these pages are mounted, and how they find what they are about."""

from flask import Blueprint, abort

from conference import meetings
from conference.kernel import db
from conference.schedule.abstracts import queries

bp = Blueprint("abstracts_staff", __name__, url_prefix="/staff/schedule/<code>")


def meeting_of(code):
    """The meeting with this code; 404 without."""
    return meetings.by_code(code) or abort(404)


def abstract_of(code, number):
    """(meeting, abstract with all that its page shows), as the rows are now; 404 without either."""
    db.session.expire_all()
    meeting = meeting_of(code)
    return meeting, queries.abstract_numbered(meeting, number) or abort(404)
