"""Where these pages are mounted, and how they find what they are about."""

from flask import Blueprint, abort

from conference.kernel import db
from conference.schedule.abstracts import queries
from conference.schedule.addressed import find_meeting

bp = Blueprint("abstracts_staff", __name__, url_prefix="/staff/schedule/<code>")


def abstract_of(code, number):
    """(meeting, abstract with all that its page shows), as the rows are now; 404 without either."""
    db.session.expire_all()
    meeting = find_meeting(code)
    return meeting, queries.abstract_numbered(meeting, number) or abort(404)
