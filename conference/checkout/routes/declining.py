"""“This is not for me”: for whoever a payer has put on a roster, or ordered for, signed in as themselves."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import meetings, registration
from conference.checkout import declining
from conference.checkout.routes.blueprint import bp, close_pages
from conference.kernel import Refusal, clock, transaction
from conference.registration import groups
from conference.web import allow, signed_in

MINE = "/meetings/<code>/register/rosters"


@bp.get(MINE)
@allow(signed_in)
def my_rosters(code):
    """Who has put the reader down for this meeting, and what became of it."""
    meeting = _meeting(code)
    return render_template(
        "checkout/groups/rosters.html", meeting=meeting, found=_mine(meeting), states=groups.SeatState
    )


@bp.get(f"{MINE}/<int:seat_id>/decline")
@allow(signed_in)
def decline_seat(code, seat_id):
    """What saying no means as it stands."""
    seat, group, state = _own(code, seat_id)
    return _show(seat, group, state)


@bp.post(f"{MINE}/<int:seat_id>/decline")
@allow(signed_in)
def do_decline(code, seat_id):
    """Say no."""
    seat, group, state = _own(code, seat_id)
    try:
        with transaction():
            orders = declining.decline(seat, group, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return _show(seat, group, state, refusal), 409
    close_pages(orders)
    flash(_("%(name)s is told that this is not for you.", name=group.name), "good")
    return redirect(url_for(".my_rosters", code=code), 303)


@bp.post(f"{MINE}/<int:seat_id>/accept")
@allow(signed_in)
def accept_seat(code, seat_id):
    """Take part after all."""
    seat, group, state = _own(code, seat_id)
    try:
        with transaction():
            declining.accept(seat, group, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return _show(seat, group, state, refusal), 409
    flash(_("%(name)s is told that you take part after all.", name=group.name), "good")
    return redirect(url_for(".my_rosters", code=code), 303)


def _meeting(code):
    meeting = meetings.by_code(code)
    return meeting if meeting is not None and meeting.is_public else abort(404)


def _mine(meeting):
    """[(seat, group, state)] of what can still be answered: what has ended is over."""
    found = groups.seats_about(current_user.person, meeting)
    return [each for each in found if each[2] is not groups.SeatState.ENDED]


def _own(code, seat_id):
    return next((each for each in _mine(_meeting(code)) if each[0].id == seat_id), None) or abort(404)


def _show(seat, group, state, refusal=None):
    values = {"seat": seat, "group": group, "meeting": group.meeting, "state": state, "refusal": refusal}
    may_register = meetings.can_register(group.meeting, clock.now())
    entry = registration.registration_in(group.meeting, current_user.person)
    return render_template("checkout/groups/decline.html", may_register=may_register, entry=entry, **values)
