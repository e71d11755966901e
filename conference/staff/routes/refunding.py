"""Refunding at the desk: choose, see what will happen, then let it happen."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import checkout, payments, people
from conference.kernel import Money, Refusal, clock, transaction, whole_number
from conference.payments import OrderState
from conference.staff import finding, foretelling, kept_prices
from conference.staff.access import office
from conference.staff.forms import RefundForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.orders import order_of
from conference.web import allow, refuse_into


@bp.get("/order/<ref:ref>/refund")
@allow(office)
def refund(ref):
    """Choose what is taken back and how much goes back: at first nothing, or the line in the address."""
    found = _settled(ref)
    return _show(found, RefundForm(data={"lines": _asked_for(found, request.args.get("line", ""))}).of(found))


@bp.post("/order/<ref:ref>/refund/check")
@allow(office)
def check_refund(ref):
    """Say what will happen, and ask."""
    found = _settled(ref)
    form = RefundForm.of_request().of(found)
    if not form.validate():
        return _show(found, form), 422
    try:
        outlook = foretelling.outlook(found, set(form.lines.data), form.money)
        warnings = list(kept_prices.warnings(found, set(form.lines.data), form.money))
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(found, form), 422
    return render_template("staff/refund_check.html", **_facts(found, form), outlook=outlook, warnings=warnings)


@bp.post("/order/<ref:ref>/refund/change")
@allow(office)
def change_refund(ref):
    """Back to the form with all that was typed."""
    found = _settled(ref)
    return _show(found, RefundForm.of_request().of(found))


@bp.post("/order/<ref:ref>/refund")
@allow(office)
def do_refund(ref):
    """Take back and send back."""
    found = _settled(ref)
    form = RefundForm.of_request().of(found)
    if not form.validate():
        return _show(found, form), 422
    try:
        with transaction():
            checkout.end_lines_and_refund(
                order_id=found.id,
                line_ids=form.lines.data,
                amount=form.money,
                reason=form.reason.data,
                by=current_user.person,
                now=clock.now(),
                left=Money(whole_number(request.form.get("left", ""), 18) or 0, found.currency),
            )
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(order_of(ref), form), 409
    flash(_("Done. The person is told by letter."), "good")
    return redirect(finding.story_address(found), 303)


def _asked_for(found, line_id):
    """Keys of the line that the address names, with what must end with it."""
    asked = next((line for line in found.lines if str(line.id) == line_id and not line.ended_at), None)
    if asked is None:
        return []
    about = asked.reference if asked.kind == "registration" else None
    also = [line for line in found.lines if about and line.kind == "add_on" and checkout.entry_id_of(line) == about]
    return [line.id for line in found.lines if not line.ended_at and (line is asked or line in also)]


def _settled(ref):
    found = order_of(ref)
    if found.state != OrderState.PAID:
        abort(redirect(url_for(".order", ref=ref), 303))
    return found


def _show(found, form):
    return render_template("staff/refund.html", **_facts(found, form))


def _facts(found, form):
    return {
        "order": found,
        "entry": checkout.registration_in(found),
        "person": people.by_id(found.person_id),
        "left": payments.returnable(found),
        "form": form,
        "prices": {line.id: line.amount for line in found.lines},
        "nothing": Money(0, found.currency),
    }
