"""A paid seat goes to somebody else, or ends: what it costs and what goes back is shown, then it is done."""

from dataclasses import replace

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from conference import accounts, registration
from conference.checkout import returning
from conference.checkout.changing import asking, quoting, substituting
from conference.checkout.forms import GivenForm, OnBehalfForm
from conference.checkout.routes.blueprint import bp, to_payment
from conference.checkout.routes.groups import is_own, to_group
from conference.checkout.routes.seats import SEAT, own_seat, show_seat_again, to_seat
from conference.kernel import Refusal, clean_line, clock, transaction
from conference.payments import order_by_id
from conference.registration import changes, groups
from conference.web import allow, allow_payment_origin, refuse_into, signed_in


@bp.get(f"{SEAT}/give")
@allow(signed_in)
def give_seat(code, group_ref, seat_id):
    """Who has it instead."""
    found, seated = own_seat(code, group_ref, seat_id)
    if seated.state is not groups.SeatState.PAID:
        return to_seat(found, seated)
    return _show_give(found, seated, GivenForm(formdata=None))


@bp.post(f"{SEAT}/give/check")
@allow(signed_in)
def check_giving(code, group_ref, seat_id):
    """What it costs, before anything happens; asked so often a day, since the answer tells of somebody else's standing."""
    found, seated = own_seat(code, group_ref, seat_id)
    form = GivenForm.of_request()
    if not form.validate():
        return _show_give(found, seated, form), 422
    try:
        with transaction():
            accounts.claim("heir", current_user.person.id, now=clock.now())
        waived = _on_behalf(found, form)["waived"]
        quote = substituting.quote_substitute(_paid(seated), email=form.email.normal, now=clock.now(), waived=waived)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_give(found, seated, form), 422
    allow_payment_origin()
    other = " ".join(part for part in form.names().values() if part)
    lines = tuple(groups.as_billed(line, seated.seat, name=other) for line in quote.lines)
    facts = {**_facts(found, seated, form), "quote": replace(quote, lines=lines)}
    return render_template("checkout/groups/give_check.html", **facts)


@bp.post(f"{SEAT}/give")
@allow(signed_in)
def do_giving(code, group_ref, seat_id):
    """Do it, or hold it until the rest is paid."""
    found, seated = own_seat(code, group_ref, seat_id)
    form, act = GivenForm.of_request(), substituting.substitute
    if not form.validate():
        return _show_give(found, seated, form), 422
    if not is_own(found):
        act = substituting.substitute_on_behalf
    how = {"seen": _seen(), "by": current_user.person, "now": clock.now(), **_on_behalf(found, form)}
    try:
        with transaction():
            accounts.claim("heir", current_user.person.id, now=clock.now())
        with transaction():
            asked = act(_paid(seated), email=form.email.normal, names=form.names(), **how)
    except Refusal as refusal:
        refuse_into(form, refusal)
        found, seated = own_seat(code, group_ref, seat_id)
        return _show_give(found, seated, form), 409
    return _go_on(found, asked, _("Done. The other person has a letter with the link to their own page."))


@bp.get(f"{SEAT}/end")
@allow(signed_in)
def end_seat(code, group_ref, seat_id):
    """What taking it back gives today."""
    found, seated = own_seat(code, group_ref, seat_id)
    return _show_end(found, seated, OnBehalfForm(request.args))


@bp.post(f"{SEAT}/end")
@allow(signed_in)
def do_ending(code, group_ref, seat_id):
    """End its registration."""
    found, seated = own_seat(code, group_ref, seat_id)
    form = OnBehalfForm.of_request()
    if not form.validate():
        return _show_end(found, seated, form), 422
    try:
        with transaction():
            how = {"seen": _seen(), "by": current_user.person, "now": clock.now(), **_on_behalf(found, form)}
            asked = asking.cancel(_paid(seated), **how)
    except Refusal as refusal:
        return show_seat_again(code, group_ref, seat_id, refusal), 409
    return _go_on(found, asked, _("Done. The place has ended, and its attendee is told."))


def _paid(seated):
    """The registration of a paid seat; Refusal of another one."""
    if seated.state is not groups.SeatState.PAID:
        raise Refusal(_("This seat is not paid. Look at it again."))
    return registration.by_id(seated.seat.registration_id)


def _on_behalf(found, form):
    """What only the desk may decide: nothing, when the payer asks for themselves."""
    return {"waived": False, "reason": ""} if is_own(found) else form.how()


def _seen():
    return clean_line(request.form.get("seen", ""))[:80]


def _go_on(found, asked, done):
    if asked.state == changes.ChangeState.OPEN and is_own(found):
        return to_payment(order_by_id(asked.order_id))
    if asked.state == changes.ChangeState.OPEN:
        done = _("It is done as soon as the rest is paid: a letter tells the payer how.")
    elif is_own(found):
        done = " ".join([done, *returning.promised(asked, to=current_user.person.id)])
    flash(done, "good")
    return to_group(found)


def _facts(found, seated, form):
    typed = [(name, form[name].data) for name in ("email", "given_name", "family_name")]
    if not is_own(found) and form.waived.data:
        typed.append(("waived", "y"))
    facts = {"group": found, "meeting": found.meeting, "seated": seated, "seat": seated.seat, "form": form}
    return {**facts, "typed": [*typed, ("reason", form.reason.data or "")], "is_own": is_own(found)}


def _show_give(found, seated, form):
    return render_template("checkout/groups/give.html", **_facts(found, seated, form))


def _show_end(found, seated, form):
    if seated.state is not groups.SeatState.PAID:
        return to_seat(found, seated)
    refusal = quote = None
    try:
        waived = _on_behalf(found, form)["waived"]
        quote = quoting.quote_cancel(_paid(seated), now=clock.now(), waived=waived)
    except Refusal as no:
        refusal = no
    values = {"group": found, "meeting": found.meeting, "seated": seated, "seat": seated.seat, "form": form}
    return render_template("checkout/groups/end.html", **values, quote=quote, refusal=refusal, is_own=is_own(found))
