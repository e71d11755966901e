"""Lines of statements that pay no order, at the desk: tied to a payout or to what was sent back, and untied."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference.kernel import Refusal, clock, transaction, whole_number
from conference.payments import bank
from conference.staff.access import treasurer
from conference.staff.bank_form import ReasonForm
from conference.staff.routes.bank_lines import line_at, show_line
from conference.staff.routes.blueprint import bp
from conference.web import allow, refuse_into


@bp.post("/bank/lines/<ref:line_ref>/counterpart")
@allow(treasurer)
def tie_bank_line(line_ref):
    """It is this payout, or this is what was sent back by it."""
    line, kind = line_at(line_ref), request.form.get("kind", "")
    key = whole_number(request.form.get("key", ""), 9)
    if kind not in list(bank.CounterpartKind) or key is None:
        raise Refusal(_("Choose what this line is."))
    with transaction():
        bank.tie(line.id, kind, key, by=current_user.person, now=clock.now())
    flash(_("Tied. The line does not wait any more."), "good")
    return redirect(url_for(".bank_line", line_ref=line_ref), 303)


@bp.post("/bank/lines/<ref:line_ref>/counterpart/undo")
@allow(treasurer)
def untie_bank_line(line_ref):
    """It is not."""
    line, form = line_at(line_ref), ReasonForm.of_request()
    if not form.validate():
        return show_line(line, reason=form), 422
    try:
        with transaction():
            bank.untie(line, reason=form.reason.data, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return show_line(line_at(line_ref), reason=form), 409
    flash(_("Untied. The line waits again."), "good")
    return redirect(url_for(".bank_line", line_ref=line_ref), 303)
