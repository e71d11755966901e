"""Where these pages are mounted, and how their addresses find what they are about."""

from flask import Blueprint, abort
from sqlalchemy import select

from conference import meetings, schedule
from conference.attending import held
from conference.kernel import db
from conference.schedule import Session
from conference.web import staff

bp = Blueprint("attending", __name__, url_prefix="/meetings/<code>/schedule")
desk = Blueprint("attending_staff", __name__, url_prefix="/staff/schedule/<code>")

# Who is in which session is of use to those who make the programme and to those who look after people.
PEOPLE = staff("programme", "registration")
AT_THE_DOOR = staff("programme", "registration", "door")


def public_session(code, number):
    """(meeting, Published programme, session) of an address of the public programme; 404 without."""
    meeting, programme = public_programme(code)
    return meeting, programme, programme.sessions.get(number) or abort(404)


def public_programme(code):
    """(meeting, Published programme); 404 unless both are public."""
    meeting = meetings.by_code(code) or abort(404)
    return meeting, held.programme_of(meeting) or abort(404)


def draft_session(code, number):
    """(meeting, session of the draft with this number) as the rows are now; 404 without."""
    db.session.expire_all()
    meeting = meetings.by_code(code) or abort(404)
    mine = select(Session).where(Session.meeting_id == meeting.id, Session.number == number)
    return meeting, db.session.scalar(mine) or abort(404)


def whole_programme(meeting):
    """The Published programme with everything, for the desk; None before the first release."""
    place = schedule.published.place_of(meeting)
    return place and schedule.published.whole(place)
