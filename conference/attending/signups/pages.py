"""Signing up, and giving back, on the page of a session; and what one has signed up for."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference.attending import held, overview
from conference.attending.blueprints import bp, public_programme, public_session
from conference.attending.signups import actions, queries
from conference.attending.signups.rules import SeatState
from conference.kernel import clock, transaction
from conference.registration import registration_in
from conference.web import allow, signed_in


@bp.get("/my-sessions")
@allow(signed_in)
def mine(code):
    """What somebody has signed up for, may evaluate and may watch."""
    meeting, programme = public_programme(code)
    entry = held.entry_of(current_user.person, meeting)
    found = overview.of_person(current_user.person, entry, meeting, programme, clock.now())
    return render_template("attending/mine.html", meeting=meeting, place=meeting, entry=entry, **found)


@bp.post("/sessions/<int:number>/sign-up")
@allow(signed_in)
def sign_up(code, number):
    """Take a place, or get in line."""
    meeting, _programme, session = public_session(code, number)
    with transaction():
        row = queries.of_item(meeting.id, session.guid) or abort(404)
        entry = registration_in(meeting, current_user.person)
        if entry is None:
            actions.refuse_unregistered()
        seat = actions.sign_up(entry, row.id, meeting=meeting, now=clock.now())
        is_taken = seat.state == SeatState.TAKEN
    if is_taken:
        flash(_("You have a place. The session is in your schedule."), "good")
    else:
        flash(_("You are on the waiting list. When a place becomes free it is yours, and we write to you."), "info")
    return _back(code, number)


@bp.post("/sessions/<int:number>/sign-up/end")
@allow(signed_in)
def give_back(code, number):
    """Give the place back, or wait no more."""
    meeting, _programme, session = public_session(code, number)
    with transaction():
        row = queries.of_item(meeting.id, session.guid) or abort(404)
        entry = registration_in(meeting, current_user.person) or abort(404)
        seat = queries.seat_in(row, entry)
        if seat is not None:
            actions.give_back(seat, meeting=meeting, now=clock.now())
    flash(_("You are no longer signed up. The star in your schedule stays."), "good")
    return _back(code, number)


def _back(code, number):
    return redirect(url_for("schedule.session", code=code, number=number) + "#sign-up", 303)
