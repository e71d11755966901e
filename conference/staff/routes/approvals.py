"""Orders marked as paid that wait for a second person of finance, and from which amount on they do."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import checkout, payments, society
from conference.kernel import Refusal, clock, transaction
from conference.payments import OrderState, marks
from conference.staff.access import treasurer
from conference.staff.forms import ApproveForm, LimitForm
from conference.staff.routes.blueprint import bp
from conference.staff.words import MARK_STATES, PROVIDERS
from conference.web import administrator, allow, page_number, paginate, refuse_into


@bp.get("/approvals")
@allow(treasurer)
def approvals():
    """What waits first, then what was decided."""
    return _show()


@bp.post("/approvals/<ref:mark_ref>")
@allow(treasurer)
def decide_mark(mark_ref):
    """Approve or decline it, with a note."""
    found, form = marks.mark_of(mark_ref) or abort(404), ApproveForm.of_request()
    act = {"approve": checkout.approving.approve, "decline": checkout.approving.decline}.get(
        request.form.get("do")
    ) or abort(400)
    if not form.validate():
        return _show(form=form), 422
    try:
        with transaction():
            order = act(found, note=form.note.data, by=current_user.person, now=clock.now())
            if order is not None and order.state == OrderState.RETURNED:
                raise Refusal(_("A place of this order was sold meanwhile, so it cannot be given any more."))
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(form=form), 409
    if order is not None:
        checkout.close_page_of(payments.order_by_id(order.id))
    flash(_told(order), "good")
    return redirect(url_for(".approvals"), 303)


@bp.post("/approvals/limit")
@allow(administrator)
def set_limit():
    """From which amount on two people are needed; empty is never."""
    found = society.current() or abort(404)
    form = LimitForm.of_request()
    form.currency = found.currency
    if not form.validate():
        return _show(limit_form=form), 422
    with transaction():
        facts = {"version": form.version.data, "by": current_user.person, "now": clock.now()}
        society.change(found, second_person_from_minor=form.amount.minor, **facts)
    flash(_("The limit is kept."), "good")
    return redirect(url_for(".approvals"), 303)


def _told(order):
    if order is None:
        return _("Declined: nothing was booked.")
    if order.state == OrderState.PARKED:
        return _("The money is booked; the order waits for a decision.")
    return (
        _("The order is settled.")
        if order.state == OrderState.PAID
        else _("The money is booked; the rest is still due.")
    )


def _show(*, form=None, limit_form=None):
    found, limit = society.current(), checkout.marking.limit()
    typed = {"amount": limit.decimal_text if limit else "", "version": found.version if found else 0}
    return render_template(
        "staff/money/approvals.html",
        page=paginate(marks.marks(), number=page_number()),
        form=form or ApproveForm(),
        limit=limit,
        limit_form=limit_form or LimitForm(data=typed),
        may_set=administrator(current_user),
        states=MARK_STATES,
        providers=PROVIDERS,
    )
