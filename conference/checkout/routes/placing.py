"""The last step of registering, and dues alone: everything summed up, then placed."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from conference import accounts, meetings, registration
from conference.checkout import placing
from conference.checkout.forms import CodeForm
from conference.checkout.routes.blueprint import bp, to_payment
from conference.kernel import Refusal, clean_line, clock, transaction, whole_number
from conference.registration import State
from conference.web import allow, allow_payment_origin, refuse_into, signed_in


@bp.get("/meetings/<code>/register/review")
@allow(signed_in)
def review(code):
    """Step 5: everything summed up, with the reason of each amount."""
    meeting, draft = _draft(code)
    return _show_review(meeting, draft)


@bp.post("/meetings/<code>/register/review")
@allow(signed_in)
def place(code):
    """Place the order at the price that was shown and go to the payment page."""
    meeting, draft = _draft(code)
    seen = whole_number(request.form.get("total", ""), 15)
    try:
        with transaction():
            order = placing.place(
                draft=draft,
                meeting=meeting,
                person=current_user.person,
                now=clock.now(),
                seen_total=-1 if seen is None else seen,
                client=accounts.client(),
            )
    except Refusal as refusal:
        return _refused(meeting, draft, refusal)
    return to_payment(order)


@bp.post("/meetings/<code>/register/code")
@allow(signed_in)
def redeem(code):
    """Use a code that was typed, if it holds for what was chosen."""
    meeting, draft = _draft(code)
    form = CodeForm.of_request()
    if not form.validate():
        return _show_review(meeting, draft, form=form), 422
    with transaction():
        accounts.claim("discount-code", current_user.person.id, now=clock.now())
    try:
        with transaction():
            placing.redeem(draft, form.discount_code.data, meeting=meeting, person=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_review(meeting, draft, form=form), 422
    return redirect(url_for(".review", code=meeting.code), 303)


@bp.post("/meetings/<code>/register/code/remove")
@allow(signed_in)
def forget_code(code):
    """Take the code away."""
    meeting, draft = _draft(code)
    with transaction():
        placing.redeem(draft, "", meeting=meeting, person=current_user.person, now=clock.now())
    return redirect(url_for(".review", code=meeting.code), 303)


@bp.post("/checkout/dues")
@allow(signed_in)
def dues():
    """Join or renew, without a meeting."""
    try:
        with transaction():
            order = placing.place_dues(
                type_code=clean_line(request.form.get("type", ""))[:40], person=current_user.person, now=clock.now()
            )
    except Refusal as refusal:
        flash(str(refusal), "bad")
        return redirect(url_for("membership.join"), 303)
    return to_payment(order)


def _draft(code):
    meeting = meetings.by_code(code) or abort(404)
    draft = registration.registration_in(meeting, current_user.person)
    if not meeting.is_public or meeting.phase(clock.now()) is not meetings.Phase.OPEN:
        abort(redirect(url_for("registration.start", code=meeting.code), 303))
    if draft is None or draft.state not in (State.DRAFT, State.CANCELLED) or draft.category is None:
        abort(redirect(url_for("registration.start", code=meeting.code), 303))
    return meeting, draft


def _show_review(meeting, draft, refusal=None, form=None):
    party = advice = None
    whose = {"meeting": meeting, "person": current_user.person, "now": clock.now()}
    try:
        party = registration.guests.with_guests(draft, **whose)
        advice = registration.pricing.advice_for(party.parts[0].offer, registration.wish_of(draft), **whose)
    except Refusal as unpriced:
        refusal = refusal or unpriced
    allow_payment_origin()
    return render_template(
        "checkout/review.html",
        meeting=meeting,
        draft=draft,
        party=party,
        guests=registration.guests.drafts_of(draft),
        brings=registration.guests.may_bring(meeting, code=draft.category.code, mode=draft.mode),
        advice=advice,
        refusal=refusal,
        code_form=form or CodeForm(formdata=None),
        steps=registration.step_names(),
        proof=registration.eligibility.queries.wanted_of(draft),
    )


def _refused(meeting, draft, refusal):
    """Back to the step that is missing, or the same page with the reason; a double click goes to the order just placed."""
    if refusal.field in ("details", "questions"):
        return redirect(url_for(f"registration.{refusal.field}", code=meeting.code), 303)
    now_state = registration.registration_in(meeting, current_user.person).state
    if now_state in (State.HELD, State.CONFIRMED):
        return redirect(url_for(".mine", code=meeting.code), 303)
    return _show_review(meeting, draft, refusal), 409
