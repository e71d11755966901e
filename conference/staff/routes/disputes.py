"""Disputes at the desk: the list with its days, one dispute with what to do next, its evidence, and what becomes of the place."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, checkout, payments
from conference.kernel import Refusal, clock, transaction
from conference.staff import dispute_list, dispute_words, evidence, stories
from conference.staff.access import treasurer
from conference.staff.forms import DecideForm
from conference.staff.routes.blueprint import bp
from conference.web import allow, csv_response, page_number, paginate, refuse_into


@bp.get("/disputes")
@allow(treasurer)
def disputes():
    """Searched, sorted and paged by the address; at first what waits for staff, the next day first."""
    wish = dispute_list.wish_of_request()
    return render_template(
        "staff/money/disputes.html",
        wish=wish,
        page=paginate(dispute_list.listed(wish), number=page_number(), scalars=False),
        counts=dispute_list.counts(),
        words=dispute_words,
        now=clock.now(),
    )


@bp.get("/disputes.csv")
@allow(treasurer)
def export_disputes():
    """Every dispute, for a spreadsheet."""
    header, rows = dispute_list.table()
    return csv_response(f"disputes-{clock.now():%Y-%m-%d}.csv", header, rows)


@bp.get("/dispute/<ref:ref>")
@allow(treasurer)
def dispute(ref):
    """One dispute: where it stands, what to do next, what is known."""
    return _show(_dispute(ref), DecideForm())


@bp.post("/dispute/<ref:ref>/evidence")
@allow(treasurer)
def dispute_evidence(ref):
    """What is known about it as a file for the bank; that somebody took it is remembered."""
    found = _dispute(ref)
    content = evidence.evidence_about(found)
    with transaction():
        order = payments.order_by_id(found.order_id)
        audit.record(by=current_user.person, verb="downloaded the evidence about", subject=order, now=clock.now())
    return checkout.pdf_response(content, f"evidence-{found.provider_ref}.pdf")


@bp.post("/dispute/<ref:ref>/place")
@allow(treasurer)
def decide_place(ref):
    """Keep what was bought, or take it back."""
    found, form = _dispute(ref), DecideForm.of_request()
    if not form.validate():
        return _show(found, form), 422
    verb = {"keep": checkout.disputes.keep_place, "take": checkout.disputes.take_place_back}.get(request.form.get("do"))
    if verb is None:
        abort(400)
    try:
        with transaction():
            verb(found, why=form.note.data, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(_dispute(ref), form), 409
    flash(_("Decided, and kept with the reason."), "good")
    return redirect(url_for(".dispute", ref=ref), 303)


def _dispute(ref):
    return payments.disputes.by_ref(ref) or abort(404)


def _show(found, form):
    order = payments.order_by_id(found.order_id)
    (story,) = stories.order_stories([order])
    entries = checkout.registrations_in(order)
    return render_template(
        "staff/money/dispute.html",
        dispute=found,
        order=order,
        entries=entries,
        person=checkout.disputes.person_of(found),
        payment=next(each for each in story.payments if each.id == found.payment_id),
        lines=checkout.disputes.standing_lines(order),
        steps=dispute_words.next_steps(found),
        words=dispute_words,
        form=form,
        happenings=stories.timeline([], [story], None),
        meeting=checkout.meeting_in(order),
        now=clock.now(),
    )
