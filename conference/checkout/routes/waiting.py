"""Waiting lists for those who wait: joining, where one stands, and the place that is offered."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import meetings, registration
from conference.checkout import waiting as flow
from conference.checkout.routes.blueprint import bp, to_payment
from conference.kernel import Refusal, clean_line, clock, transaction
from conference.registration import State
from conference.web import allow, allow_payment_origin, signed_in


@bp.get("/meetings/<code>/register/waiting")
@allow(signed_in)
def waiting(code):
    """What the person waits for, honestly counted, and what else can be waited for."""
    return _show_lists(_meeting(code))


@bp.post("/meetings/<code>/register/waiting")
@allow(signed_in)
def join_waiting(code):
    """Join the list of one thing."""
    meeting, key = _meeting(code), clean_line(request.form.get("what", ""))[:60]
    try:
        with transaction():
            wait = flow.join(key, meeting=meeting, person=current_user.person, now=clock.now())
    except Refusal as refusal:
        return _show_lists(meeting, refusal), 409
    flash(_("You are on the waiting list."), "good")
    return redirect(url_for(".waiting_place", ref=wait.ref), 303)


@bp.get("/waiting/<ref:ref>")
@allow(signed_in)
def waiting_place(ref):
    """Where the person stands on one list, or what is offered to them."""
    return _show_wait(_own(ref))


@bp.post("/waiting/<ref:ref>/take")
@allow(signed_in)
def take_offer(ref):
    """Take what is offered: on into registering, with the choice made."""
    wait = _own(ref)
    try:
        if wait.registration.state == State.CONFIRMED:
            return _add(wait)
        with transaction():
            flow.prepare(wait, now=clock.now())
    except Refusal as refusal:
        return _taken_before(_own(ref), refusal)
    return redirect(_next_step(wait), 303)


@bp.post("/waiting/<ref:ref>/leave")
@allow(signed_in)
def leave_waiting(ref):
    """Wait no longer, or decline: the place goes to the next at once."""
    wait = _own(ref)
    try:
        with transaction():
            registration.waiting.leave(wait, now=clock.now())
    except Refusal as refusal:
        return _show_wait(_own(ref), refusal), 409
    flash(_("You do not wait for %(what)s any more.", what=wait.what), "good")
    return redirect(url_for(".waiting", code=wait.meeting.code), 303)


def _add(wait):
    """What is offered is added to a registration that is paid: an order for just that, at the price that was shown."""
    seen = clean_line(request.form.get("seen", ""))[:80]
    with transaction():
        order = flow.add(wait, seen=seen, by=current_user.person, now=clock.now())
    if order is None:
        flash(_("%(what)s is yours.", what=wait.what), "good")
        return redirect(url_for(".mine", code=wait.meeting.code), 303)
    return to_payment(order)


def _taken_before(wait, refusal):
    """A second click leads to the order of the first; anything else is refused on the page."""
    order = flow.taken(wait)
    if order is not None and order.person_id == current_user.person.id:
        return to_payment(order)
    return _show_wait(wait, refusal), 409


def _meeting(code):
    meeting = meetings.by_code(code)
    return meeting if meeting is not None and meeting.is_public else abort(404)


def _own(ref):
    return registration.waiting.wait_of(current_user.person, ref) or abort(404)


def _next_step(wait):
    """Checking and paying when all else is done, else the first step that is missing."""
    entry, code = registration.registration_in(wait.meeting, current_user.person), wait.meeting.code
    if entry.category is None or not current_user.person.is_complete:
        return url_for("registration.details", code=code)
    if entry.questions_done_at is None:
        return url_for("registration.questions", code=code)
    return url_for(".review", code=code)


def _show_lists(meeting, refusal=None):
    waits = registration.waiting.live_of(current_user.person, meeting)
    things = flow.things_to_wait_for(meeting, current_user.person, clock.now())
    standing = {each.id: standing_of(each) for each in waits}
    return render_template(
        "checkout/waiting.html", meeting=meeting, waits=waits, standing=standing, things=things, refusal=refusal
    )


def _show_wait(wait, refusal=None):
    quoted, is_offered = None, wait.is_offered(clock.now())
    if is_offered and wait.registration.state == State.CONFIRMED:
        try:
            quoted = flow.quote(wait, now=clock.now())
        except Refusal as no:
            refusal = refusal or no
    allow_payment_origin()
    return render_template(
        "checkout/waiting_place.html",
        wait=wait,
        meeting=wait.meeting,
        standing=standing_of(wait),
        is_offered=is_offered,
        is_confirmed=wait.registration.state == State.CONFIRMED,
        quoted=quoted,
        is_held=wait.registration.state == State.HELD,
        refusal=refusal,
    )


def standing_of(wait):
    """(how many are ahead, how many offers are out) for somebody who waits; None for whoever does not."""
    if wait.state != registration.waiting.WaitState.WAITING:
        return None
    return registration.waiting.number_ahead(wait), registration.waiting.offers_out(wait.pool_id)
