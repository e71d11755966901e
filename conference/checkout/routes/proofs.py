"""One's own proofs: what is needed, handing it in, and what became of it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import accounts, meetings, registration
from conference.checkout.forms import ProofForm
from conference.checkout.routes.blueprint import bp
from conference.kernel import Refusal, clock, transaction
from conference.registration import State, eligibility
from conference.web import allow, refuse_into, signed_in


@bp.get("/meetings/<code>/register/proof")
@allow(signed_in)
def proof(code):
    """What the chosen category asks to be proved, and what was handed in."""
    entry, wanted = _wanted(code)
    return _show(entry, wanted, ProofForm())


@bp.post("/meetings/<code>/register/proof")
@allow(signed_in)
def hand_in(code):
    """Keep a document for staff to look at."""
    entry, _wanted_now = _wanted(code)
    form, sent, person = ProofForm(), request.files.get("file"), current_user.person
    content = sent.read(eligibility.documents.MOST_BYTES + 1) if sent and sent.filename else b""
    with transaction():
        accounts.claim("proof", person.id, now=clock.now())
    try:
        document = eligibility.documents.made_safe(content)  # takes a while: not while rows are kept from others
        with transaction():
            eligibility.proofs.hand_in(
                person=person, meeting=entry.meeting, category=entry.category, document=document, now=clock.now()
            )
    except Refusal as refusal:
        refuse_into(form, refusal)
        entry, wanted = _wanted(code)
        return _show(entry, wanted, form), 422
    flash(_("Thank you. We look at it and write to you."), "good")
    return redirect(url_for(".proof", code=entry.meeting.code), 303)


@bp.get("/meetings/<code>/register/proof/<ref:ref>")
@allow(signed_in)
def proof_file(code, ref):
    """One's own document, as long as it is kept."""
    entry, _wanted_now = _wanted(code)
    found = eligibility.queries.proof_of(current_user.person, ref)
    document = eligibility.queries.file_of(found) if found else None
    if document is None or found.meeting_id != entry.meeting_id:
        abort(404)
    with transaction():
        eligibility.proofs.looked_at(found, by=current_user.person, now=clock.now())
    return eligibility.as_attachment(found, document)


def _wanted(code):
    """The person's own registration, and what its category asks; 404 where nothing is asked."""
    meeting = meetings.by_code(code) or abort(404)
    found = registration.registration_in(meeting, current_user.person)
    entry = registration.by_id(found.id) if found is not None and found.state != State.CANCELLED else None
    wanted = eligibility.queries.wanted_of(entry) if entry else None
    if wanted is None:
        abort(404)
    return entry, wanted


def _show(entry, wanted, form):
    row, newest, is_cleared = wanted
    return render_template(
        "checkout/proof.html",
        entry=entry,
        meeting=entry.meeting,
        row=row,
        newest=newest,
        is_cleared=is_cleared,
        form=form,
        handed_in=eligibility.queries.proofs_of(current_user.person, row.proof),
        provision=next(iter(eligibility.queries.provisions_of(entry)), None),
        policy=eligibility.queries.policy_of(entry.meeting),
        kinds=eligibility.words.PROOFS,
        states=eligibility.words.PROOF_STATES,
    )
