"""The page behind somebody's invitation: what it gives, the way into registering, and saying that one cannot come."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import meetings, registration
from conference.checkout.forms import DeclineForm
from conference.checkout.routes.blueprint import bp
from conference.kernel import Refusal, clock, transaction
from conference.registration import invitations
from conference.web import allow, anyone, signed_in


@bp.get("/meetings/<code>/invitation/<ref:key>")
@allow(anyone)
def invitation(code, key):
    """What it gives and until when; to whoever holds the link, without the name of its person."""
    return _show(_invitation(code, key))


@bp.post("/meetings/<code>/invitation/<ref:key>")
@allow(signed_in)
def take_up_invitation(code, key):
    """Category and code are set: on into registering."""
    found = _invitation(code, key)
    try:
        with transaction():
            invitations.take_up(found, current_user.person, now=clock.now())
    except Refusal as refusal:
        return _show(_invitation(code, key), refusal), 409
    flash(_("Your invitation is in place. Go through the steps; what it covers is taken off at the end."), "good")
    return redirect(url_for("registration.details", code=found.meeting.code), 303)


@bp.get("/meetings/<code>/invitation/<ref:key>/decline")
@allow(anyone)
def decline_invitation(code, key):
    """Sure?"""
    found = _invitation(code, key)
    if _told(found).shown not in invitations.UNANSWERED:
        return redirect(url_for(".invitation", code=code, key=key), 303)
    return _show_decline(found, DeclineForm())


@bp.post("/meetings/<code>/invitation/<ref:key>/decline")
@allow(anyone)
def do_decline_invitation(code, key):
    """The link is enough to say that one cannot come: the place is free at once."""
    found, form = _invitation(code, key), DeclineForm.of_request()
    if not form.validate():
        return _show_decline(found, form), 422
    by = current_user.person if current_user.is_authenticated and current_user.person.id == found.person_id else None
    try:
        with transaction():
            invitations.decline(found, reason=form.reason.data, by=by, now=clock.now())
    except Refusal as refusal:
        return _show(_invitation(code, key), refusal), 409
    return redirect(url_for(".invitation", code=code, key=key), 303)


def _invitation(code, key):
    meeting = meetings.by_code(code)
    if meeting is None or not meeting.is_public:
        abort(404)
    return invitations.queries.by_key(meeting, key) or abort(404)


def _told(found):
    return invitations.queries.told_of(found)


def _show(found, refusal=None):
    is_theirs = current_user.is_authenticated and current_user.person.id == found.person_id
    now, told = clock.now(), _told(found)
    return render_template(
        "checkout/invitation.html",
        invitation=found,
        meeting=found.meeting,
        told=told,
        titles=invitations.covered(found),
        is_theirs=is_theirs,
        is_over=found.valid_until <= now,
        is_open=meetings.can_register(found.meeting, now),
        may_answer=told.shown in invitations.UNANSWERED and found.valid_until > now,
        whose=found.person.email if is_theirs else invitations.masked(found.person.email),
        proof=_proof(found) if is_theirs else None,
        sign_in=url_for("accounts.sign_in", next=request.path),
        refusal=refusal,
    )


def _proof(found):
    """What their category asks to be proved first, once they have begun to register; None for nothing."""
    entry = registration.registration_in(found.meeting, current_user.person)
    if entry is None or entry.category_id != found.category_id or not found.kind.asks_eligibility:
        return None
    return registration.eligibility.queries.wanted_of(entry)


def _show_decline(found, form):
    return render_template("checkout/decline_invitation.html", invitation=found, meeting=found.meeting, form=form)
