"""Registering one person at the desk by hand."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import checkout, people, registration
from conference.kernel import Refusal, clock, is_ref, keep_nothing, transaction
from conference.staff.access import registrar
from conference.staff.entry_form import EntryForm, sold_at_desk
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.staff.routes.walk_in import show_doubles
from conference.web import allow, refuse_into


@bp.get("/registrations/<code>/new")
@allow(registrar)
def new_registration(code):
    """A form for one person."""
    meeting = meeting_of(code)
    sold = sold_at_desk(meeting, clock.now())
    return _show(meeting, sold, EntryForm().of(sold) if sold else None)


@bp.post("/registrations/<code>/new/check")
@allow(registrar)
def check_registration(code):
    """The price with its reason, and what will happen; nothing happens before."""
    meeting, sold, form = _posted(code)
    _recognise(form, request.form.get("same", ""))
    if not form.validate():
        return _show(meeting, sold, form), 422
    try:
        return _show_check(meeting, form)
    except Refusal as refusal:
        return _show_refused(meeting, sold, form, refusal)


@bp.post("/registrations/<code>/new/change")
@allow(registrar)
def change_registration(code):
    """Back to the form with all that was typed."""
    meeting, sold, form = _posted(code)
    return _show(meeting, sold, form)


@bp.post("/registrations/<code>/new")
@allow(registrar)
def register(code):
    """Register them at the price that was shown, or show the registration that they have already."""
    meeting, sold, form = _posted(code)
    if not form.validate():
        return _show(meeting, sold, form), 422
    try:
        with transaction():
            entry = _entered(meeting, form)
    except Refusal as refusal:
        return _show_refused(meeting, sold, form, refusal)
    flash(_("%(name)s is registered.", name=people.by_id(entry.person_id).full_name), "good")
    return redirect(url_for(".registration", ref=entry.ref), 303)


def _posted(code):
    meeting = meeting_of(code)
    sold = sold_at_desk(meeting, clock.now())
    if sold is None:
        abort(redirect(url_for(".new_registration", code=meeting.code), 303))
    return meeting, sold, EntryForm.of_request().of(sold)


def _entered(meeting, form):
    return checkout.enter_one(
        meeting=meeting,
        wish=form.wish(),
        values=form.person(),
        paid_as=form.paid_as,
        seen_total=form.seen_total,
        letter=form.letter.data,
        by=current_user.person,
        now=clock.now(),
        waived=form.waived.data or "",
        told_apart=form.told_apart,
        recognised=form.recognised.data or "",
    )


def _recognise(form, ref):
    """It is somebody known, whatever was typed: their own address counts, the typed one is remembered in the trail."""
    person = people.by_ref(ref) if is_ref(ref) else None
    if person is not None:
        form.recognised.data, form.email.data, form.apart.data = form.email.data, person.email, ""


def _show(meeting, sold, form, existing=None):
    if sold is not None:
        form.untick(sold)
    return render_template("staff/new.html", meeting=meeting, sold=sold, form=form, existing=existing)


def _show_check(meeting, form, refusal=None):
    doubles = checkout.doubles_of(form.person(), form.told_apart)
    if doubles:
        return show_doubles(meeting, form, doubles, url_for(".check_registration", code=meeting.code))
    now = clock.now()
    waived = form.waived.data or ""
    with transaction():
        offer = checkout.try_entry(
            form.wish(), values=form.person(), meeting=meeting, by=current_user.person, now=now, waived=waived
        )
        keep_nothing()
    return render_template(
        "staff/new_check.html",
        meeting=meeting,
        form=form,
        offer=offer,
        known=people.by_email(form.email.normal),
        refusal=refusal,
        until=checkout.held_until(meeting, now),
        mode_name=registration.mode_name,
        span_name=registration.span_name,
    )


def _show_refused(meeting, sold, form, refusal):
    """The form again with the reason at its field; when it was the price alone, the check once more with the new one."""
    if isinstance(refusal, checkout.MaybeKnown):
        return _show_check(meeting_of(meeting.code), form)
    if refusal.field == "total":
        return _show_check(meeting_of(meeting.code), form, refusal), 409
    refuse_into(form, refusal)
    return _show(meeting, sold, form, existing=getattr(refusal, "entry", None)), 422
