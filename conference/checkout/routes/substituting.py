"""Sending somebody else: who, what it costs, and then doing it."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import accounts
from conference.checkout import returning
from conference.checkout.changing import substituting
from conference.checkout.forms import HeirForm
from conference.checkout.routes.blueprint import bp, to_payment
from conference.checkout.routes.changing import own_entry
from conference.kernel import Refusal, clean_line, clock, transaction
from conference.payments import order_by_id
from conference.registration import changes
from conference.web import allow, allow_payment_origin, refuse_into, signed_in


@bp.get("/meetings/<code>/register/substitute")
@allow(signed_in)
def substitute(code):
    """Who comes instead."""
    return _show(own_entry(code), HeirForm())


@bp.post("/meetings/<code>/register/substitute/check")
@allow(signed_in)
def check_substitute(code):
    """What it costs, before anything happens; asked so often a day, since the answer tells of somebody else's standing."""
    entry, form = own_entry(code), HeirForm.of_request()
    if not form.validate():
        return _show(entry, form), 422
    try:
        with transaction():
            accounts.claim("heir", current_user.person.id, now=clock.now())
        quote = substituting.quote_substitute(entry, email=form.email.normal, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(entry, form), 422
    allow_payment_origin()
    typed = [(name, form[name].data) for name in ("email", "given_name", "family_name")]
    return render_template(
        "checkout/substitute_check.html", entry=entry, meeting=entry.meeting, quote=quote, typed=typed, form=form
    )


@bp.post("/meetings/<code>/register/substitute")
@allow(signed_in)
def do_substitute(code):
    """Do it, or hold it until the rest is paid."""
    entry, form = own_entry(code), HeirForm.of_request()
    if not form.validate():
        return _show(entry, form), 422
    how = {"seen": clean_line(request.form.get("seen", ""))[:80], "by": current_user.person, "now": clock.now()}
    try:
        with transaction():
            accounts.claim("heir", current_user.person.id, now=clock.now())
        with transaction():
            asked = substituting.substitute(entry, email=form.email.normal, names=form.names(), **how)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(own_entry(code), form), 409
    if asked.state == changes.ChangeState.OPEN:
        return to_payment(order_by_id(asked.order_id))
    done = _("Done. The other person is told by letter, and so are you.")
    flash(" ".join([done, *returning.promised(asked, to=current_user.person.id)]), "good")
    return redirect(url_for("home.mine"), 303)


def _show(entry, form):
    return render_template("checkout/substitute.html", entry=entry, meeting=entry.meeting, form=form)
