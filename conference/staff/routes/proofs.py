"""The queue of proofs: what waits, the document beside the person's facts, the decision, and taking it back."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, membership, people, registration
from conference.kernel import Refusal, clock, is_ref, transaction, whole_number
from conference.registration import eligibility
from conference.staff.access import registrar
from conference.staff.eligibility_form import DecisionForm, WaiveForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, page_number, paginate, refuse_into

VERDICTS = {
    "clear": eligibility.ProofState.CLEARED,
    "decline": eligibility.ProofState.DECLINED,
    "ask": eligibility.ProofState.ASKED,
}
A_YEAR = timedelta(days=365)


@bp.get("/proofs/<code>")
@allow(registrar)
def proofs(code):
    """What waits for a decision, the oldest first; or what was decided."""
    meeting = meeting_of(code)
    state = request.args.get("state", "")
    state = eligibility.ProofState(state) if state in set(eligibility.ProofState) else eligibility.ProofState.WAITING
    category_id = whole_number(request.args.get("category", ""), 9)
    statement = eligibility.queries.queue(meeting, state=state, category_id=category_id)
    return render_template(
        "staff/proofs/index.html",
        meeting=meeting,
        page=paginate(statement, number=page_number(), per_page=50),
        state=state,
        category_id=category_id,
        categories=registration.categories_of(meeting, all_of_them=True),
        counts=eligibility.queries.proof_counts(meeting),
        states=eligibility.words.PROOF_STATES,
        kinds=eligibility.words.PROOFS,
        unpaid=eligibility.queries.unpaid_balances(meeting),
    )


@bp.get("/proofs/<code>/<ref:ref>")
@allow(registrar)
def review_proof(code, ref):
    """The document beside what is known of the person."""
    proof = _proof(code, ref)
    until = proof.person.stage_until or clock.now().date() + A_YEAR
    return _show(proof, DecisionForm(data={"good_until": until}))


@bp.get("/proofs/<code>/<ref:ref>/document")
@allow(registrar)
def proof_document(code, ref):
    """The document itself, as a file; each look is remembered."""
    proof = _proof(code, ref)
    document = eligibility.queries.file_of(proof) or abort(404)
    with transaction():
        eligibility.proofs.looked_at(proof, by=current_user.person, now=clock.now())
    return eligibility.as_attachment(proof, document)


@bp.post("/proofs/<code>/<ref:ref>")
@allow(registrar)
def decide_proof(code, ref):
    """Clear it, decline it, or ask for another; then on to the next one."""
    proof, form = _proof(code, ref), DecisionForm.of_request()
    if not form.validate():
        return _show(proof, form), 422
    verdict = VERDICTS.get(form.verdict.data) or abort(400)
    try:
        with transaction():
            eligibility.proofs.decide(
                proof,
                verdict,
                by=current_user.person,
                now=clock.now(),
                reason=form.reason.data or "",
                good_until=form.good_until.data,
            )
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(_proof(code, ref), form), 422 if refusal.field else 409
    after = eligibility.queries.next_in_queue(proof.meeting, after=proof)
    if after is None:
        flash(_("That was the last one. The letter goes out in two minutes."), "good")
        return redirect(url_for(".review_proof", code=code, ref=ref), 303)
    return redirect(url_for(".review_proof", code=code, ref=after.ref, done=ref), 303)


@bp.post("/proofs/<code>/<ref:ref>/undo")
@allow(registrar)
def undo_proof(code, ref):
    """Take a decision back before its letter is written."""
    proof = _proof(code, ref)
    with transaction():
        eligibility.proofs.undo(proof, by=current_user.person, now=clock.now())
    flash(_("The decision is taken back; nobody was told of it."), "good")
    return redirect(url_for(".review_proof", code=code, ref=ref), 303)


@bp.post("/proofs/<code>/balances/<int:provision_id>/waive")
@allow(registrar)
def waive_balance(code, provision_id):
    """Let a balance go that nobody paid: the registration stands at the lower price."""
    meeting = meeting_of(code)
    open_ones = {each.id: each for each in eligibility.queries.unpaid_balances(meeting)}
    provision, form = open_ones.get(provision_id) or abort(404), WaiveForm.of_request()
    if not form.validate():
        raise Refusal(_("Say why the balance is let go: it is kept."))
    with transaction():
        eligibility.provisions.waive(provision, by=current_user.person, now=clock.now(), reason=form.reason.data)
    flash(_("The balance is let go; the registration stands."), "good")
    return redirect(url_for(".proofs", code=meeting.code), 303)


def _proof(code, ref):
    proof = eligibility.queries.proof_by_ref(ref)
    if proof is None or proof.meeting.code != meeting_of(code).code:
        abort(404)
    return proof


def _done(meeting):
    """The proof decided a moment ago, as long as that can be taken back."""
    ref = request.args.get("done", "")
    found = eligibility.queries.proof_by_ref(ref) if is_ref(ref) else None
    return found if found and found.meeting_id == meeting.id and eligibility.proofs.may_undo(found) else None


def _show(proof, form):
    person, today = proof.person, membership.local_day(clock.now())
    return render_template(
        "staff/proofs/review.html",
        proof=proof,
        meeting=proof.meeting,
        person=person,
        facts_now=eligibility.queries.facts_of(person, today=today),
        entry=registration.registration_in(proof.meeting, person),
        form=form,
        others=eligibility.queries.proofs_of(person, proof.kind),
        may_undo=eligibility.proofs.may_undo(proof),
        asked=eligibility.queries.requirement_of(proof.category),
        done=_done(proof.meeting),
        counts=eligibility.queries.proof_counts(proof.meeting),
        happenings=audit.happenings(audit.story_of(proof)),
        words=eligibility.words,
        stages=people.STAGES,
    )
