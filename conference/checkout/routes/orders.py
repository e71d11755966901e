"""One's own order: as it stands, paid, held longer, given back."""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import accounts, meetings, payments, registration
from conference.checkout import dunning, invoicing, paying, placing, requoting, returning, transferring
from conference.checkout.forms import TransferForm
from conference.checkout.lapsing import lapse_if_due
from conference.checkout.queries import guests_in, is_for_guests, is_for_others, meeting_in, registration_in
from conference.checkout.routes.blueprint import bp, own, to_payment
from conference.kernel import clock, transaction
from conference.payments import OrderState, gateway
from conference.registration import groups
from conference.web import allow, allow_payment_origin, day, signed_in


@bp.get("/meetings/<code>/register/mine")
@allow(signed_in)
def mine(code):
    """Where the person stands with this meeting: their newest order, or the first step."""
    meeting = meetings.by_code(code) or abort(404)
    entry = registration.registration_in(meeting, current_user.person)
    orders = payments.orders_with_line("registration", entry.id) if entry else []
    if not orders:
        return redirect(url_for("registration.details", code=meeting.code), 303)
    if orders[0].person_id != entry.person_id:
        return redirect(url_for(".seat", code=meeting.code), 303)
    return redirect(url_for(".order", ref=orders[0].ref), 303)


@bp.get("/orders/<ref:ref>")
@allow(signed_in)
def order(ref):
    """One's own order as it stands now, and what happens next."""
    return _show_order(own(ref))


@bp.get("/orders/<ref:ref>/return")
@allow(signed_in)
def came_back(ref):
    """Back from the payment page: nothing is decided here; while it is the order's, this page looks again until Stripe's word has come."""
    found = own(ref)
    if found.state == OrderState.OPEN and found.session_id == request.args.get("session_id", ""):
        response = make_response(render_template("checkout/checking.html", order=found))
        response.headers["Refresh"] = "2"
        return response
    return redirect(url_for(".order", ref=ref), 303)


@bp.post("/orders/<ref:ref>/pay")
@allow(signed_in)
def pay(ref):
    """Go (again) to the payment page."""
    return to_payment(own(ref))


@bp.post("/orders/<ref:ref>/extend")
@allow(signed_in)
def extend(ref):
    """Hold the places a while longer."""
    found = own(ref)
    with transaction():
        done = placing.extend(found, now=clock.now())
    if done:
        flash(_("Your places are held longer."), "good")
    else:
        flash(_("They cannot be held longer. Pay now, or give them back."), "warn")
    return redirect(url_for(".order", ref=ref), 303)


@bp.post("/orders/<ref:ref>/transfer")
@allow(signed_in)
def pay_by_transfer(ref):
    """Pay by bank transfer: the places are held until its day."""
    found, form = own(ref), TransferForm.of_request()
    if not form.validate():
        return _show_order(found, transfer_form=form), 422
    with transaction():
        accounts.claim("document", current_user.person.id, now=clock.now())
        facts = {"po_number": form.po_number.data, "by": current_user.person, "now": clock.now()}
        transferring.choose(found.id, **facts)
    flash(_("Your places are held for your transfer. A letter with all that your bank needs is on its way."), "good")
    return redirect(url_for(".order", ref=ref), 303)


@bp.post("/orders/<ref:ref>/give-back")
@allow(signed_in)
def give_back(ref):
    """Give unpaid places back: the payment page is closed first, so that no money can still come by it."""
    found = own(ref)
    if found.state != OrderState.OPEN:
        return redirect(url_for(".order", ref=ref), 303)
    if payments.cards.charging.is_under_way(found.id):
        flash(_("Your saved card is being charged for this order at this moment. Look again in a minute."), "warn")
        return redirect(url_for(".order", ref=ref), 303)
    with transaction():
        paying.claim_call(found)
    try:
        paying.close_and_look(found)
    except gateway.Unreachable:
        flash(_("The payment service does not answer. Your places are still held; try again in a minute."), "warn")
        return redirect(url_for(".order", ref=ref), 303)
    with transaction():
        found = lapse_if_due(found.id, now=clock.now(), at_once=True)
    if found.state == OrderState.LAPSED:
        flash(_("Your places have been given back. What you typed is kept."), "good")
    return redirect(url_for(".order", ref=ref), 303)


def _if_returned(found):
    """Why an order was not given, and what can be done now."""
    is_returned = found.state == OrderState.RETURNED
    reasons = [refund.reason for refund in payments.refunds_of(found)] if is_returned else []
    return {"why_returned": reasons[0] if reasons else "", "ways": returning.instead(found) if is_returned else []}


def _brings(entry):
    """Whether somebody brings guests, or may."""
    if registration.guests.count_of(entry):
        return True
    return entry.category is not None and registration.guests.may_bring(
        entry.meeting, code=entry.category.code, mode=entry.mode
    )


def _show_order(found, *, transfer_form=None):
    entry, meeting = registration_in(found), meeting_in(found)
    allow_payment_origin()
    return render_template(
        "checkout/order.html",
        order=found,
        entry=entry,
        meeting=meeting,
        for_others=is_for_others(found),
        guests=guests_in(found),
        for_guests=is_for_guests(found),
        brings=entry is not None and _brings(entry),
        group=groups.group_of_orders([found.id]),
        zone=meeting.timezone if meeting else "UTC",
        payments=payments.payments_of(found),
        refunds=returning.of_orders([found.id]).get(found.id, []),
        **_if_returned(found),
        refunds_beside=returning.beside(found),
        proof=registration.eligibility.queries.wanted_of(entry) if entry else None,
        may_extend=placing.may_extend(found),
        is_over=requoting.is_due(found, clock.now()),
        credit=registration.pricing.credit_in_words(found, entry.meeting, clock.now()) if entry else None,
        promised=payments.bank.promise_of(found) if found.state == OrderState.OPEN else None,
        reference=payments.bank.reference_of(found),
        missing=payments.missing(found),
        dunned=_dunned(found),
        transfer_until=transferring.offer(found, clock.now()),
        transfer_form=transfer_form or TransferForm(),
        successor=requoting.successor_of(found),
        **_documents(found),
    )


def _dunned(found):
    """What the payer is told of an order that is dunned: until when it is to be paid, and what happens then; None of others."""
    standing = dunning.standing_of(found, now=clock.now())
    if standing is None:
        return None
    course = standing.course
    return {
        "due_on": course.due_on,
        "is_late": course.due_on < standing.today,
        "last_day": course.ends_on,
        "letters": [day(letter.sent_on) for letter in standing.letters],
        "is_paused": course.is_paused(standing.today),
        "paused_until": course.paused_until,
    }


def _documents(found):
    """Invoices and the like of an order, and what can be done about them."""
    made, now = payments.documents.queries.of_order(found), clock.now()
    invoices = [each for each in made if each.kind == payments.documents.DocumentKind.INVOICE]
    person = current_user.person
    return {
        "documents": made,
        "document_kinds": payments.documents.words.KINDS,
        "may_ask": invoicing.may_ask(found),
        "correctable": {each.id for each in invoices if invoicing.may_correct(each, found, person, now)},
    }
