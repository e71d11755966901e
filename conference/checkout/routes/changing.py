"""Changing or cancelling one's own registration: choose, see what it costs, confirm it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import meetings, registration
from conference.checkout import returning
from conference.checkout.change_form import change_form, wish_typed
from conference.checkout.changing import asking, quoting
from conference.checkout.changing.sold import payers_of
from conference.checkout.routes.blueprint import bp, to_payment
from conference.kernel import Refusal, clean_line, clock, transaction
from conference.payments import order_by_id
from conference.registration import State, changes
from conference.web import allow, allow_payment_origin, signed_in

TYPED = ("category", "mode", "span", "extras")
# A guest is renamed rather than replaced.
OF_GUESTS = tuple(kind for kind in changes.ASKED if kind != changes.Kind.SUBSTITUTE)


@bp.get("/meetings/<code>/register/change")
@bp.get("/meetings/<code>/register/guests/<ref:guest_ref>/change")
@allow(signed_in)
def change(code, guest_ref=None):
    """What they have, what could be instead, and what changes cost until when."""
    entry = own_entry(code, guest_ref)
    return _show_form(entry, request.args or None)


@bp.get("/meetings/<code>/register/change/check")
@bp.get("/meetings/<code>/register/guests/<ref:guest_ref>/change/check")
@allow(signed_in)
def check_change(code, guest_ref=None):
    """What the change costs now, and the button that does it."""
    entry, now = own_entry(code, guest_ref), clock.now()
    if not request.args:
        return redirect(url_for(".change", code=code, guest_ref=guest_ref), 303)
    form, _sold = change_form(request.args, entry, now)
    try:
        quote = quoting.quote_change(entry, wish_typed(form), now=now)
    except Refusal as refusal:
        return _show_form(entry, request.args, refusal), 422
    return _show_quote(entry, quote, typed=request.args)


@bp.post("/meetings/<code>/register/change")
@bp.post("/meetings/<code>/register/guests/<ref:guest_ref>/change")
@allow(signed_in)
def do_change(code, guest_ref=None):
    """Do it, or hold it until the rest is paid."""
    entry, now = own_entry(code, guest_ref), clock.now()
    form, _sold = change_form(request.form, entry, now)
    seen = clean_line(request.form.get("seen", ""))[:80]
    try:
        with transaction():
            wish = wish_typed(form)
            asked = asking.change(entry, wish, seen=seen, by=current_user.person, now=now)
    except Refusal as refusal:
        return _show_form(own_entry(code, guest_ref), request.form, refusal), 409
    return _go_on(entry, asked)


@bp.get("/meetings/<code>/register/cancel")
@bp.get("/meetings/<code>/register/guests/<ref:guest_ref>/cancel")
@allow(signed_in)
def cancel(code, guest_ref=None):
    """What cancelling keeps and sends back today."""
    entry = own_entry(code, guest_ref)
    try:
        quote = quoting.quote_cancel(entry, now=clock.now())
    except Refusal as refusal:
        return _show_form(entry, None, refusal), 409
    return _show_quote(entry, quote)


@bp.post("/meetings/<code>/register/cancel")
@bp.post("/meetings/<code>/register/guests/<ref:guest_ref>/cancel")
@allow(signed_in)
def do_cancel(code, guest_ref=None):
    """End the registration."""
    entry = own_entry(code, guest_ref)
    seen = clean_line(request.form.get("seen", ""))[:80]
    try:
        with transaction():
            asked = asking.cancel(entry, seen=seen, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return _show_form(own_entry(code, guest_ref), None, refusal), 409
    return _go_on(entry, asked)


def own_entry(code, guest_ref=None):
    """The reader's own confirmed registration, or that of a guest of theirs; led to where they stand when it is none, 409 when
    somebody else paid for it."""
    meeting = meetings.by_code(code) or abort(404)
    found = registration.registration_in(meeting, current_user.person) or abort(404)
    entry = registration.guests.guest_of(found, guest_ref) or abort(404) if guest_ref else registration.by_id(found.id)
    if entry.state != State.CONFIRMED and guest_ref:
        abort(redirect(url_for("checkout.guests", code=meeting.code), 303))
    if entry.state == State.DRAFT:
        abort(404)
    if entry.state != State.CONFIRMED:
        abort(redirect(url_for("checkout.mine", code=meeting.code), 303))
    if payers_of(entry) - {current_user.person.id}:
        raise Refusal(_("Somebody else paid for your registration: ask them, or write to the office."))
    return entry


def _go_on(entry, asked):
    if asked.state == changes.ChangeState.OPEN:
        return to_payment(order_by_id(asked.order_id))
    flash(
        " ".join([_("Done. A letter is on its way to you."), *returning.promised(asked, to=current_user.person.id)]),
        "good",
    )
    return redirect(url_for(".guests" if entry.host_id else ".mine", code=entry.meeting.code), 303)


def _whose(entry):
    """What an address of these pages says of the registration that it is about."""
    return {"code": entry.meeting.code, "guest_ref": entry.ref if entry.host_id else None}


def _show_form(entry, typed, refusal=None):
    now = clock.now()
    form, sold = change_form(typed, entry, now)
    waiting = registration.changes.open_change(entry)
    return render_template(
        "checkout/change.html",
        entry=entry,
        whose=_whose(entry),
        meeting=entry.meeting,
        form=form,
        sold=sold,
        refusal=refusal,
        waiting=order_by_id(waiting.order_id) if waiting else None,
        policy=registration.changes.change_policy(
            entry.meeting, category=entry.category.code, now=now, kinds=OF_GUESTS if entry.host_id else changes.ASKED
        ),
    )


def _show_quote(entry, quote, typed=None):
    allow_payment_origin()
    kept = {name: typed.getlist(name) for name in TYPED} if typed else {}
    return render_template(
        "checkout/change_check.html",
        entry=entry,
        whose=_whose(entry),
        meeting=entry.meeting,
        quote=quote,
        is_cancel=quote.kind == registration.changes.Kind.CANCEL,
        typed=[(name, value) for name, values in kept.items() for value in values],
        back=url_for(".change", **_whose(entry), **kept),
    )
