"""A refused visa: asking for the money by the meeting's rule, with the consulate's letter."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import accounts
from conference.checkout.routes.blueprint import bp
from conference.checkout.routes.visa import own_entry
from conference.checkout.visa_form import RefusedForm
from conference.kernel import Refusal, clock, transaction
from conference.registration import eligibility, visa
from conference.web import allow, refuse_into, signed_in


@bp.get("/meetings/<code>/register/visa/refused")
@allow(signed_in)
def visa_refused(code):
    """What goes back, and what has to be shown."""
    return _show(_entry(code), RefusedForm())


@bp.post("/meetings/<code>/register/visa/refused")
@allow(signed_in)
def do_visa_refused(code):
    """Keep the wish, and the letter, for staff to look at."""
    entry, form, now = _entry(code), RefusedForm.of_request(), clock.now()
    sent = request.files.get("file")
    content = sent.read(eligibility.documents.MOST_BYTES + 1) if sent and sent.filename else b""
    if not form.validate():
        return _show(entry, form), 422
    with transaction():
        accounts.claim("proof", current_user.person.id, now=now)
    try:
        letter = visa.refusals.letter_of(content, entry.meeting)  # takes a while: not while rows are kept from others
        with transaction():
            visa.refusals.ask(entry=entry, letter=letter, note=form.note.data, by=current_user.person, now=now)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(_entry(code), form), 422 if refusal.field else 409
    flash(_("Thank you. We look at it and write to you."), "good")
    return redirect(url_for(".visa", code=entry.meeting.code), 303)


def _entry(code):
    """One's own registration with which a refund can be asked for; 404 otherwise, and back to where it stands once it is asked."""
    entry = own_entry(code)
    claim = visa.queries.claim_of(entry)
    if claim is not None and claim.state == visa.ClaimState.WAITING:
        abort(redirect(url_for("checkout.visa", code=entry.meeting.code), 303))
    return entry if visa.refusals.may_ask(entry, clock.now()) else abort(404)


def _show(entry, form):
    policy = visa.queries.policy_of(entry.meeting)
    form.file.flags.required = policy.needs_refusal
    return render_template(
        "checkout/visa_refused.html",
        entry=entry,
        meeting=entry.meeting,
        form=form,
        policy=policy,
        refund=visa.words.refund_in_words(policy, entry.meeting),
    )
