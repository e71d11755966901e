"""Checking, paying, and what became of an order."""

import logging

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from conference import accounts, meetings, payments, registration
from conference.checkout import documents, mails, paying, placing
from conference.checkout.calendars import calendar_of
from conference.checkout.queries import registration_in
from conference.checkout.settling import lapse_if_due
from conference.kernel import Refusal, clean_line, clock, transaction
from conference.payments import OrderState, gateway
from conference.registration import State
from conference.web import allow, allow_payment_origin, signed_in

log = logging.getLogger(__name__)
bp = Blueprint("checkout", __name__)


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
    seen = request.form.get("total", "")
    seen_total = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else -1
    try:
        with transaction():
            order = placing.place(
                draft=draft,
                meeting=meeting,
                person=current_user.person,
                now=clock.now(),
                seen_total=seen_total,
                client=accounts.client(),
            )
    except Refusal as refusal:
        return _refused(meeting, draft, refusal)
    return _to_payment(order)


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
    return _to_payment(order)


@bp.get("/meetings/<code>/register/mine")
@allow(signed_in)
def mine(code):
    """Where the person stands with this meeting: their newest order, or the first step."""
    meeting = meetings.by_code(code) or abort(404)
    entry = registration.registration_in(meeting, current_user.person)
    orders = payments.orders_with_line("registration", entry.id) if entry else []
    if not orders:
        return redirect(url_for("registration.details", code=meeting.code), 303)
    return redirect(url_for(".order", ref=orders[0].ref), 303)


@bp.get("/orders/<ref:ref>")
@allow(signed_in)
def order(ref):
    """One's own order as it stands now, and what happens next."""
    return _show_order(_own(ref))


@bp.get("/orders/<ref:ref>/return")
@allow(signed_in)
def came_back(ref):
    """Back from the payment page: nothing is decided here; the page looks again until Stripe's word has come."""
    found = _own(ref)
    if found.state == OrderState.OPEN:
        response = make_response(render_template("checkout/checking.html", order=found))
        response.headers["Refresh"] = "2"
        return response
    return redirect(url_for(".order", ref=ref), 303)


@bp.post("/orders/<ref:ref>/pay")
@allow(signed_in)
def pay(ref):
    """Go (again) to the payment page."""
    return _to_payment(_own(ref))


@bp.post("/orders/<ref:ref>/extend")
@allow(signed_in)
def extend(ref):
    """Hold the places a while longer."""
    found = _own(ref)
    with transaction():
        done = placing.extend(found, now=clock.now())
    if done:
        flash(_("Your places are held longer."), "good")
    else:
        flash(_("They cannot be held longer. Pay now, or give them back."), "warn")
    return redirect(url_for(".order", ref=ref), 303)


@bp.post("/orders/<ref:ref>/give-back")
@allow(signed_in)
def give_back(ref):
    """Give unpaid places back: the payment page is closed first, so that no money can still come by it."""
    found = _own(ref)
    if found.state != OrderState.OPEN:
        return redirect(url_for(".order", ref=ref), 303)
    with transaction():
        paying.claim_call(found)
    try:
        paying.close_and_look(found)
    except gateway.Unreachable:
        flash(_("The payment service does not answer. Your places are still held; try again in a minute."), "warn")
        return redirect(url_for(".order", ref=ref), 303)
    with transaction():
        found = lapse_if_due(found.id, now=clock.now(), at_once=True)
    if found.state == OrderState.LAPSED:
        flash(_("Your places have been given back. What you typed is kept."), "good")
    return redirect(url_for(".order", ref=ref), 303)


@bp.post("/orders/<ref:ref>/letter")
@allow(signed_in)
def letter_again(ref):
    """Send the confirmation once more."""
    found = _own(ref)
    if found.state != OrderState.PAID:
        abort(409)
    with transaction():
        accounts.claim("letter-again", current_user.person.id, now=clock.now())
        mails.again(found, now=clock.now())
    flash(_("The confirmation is on its way to you again."), "good")
    return redirect(url_for(".order", ref=ref), 303)


@bp.get("/orders/<ref:ref>/receipt.pdf")
@allow(signed_in)
def receipt(ref):
    """The receipt of a settled order."""
    found = _own(ref)
    if found.state not in (OrderState.PAID, OrderState.RETURNED):
        abort(404)
    with transaction():
        accounts.claim("document", current_user.person.id, now=clock.now())
    return documents.pdf_response(documents.receipt(found), f"receipt-{found.ref}.pdf")


@bp.get("/orders/<ref:ref>/calendar.ics")
@allow(signed_in)
def calendar(ref):
    """The meeting, and what one booked of it, for one's own calendar."""
    entry = registration_in(_own(ref)) or abort(404)
    response = make_response(calendar_of(entry))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{entry.meeting.code}.ics"'
    return response


def _own(ref):
    return payments.order_of(current_user.person, ref) or abort(404)


def _draft(code):
    meeting = meetings.by_code(code) or abort(404)
    draft = registration.registration_in(meeting, current_user.person)
    if not meeting.is_public or meeting.phase(clock.now()) is not meetings.Phase.OPEN:
        abort(redirect(url_for("registration.start", code=meeting.code), 303))
    if draft is None or draft.state not in (State.DRAFT, State.CANCELLED) or draft.category is None:
        abort(redirect(url_for("registration.start", code=meeting.code), 303))
    return meeting, draft


def _show_review(meeting, draft, refusal=None):
    offer = None
    try:
        offer = registration.offer_for(draft, meeting=meeting, person=current_user.person, now=clock.now())
    except Refusal as unpriced:
        refusal = refusal or unpriced
    allow_payment_origin()
    return render_template(
        "checkout/review.html",
        meeting=meeting,
        draft=draft,
        offer=offer,
        refusal=refusal,
        steps=registration.step_names(),
    )


def _refused(meeting, draft, refusal):
    """Back to the step that is missing, or the same page with the reason; a double click goes to the order just placed."""
    if refusal.field in ("details", "questions"):
        return redirect(url_for(f"registration.{refusal.field}", code=meeting.code), 303)
    now_state = registration.registration_in(meeting, current_user.person).state
    if now_state in (State.HELD, State.CONFIRMED):
        return redirect(url_for(".mine", code=meeting.code), 303)
    return _show_review(meeting, draft, refusal), 409


def _to_payment(order):
    if order.state != OrderState.OPEN:
        return redirect(url_for(".order", ref=order.ref), 303)
    try:
        page = paying.payment_page(order, email=current_user.person.email, locale=get_locale().language)
        if page is None and _own(order.ref).state == OrderState.OPEN:
            flash(
                _("This was held as long as it can be. It is given back in a moment; then you can choose again."),
                "warn",
            )
    except gateway.Unreachable as error:
        log.warning("order %s: no payment page: %s", order.ref, type(error).__name__)
        flash(_("The payment service does not answer just now. Your places are held; try again in a moment."), "warn")
        page = None
    return redirect(page or url_for(".order", ref=order.ref), 303)


def _show_order(found):
    entry = registration_in(found)
    allow_payment_origin()
    return render_template(
        "checkout/order.html",
        order=found,
        entry=entry,
        zone=entry.meeting.timezone if entry else "UTC",
        payments=payments.payments_of(found),
        refunds=payments.refunds_of(found),
        may_extend=placing.may_extend(found),
    )
