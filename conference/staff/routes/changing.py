"""Changing or cancelling somebody's registration at the desk: the same quote as for themselves, with the fee or without."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import checkout
from conference.kernel import Refusal, clock, transaction
from conference.registration import State, changes, groups
from conference.staff.access import registrar
from conference.staff.change_forms import OnBehalfForm, SureForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registration import back_to, entry_of
from conference.web import allow

TYPED = ("category", "mode", "span", "extras")


@bp.get("/registration/<ref:ref>/change")
@allow(registrar)
def change(ref):
    """Another ticket, other add-ons, or none any more."""
    return _show(entry_of(ref), request.args or None)


@bp.get("/registration/<ref:ref>/change/check")
@allow(registrar)
def check_change(ref):
    """What it costs now, before anything happens."""
    entry = entry_of(ref)
    if not request.args:
        return redirect(url_for(".change", ref=entry.ref), 303)
    behalf = OnBehalfForm(request.args)
    if not behalf.validate():
        return _show(entry, request.args, behalf=behalf), 422
    try:
        quote = _quote(entry, request.args, behalf.waived.data)
    except Refusal as refusal:
        return _show(entry, request.args, refusal, behalf), 422
    kept: dict[str, Any] = {
        name: request.args.getlist(name) for name in (*TYPED, "waived", "reason", "ends") if name in request.args
    }
    return render_template(
        "staff/change_check.html",
        entry=entry,
        seated=groups.seat_by_registration(entry),
        quote=quote,
        is_cancel=quote.kind == changes.Kind.CANCEL,
        typed=[(name, value) for name, values in kept.items() for value in values],
        back=url_for(".change", ref=entry.ref, **kept),
    )


@bp.post("/registration/<ref:ref>/change")
@allow(registrar)
def do_change(ref):
    """Do it; a letter asks for what is still due, and tells what goes back."""
    entry, form = entry_of(ref), SureForm.of_request()
    if not form.validate():
        return _show(entry, request.form, behalf=form), 422
    try:
        with transaction():
            asked = _ask(entry, form)
    except Refusal as refusal:
        return _show(entry_of(ref), request.form, refusal, form), 409
    waits = asked.state == changes.ChangeState.OPEN
    told = (
        _("The change waits for its payment: a letter says how.") if waits else _("Done. The person is told by letter.")
    )
    flash(told, "good")
    return back_to(entry)


def _quote(entry, typed, waived):
    now = clock.now()
    if typed.get("ends"):
        return checkout.quote_cancel(entry, now=now, waived=waived)
    form, _sold = checkout.change_form(typed, entry, now)
    return checkout.quote_change(entry, checkout.wish_typed(form), now=now, waived=waived)


def _ask(entry, form):
    now = clock.now()
    how = {"seen": form.seen.data, "by": current_user.person, "now": now, "reason": form.reason.data}
    if request.form.get("ends"):
        return checkout.cancel(entry, waived=form.waived.data, **how)
    typed, _sold = checkout.change_form(request.form, entry, now)
    wish = checkout.wish_typed(typed)
    return checkout.change_on_behalf(entry, wish, waived=form.waived.data, **how)


def _show(entry, typed, refusal=None, behalf=None):
    if entry.state != State.CONFIRMED:
        flash(_("Only a registration that is confirmed can be changed."), "warn")
        return redirect(url_for(".registration", ref=entry.ref), 303)
    form, sold = checkout.change_form(typed, entry, clock.now())
    return render_template(
        "staff/change.html",
        entry=entry,
        seated=groups.seat_by_registration(entry),
        form=form,
        sold=sold,
        behalf=behalf or OnBehalfForm(typed if typed and "reason" in typed else None),
        refusal=refusal,
        waiting=changes.open_change(entry),
    )
