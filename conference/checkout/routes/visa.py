"""One's own visa letter: asking for it, how it stands, the letter as a file, withdrawing it."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import accounts, meetings, registration
from conference.checkout import visas
from conference.checkout.documents import pdf_response
from conference.checkout.routes.blueprint import bp
from conference.checkout.visa_form import VisaForm
from conference.kernel import Refusal, clock, transaction
from conference.registration import State
from conference.registration import visa as letters
from conference.web import allow, refuse_into, signed_in


@bp.get("/meetings/<code>/register/visa")
@allow(signed_in)
def visa(code):
    """How one's letter stands, and what can be done."""
    return _show(own_entry(code))


@bp.get("/meetings/<code>/register/visa/request")
@allow(signed_in)
def ask_visa(code):
    """What the letter needs of the passport."""
    entry, now = own_entry(code), clock.now()
    if letters.hindrance(letters.queries.policy_of(entry.meeting), visas.standing_of(entry, now), now):
        return redirect(url_for(".visa", code=entry.meeting.code), 303)
    newest = letters.queries.request_of(entry)
    before = letters.queries.passport_of(newest) if newest else None
    return _show_form(entry, VisaForm().of(entry.meeting, now).filled(entry, before, newest))


@bp.post("/meetings/<code>/register/visa/request")
@allow(signed_in)
def do_ask_visa(code):
    """Ask for it, or anew: then what was asked before ends."""
    entry, now = own_entry(code), clock.now()
    form = VisaForm.of_request().of(entry.meeting, now)
    if not form.validate():
        return _show_form(entry, form), 422
    with transaction():
        accounts.claim("visa", current_user.person.id, now=now)
    try:
        with transaction():
            request = letters.ask(
                entry=entry,
                passport=form.passport,
                language=form.language.data,
                standing=visas.standing_of(entry, now),
                by=current_user.person,
                now=now,
            )
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_form(own_entry(code), form), 422 if refusal.field else 409
    if request.state == letters.RequestState.ISSUED:
        flash(_("Your letter is ready."), "good")
    else:
        flash(_("Thank you. We look at it and write to you."), "good")
    return redirect(url_for(".visa", code=entry.meeting.code), 303)


@bp.post("/meetings/<code>/register/visa/withdraw")
@allow(signed_in)
def withdraw_visa(code):
    """The letter is needed no more: what was typed is deleted at once."""
    entry = own_entry(code)
    request = letters.queries.request_of(entry) or abort(404)
    with transaction():
        letters.withdraw(request, by=current_user.person, now=clock.now())
    flash(_("Withdrawn. What you typed of your passport is deleted."), "good")
    return redirect(url_for(".visa", code=entry.meeting.code), 303)


@bp.get("/meetings/<code>/register/visa/letter.pdf")
@allow(signed_in)
def visa_letter(code):
    """The letter, as long as it holds."""
    entry, now = own_entry(code), clock.now()
    request = letters.queries.request_of(entry)
    packed = letters.queries.letter_of(request) if request and letters.queries.holds(request, now) else None
    if packed is None:
        abort(404)
    with transaction():
        accounts.claim("document", current_user.person.id, now=now)
        letters.looked_at(request, by=current_user.person, now=now)
    return pdf_response(letters.render(packed), f"letter-{letters.reference_of(request)}.pdf")


def own_entry(code):
    """The reader's own registration if it is confirmed, or has had a letter; 404 otherwise."""
    meeting = meetings.by_code(code) or abort(404)
    found = registration.registration_in(meeting, current_user.person) or abort(404)
    if found.state != State.CONFIRMED and letters.queries.request_of(found) is None:
        abort(404)
    return registration.by_id(found.id)


def _show(entry):
    now, meeting = clock.now(), entry.meeting
    request, policy = letters.queries.request_of(entry), letters.queries.policy_of(meeting)
    passport = letters.queries.passport_of(request) if request else None
    hindrance = letters.hindrance(policy, visas.standing_of(entry, now), now)
    return render_template(
        "checkout/visa.html",
        entry=entry,
        meeting=meeting,
        request_=request,
        passport=passport,
        number=letters.passports.masked(passport.number) if passport else "",
        policy=policy,
        holds=bool(request) and letters.queries.holds(request, now),
        reference=letters.reference_of(request) if request else "",
        hindrance=letters.words.HINDRANCES[hindrance] if hindrance else None,
        refund=letters.words.refund_in_words(policy, meeting),
        claim=letters.queries.claim_of(entry),
        may_claim=letters.refusals.may_ask(entry, now),
        purged_from=letters.queries.purge_day(meeting),
        states=letters.words.STATES,
        claim_states=letters.words.CLAIM_STATES,
    )


def _show_form(entry, form):
    newest = letters.queries.request_of(entry)
    return render_template(
        "checkout/visa_request.html",
        entry=entry,
        meeting=entry.meeting,
        form=form,
        replaces=newest.state if letters.queries.live(newest) else "",
        purged_from=letters.queries.purge_day(entry.meeting),
    )
