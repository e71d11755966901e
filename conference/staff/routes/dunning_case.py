"""One order's reminders at the desk: what was sent, what comes, and what staff decide about it."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import checkout, payments, people
from conference.checkout import dunning
from conference.kernel import Refusal, clock, transaction
from conference.payments import gateway
from conference.staff import dunning_words, stories
from conference.staff.access import treasurer
from conference.staff.dunning_form import MoreDaysForm, PauseForm
from conference.staff.routes.blueprint import bp
from conference.web import allow, refuse_into


@bp.get("/dunning/order/<ref:ref>")
@allow(treasurer)
def dunned_order(ref):
    """Where an order stands."""
    return _show(_order(ref))


@bp.post("/dunning/order/<ref:ref>/pause")
@allow(treasurer)
def pause_dunning(ref):
    """Let it rest through a day, with the reason."""
    order, form = _order(ref), PauseForm.of_request()
    facts = {"until": form.until.data, "reason": form.reason.data}
    return _done(order, form, dunning.pause, _("Paused: nothing is sent and nothing given back until then."), pause=form, **facts)  # fmt: skip


@bp.post("/dunning/order/<ref:ref>/resume")
@allow(treasurer)
def resume_dunning(ref):
    """Go on with it."""
    order = _order(ref)
    with transaction():
        dunning.resume(order.id, by=current_user.person, now=clock.now())
    flash(_("It goes on."), "good")
    return redirect(url_for(".dunned_order", ref=ref), 303)


@bp.post("/dunning/order/<ref:ref>/more-days")
@allow(treasurer)
def give_more_days(ref):
    """Move its last day."""
    order, form = _order(ref), MoreDaysForm.of_request()
    return _done(order, form, dunning.extend, _("The last day was moved, and the payer gets a letter."), more=form, until=form.until.data)  # fmt: skip


@bp.post("/dunning/order/<ref:ref>/release")
@allow(treasurer)
def release_dunned(ref):
    """Give the places back now: the payment page is closed first, so that no money can still come by it."""
    order = _order(ref)
    if dunning.standing_of(order, now=clock.now()) is None:
        raise Refusal(_("This order does not wait for a payment."))
    try:
        checkout.close_and_look(order)
    except gateway.Unreachable:
        flash(_("The payment service does not answer. Nothing was given back; try again in a minute."), "warn")
        return redirect(url_for(".dunned_order", ref=ref), 303)
    with transaction():
        found = dunning.standing_of(payments.locked(order.id), now=clock.now())
        if found is None or found.wait in (dunning.Wait.MONEY, dunning.Wait.MARK, dunning.Wait.DISPUTE):
            raise Refusal(_("Money of this order has been seen meanwhile. Look at it again."))
        checkout.let_go(order.id, by=current_user.person, now=clock.now())
    flash(_("The places were given back, and the payer gets a letter."), "good")
    return redirect(url_for(".order", ref=ref), 303)


def _done(order, form, verb, said, *, pause=None, more=None, **facts):
    """Do what was typed, and say so; else the page with the fault."""
    if not form.validate():
        return _show(order, pause=pause, more=more), 422
    try:
        with transaction():
            verb(order.id, by=current_user.person, now=clock.now(), **facts)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(_order(order.ref), pause=pause, more=more), 409
    flash(said, "good")
    return redirect(url_for(".dunned_order", ref=order.ref), 303)


def _order(ref):
    order = payments.order_by_ref(ref) or abort(404)
    return order if order.id in dunning.cases_of([order.id]) else abort(404)


def _show(order, *, pause=None, more=None):
    found = dunning.standing_of(order, now=clock.now())
    coming, ends_on = [], None
    if found is not None:
        coming, ends_on = dunning.rules.planned(found.schedule, found.course, today=found.today)
    (story,) = stories.order_stories([order])
    meeting = checkout.meeting_in(order)
    return render_template(
        "staff/money/dunning/case.html",
        order=order,
        case=dunning.cases_of([order.id])[order.id],
        standing=found,
        letters=dunning.letters_of([order.id])[order.id],
        coming=coming,
        ends_on=ends_on,
        person=people.by_id(order.person_id),
        meeting=meeting,
        missing=payments.missing(order),
        came=payments.owed(order),
        zone=str(dunning.zone_of(meeting)),
        pause_form=pause or PauseForm(),
        more_form=more or MoreDaysForm(),
        refused=pause or more,
        happenings=stories.timeline([], [story], None),
        words=dunning_words,
    )
