"""How a meeting takes bank transfers."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import checkout, meetings
from conference.kernel import Refusal, clock, transaction
from conference.payments import bank
from conference.staff.access import treasurer
from conference.staff.bank_form import TransferTermsForm
from conference.staff.routes.blueprint import bp
from conference.web import allow, refuse_into


@bp.get("/transfers/<code>")
@allow(treasurer)
def transfer_terms(code):
    """Who may pay by transfer, and until when."""
    meeting = _meeting(code)
    return _show(meeting, TransferTermsForm(obj=checkout.transferring.terms_of(meeting)))


@bp.post("/transfers/<code>")
@allow(treasurer)
def set_transfer_terms(code):
    """Decide it anew."""
    meeting, form = _meeting(code), TransferTermsForm.of_request()
    if not form.validate():
        return _show(meeting, form), 422
    try:
        with transaction():
            facts = {"version": form.version.data, "by": current_user.person, "now": clock.now()}
            checkout.transferring.set_terms(meeting, **facts, **form.facts)
    except Refusal as refusal:
        refuse_into(form, refusal)
        form.version.data, form.version.raw_data = checkout.transferring.terms_of(meeting).version, None
        return _show(meeting, form), 409
    flash(_("Kept. It holds for orders from now on."), "good")
    return redirect(url_for(".transfer_terms", code=meeting.code), 303)


def _meeting(code):
    return meetings.by_code(code) or abort(404)


def _show(meeting, form):
    fitting = [each for each in bank.accounts(closed=False) if each.currency == meeting.currency]
    return render_template(
        "staff/money/bank/terms.html", meeting=meeting, form=form, account=fitting[0] if fitting else None
    )
