"""Refused visas at the desk: who asks for their money, the consulate's letter, what would go back, the decision."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, checkout
from conference.kernel import Refusal, clean_line, clock, transaction
from conference.registration import eligibility, visa
from conference.staff.access import registrar
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.staff.visa_form import VisaDecisionForm
from conference.web import allow, page_number, paginate, refuse_into


@bp.get("/visa/<code>/refused")
@allow(registrar)
def visa_refusals(code):
    """What waits for a decision, the oldest first; or what was decided."""
    meeting, state = meeting_of(code), request.args.get("state", "")
    state = visa.ClaimState(state) if state in set(visa.ClaimState) else visa.ClaimState.WAITING
    text = clean_line(request.args.get("q", ""))[:200]
    statement = visa.queries.claims(meeting, state=state, text=text)
    return render_template(
        "staff/visa/refusals.html",
        meeting=meeting,
        state=state,
        text=text,
        page=paginate(statement, number=page_number()),
        counts=visa.queries.claim_counts(meeting),
        waiting=visa.queries.counts(meeting)[visa.RequestState.WAITING],
        states=visa.words.CLAIM_STATES,
    )


@bp.get("/visa/<code>/refused/<ref:ref>")
@allow(registrar)
def visa_refusal(code, ref):
    """One wish for a refund, with what would go back now."""
    return _show(_claim(code, ref), VisaDecisionForm())


@bp.get("/visa/<code>/refused/<ref:ref>/document")
@allow(registrar)
def visa_refusal_document(code, ref):
    """The consulate's letter as a file; each look is remembered."""
    claim = _claim(code, ref)
    content = visa.queries.document_of(claim) or abort(404)
    with transaction():
        visa.refusals.looked_at(claim, by=current_user.person, now=clock.now())
    return eligibility.served(content, claim.media_type, f"refusal-{claim.ref}")


@bp.post("/visa/<code>/refused/<ref:ref>")
@allow(registrar)
def decide_visa_refusal(code, ref):
    """End the registration and send the money back as it was shown, or say no."""
    claim, form = _claim(code, ref), VisaDecisionForm.of_request()
    if not form.validate():
        return _show(claim, form), 422
    try:
        with transaction():
            _decide(claim, form, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(_claim(code, ref), form), 422 if refusal.field == "reason" else 409
    flash(_("Done: %(name)s is told by letter.", name=claim.registration.person.full_name), "good")
    return redirect(url_for(".visa_refusal", code=code, ref=ref), 303)


def _decide(claim, form, *, by, now):
    match form.verdict.data:
        case "approve":
            checkout.visas.refund(claim, seen=form.seen.data, by=by, now=now)
        case "decline":
            visa.refusals.decline(claim, reason=form.reason.data, by=by, now=now)
        case _:
            abort(400)


def _claim(code, ref):
    return visa.queries.claim_in(meeting_of(code), ref) or abort(404)


def _show(claim, form):
    quote, hindrance = _foretold(claim)
    return render_template(
        "staff/visa/refusal.html",
        meeting=claim.meeting,
        claim=claim,
        entry=claim.registration,
        person=claim.registration.person,
        form=form,
        quote=quote,
        hindrance=hindrance,
        states=visa.words.CLAIM_STATES,
        happenings=audit.happenings(audit.story_of(claim)),
    )


def _foretold(claim):
    """(what a refund would do now, why it cannot be done): one of them is None; both when it is decided."""
    if claim.state != visa.ClaimState.WAITING:
        return None, None
    try:
        return checkout.visas.quote_refund(claim), None
    except Refusal as refusal:
        return None, refusal
