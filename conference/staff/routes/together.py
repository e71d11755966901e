"""Badges of a whole list as one file: first how many they would be."""

from flask import render_template

from conference import badges
from conference.registration import Mode, Registration, State
from conference.staff.access import registrar
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import listed_by_request, meeting_of
from conference.web import allow


@bp.get("/registrations/<code>/badges")
@allow(registrar)
def badges_together(code):
    """How many of the list have a badge, ready to be ordered as one file."""
    listed = listed_by_request(meeting_of(code))
    clauses = (Registration.state == State.CONFIRMED, Registration.mode == str(Mode.IN_PERSON))
    refs = listed.refs(*clauses)
    return render_template(
        "staff/badges_together.html",
        meeting=listed.meeting,
        wish=listed.wish,
        refs=refs,
        most=badges.MOST_REFS,
        without=len(listed.ids()) - len(refs),
    )
