"""What staff decide about an order: paid by hand, cancelled, a parked one settled or sent back, a refund tried again."""

from flask import abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, checkout, payments, people
from conference.kernel import Refusal, clock, transaction
from conference.payments import OrderState, gateway
from conference.staff import finding
from conference.staff.access import office, treasurer
from conference.staff.forms import DecideForm, PaidForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.orders import order_of, show_order
from conference.web import allow, refuse_into


@bp.post("/order/<ref:ref>/paid")
@allow(office)
def mark_paid(ref):
    """Money came another way: give what is in the order, exactly as for a card."""
    found, form = order_of(ref), PaidForm.of_request()
    if not form.validate():
        return show_order(found, paid=form), 422
    if not _closed(found):
        return to_story(found)
    try:
        with transaction():
            facts = {"note": form.reference.data, "by": current_user.person, "now": clock.now()}
            settled = checkout.marking.mark(found.id, provider=form.provider, **facts)
            if settled and settled.state == OrderState.RETURNED:
                raise Refusal(_("A place of this order was sold meanwhile, so it cannot be given any more."))
    except Refusal as refusal:
        return show_order(order_of(ref), refusal=str(refusal)), 409
    if settled is None:
        flash(_("Noted. Somebody else of finance approves it under “Payments to approve”; then it is settled."), "good")
    else:
        flash(_("The order is settled and the confirmation is on its way."), "good")
    return to_story(found)


@bp.post("/order/<ref:ref>/cancellation")
@allow(office)
def cancel_order(ref):
    """Give the places of an unpaid order back; its payment page is closed first, so that no money can still come by it."""
    found = order_of(ref)
    if not _closed(found):
        return to_story(found)
    with transaction():
        found = checkout.lapse_if_due(found.id, now=clock.now(), at_once=True)
        if found.state == OrderState.LAPSED:
            audit.record(by=current_user.person, verb="cancelled", subject=found, now=clock.now())
    if found.state == OrderState.LAPSED:
        flash(_("The order is cancelled and its places are free again. What the person typed is kept."), "good")
    else:
        flash(_("The order was paid meanwhile. Nothing was cancelled."), "warn")
    return to_story(found)


@bp.get("/order/<ref:ref>/decision")
@allow(office)
def decide(ref):
    """A parked order: what does not agree, and the two ways out of it."""
    return _show_decision(_parked(ref), DecideForm())


@bp.post("/order/<ref:ref>/decision")
@allow(office)
def decided(ref):
    """Give everything, or send everything back."""
    found, form = _parked(ref), DecideForm.of_request()
    if not form.validate():
        return _show_decision(found, form), 422
    act = {"settle": _settle, "return": _return}.get(request.form.get("do")) or abort(400)
    try:
        with transaction():
            told = act(found, form.note.data, current_user.person, clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_decision(order_of(ref), form), 409
    flash(told, "good")
    return to_story(found)


@bp.post("/order/<ref:ref>/note")
@allow(office)
def note_done(ref):
    """What happened outside is dealt with."""
    found = order_of(ref)
    with transaction():
        checkout.take_note_away(found.id, by=current_user.person, now=clock.now())
    return to_story(found)


@bp.post("/order/<ref:ref>/without")
@allow(treasurer)
def write_off_missing(ref):
    """The society gives what a bank has taken back the money for."""
    found = order_of(ref)
    with transaction():
        checkout.write_off_missing(found.id, by=current_user.person, now=clock.now())
    flash(_("The rest is written off."), "good")
    return to_story(found)


@bp.post("/refund/<ref:ref>/again")
@allow(office)
def repeat_refund(ref):
    """Send the money of a failed refund back once more."""
    refund = payments.refund_by_ref(ref) or abort(404)
    with transaction():
        payments.repeat_refund(refund, by=current_user.person, now=clock.now())
        found = payments.locked(refund.order_id)
    flash(_("The refund is on its way again."), "good")
    return to_story(found)


@bp.post("/refund/<ref:ref>/sent")
@allow(office)
def sent_by_hand(ref):
    """What had come by hand has been sent back by hand."""
    refund = payments.refund_by_ref(ref) or abort(404)
    with transaction():
        payments.sent_by_hand(refund, by=current_user.person, now=clock.now())
        found = payments.locked(refund.order_id)
    flash(_("Booked as sent back."), "good")
    return to_story(found)


def to_story(found):
    """Back to where the order's story is told."""
    return redirect(finding.story_address(found), 303)


def _closed(found):
    """Whether the payment page of an order is shut; else staff are told to try again."""
    try:
        checkout.close_and_look(found)
    except gateway.Unreachable:
        flash(_("Stripe does not answer, so its payment page cannot be closed. Nothing was changed."), "warn")
        return False
    return True


def _parked(ref):
    found = order_of(ref)
    if found.state != OrderState.PARKED:
        abort(redirect(finding.story_address(found), 303))
    return found


def _show_decision(found, form):
    return render_template(
        "staff/decide.html",
        order=found,
        person=people.by_id(found.person_id),
        payments=payments.payments_of(found),
        surplus=checkout.surplus(found),
        left=payments.refundable(found),
        form=form,
    )


def _settle(found, note, by, now):
    if checkout.surplus(found).minor < 0 and not treasurer(current_user):
        raise Refusal(_("Money is missing of this order: only finance may give it up."))
    checkout.settle_parked(found.id, note=note, by=by, now=now)
    return _("The order is settled and the confirmation is on its way.")


def _return(found, reason, by, now):
    checkout.return_parked(found.id, reason=reason, by=by, now=now)
    return _("The money is on its way back and the places are free again.")
