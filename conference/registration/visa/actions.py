"""The verbs of a visa letter: ask for it, issue it, decline it, declare it void, withdraw it, and decide how it is dealt with."""

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from conference import audit
from conference.kernel import Refusal, claimed, db, new_ref
from conference.registration.visa import letters, mails, queries
from conference.registration.visa.models import VisaRequest
from conference.registration.visa.passports import faults
from conference.registration.visa.rules import LIVE, RequestState, hindrance, is_automatic
from conference.registration.visa.words import FAULTS, HINDRANCES

CODE_LENGTH = 22  # letters of 4.5 bits each: nobody finds one by trying
# What is left of a request when its data is purged; `letter` and `passport` are the sealed columns.
EMPTY = {"passport": None, "letter": None, "nationality": ""}


def ask(*, entry, passport, language, standing, by, now):
    """Ask for a letter, or anew for a mended one: what was asked before ends and is purged. The request, issued at once where the rule says so.

    Refusal in words, beside the field where there is one.
    """
    policy = queries.policy_of(entry.meeting)
    _refuse_hindered(policy, standing, now)
    _refuse_faulty(passport, entry.meeting, now)
    if language not in letters.texts_in_use(entry.meeting):
        raise Refusal(_("Letters are not written in this language."), field="language")
    end_earlier(entry, by=by, now=now)
    request = VisaRequest(
        meeting_id=entry.meeting_id,
        registration_id=entry.id,
        language=language,
        nationality=passport.nationality,
        passport=passport.packed(),
        confirmed_at=entry.confirmed_at,
        asked_at=now,
    )
    _write(request)
    audit.record(by=by, verb="asked for a visa letter", subject=request, now=now)
    request = queries.request_in(entry.meeting, request.ref)
    if is_automatic(policy, passport.nationality):
        issue(request, standing=standing, by=None, now=now)
    else:
        mails.received(request, now=now)
    return request


def issue(request, *, standing, by, now):
    """Write the letter of a request that waits; Refusal when it does not wait any more, or the registration is not what it was."""
    policy = queries.policy_of(request.meeting)
    if not queries.stands(request) or not standing.is_paid:
        raise Refusal(_("The registration does not stand as it did, or is not wholly paid."))
    passport = queries.passport_of(request)
    if passport is None:
        raise Refusal(_("The passport data of this request is deleted."))
    text = letters.texts_in_use(request.meeting).get(request.language) or letters.first_text(request.meeting)
    code, reference = new_ref(CODE_LENGTH), reference_of(request)
    packed = letters.snapshot(
        text=text, passport=passport, entry=request.registration, reference=reference, code=code, now=now
    )
    _decide(request, RequestState.ISSUED, by=by, now=now, code=code, letter=packed, text_id=text.id)
    after = {"text": text.version, "review": str(policy.review)}
    audit.record(by=by, verb="issued the visa letter of", subject=request, now=now, after=after)
    mails.ready(request, now=now)


def decline(request, *, reason, by, now):
    """No letter; the person reads why. What they typed is kept for their next try, until it is purged."""
    if not reason:
        raise Refusal(_("Say why: the person reads it in the letter."), field="reason")
    _decide(request, RequestState.DECLINED, by=by, now=now, reason=reason)
    audit.record(by=by, verb="declined the visa letter of", subject=request, now=now, note=reason)
    mails.declined(request, now=now)


def void(request, *, reason, by, now):
    """A letter that was issued holds no more; its data is deleted. Refusal when it does not hold."""
    if not reason:
        raise Refusal(_("Say why: the person reads it in the letter."), field="reason")
    _end(request, RequestState.VOIDED, (RequestState.ISSUED,), now=now, reason=reason)
    audit.record(by=by, verb="declared the visa letter void of", subject=request, now=now, note=reason)
    mails.voided(request, now=now)


def withdraw(request, *, by, now):
    """The person needs it no more: the letter holds no more and what they typed is deleted, at once."""
    _end(request, RequestState.WITHDRAWN, (*LIVE, RequestState.DECLINED), now=now)
    audit.record(by=by, verb="withdrew the visa letter", subject=request, now=now)


def end_earlier(entry, *, by, now):
    """Whatever was asked before for a registration ends: a letter holds no more, and its data is deleted."""
    statement = select(VisaRequest).where(VisaRequest.registration_id == entry.id, VisaRequest.purged_at.is_(None))
    for earlier in db.session.scalars(statement.with_for_update().execution_options(populate_existing=True)):
        was_live = earlier.state in LIVE
        purge(earlier, state=RequestState.REPLACED if was_live else earlier.state, now=now)
        audit.record(by=by, verb="replaced the visa letter", subject=earlier, now=now)


def purge(request, *, state, now, **values):
    """Delete the passport and the letter of a request; what was asked and decided, and when, stays."""
    mine = update(VisaRequest).where(VisaRequest.id == request.id, VisaRequest.purged_at.is_(None))
    is_done = claimed(mine.values(state=str(state), purged_at=now, **EMPTY, **values))
    db.session.expire(request)
    return is_done


def reference_of(request):
    """What a letter is called in letters about it."""
    return f"{request.meeting.code}-{request.ref}"


def looked_at(request, *, by, now):
    """Somebody has opened the passport data, or the letter with it: remembered, each time."""
    audit.record(by=by, verb="looked at the passport of", subject=request, now=now)


def _refuse_hindered(policy, standing, now):
    reason = hindrance(policy, standing, now)
    if reason is not None:
        raise Refusal(HINDRANCES[reason])


def _refuse_faulty(passport, meeting, now):
    today = now.astimezone(meeting.zone).date()
    for field, fault in faults(passport, starts=meeting.starts, ends=meeting.ends, today=today):
        raise Refusal(FAULTS[fault], field=field)


def _write(request):
    try:
        with db.session.begin_nested():
            db.session.add(request)
    except IntegrityError:
        raise Refusal(_("Another request of yours came at the same moment. Look again.")) from None


def _decide(request, state, *, by, now, **values):
    mine = update(VisaRequest).where(VisaRequest.id == request.id, VisaRequest.state == RequestState.WAITING)
    decided = {"state": str(state), "decided_at": now, "decided_by_id": by.id if by else None, **values}
    if not claimed(mine.values(**decided)):
        raise Refusal(_("This request does not wait any more: somebody decided it, or the person has asked anew."))
    db.session.refresh(request, list(decided))


def _end(request, state, before, *, now, **values):
    mine = update(VisaRequest).where(VisaRequest.id == request.id, VisaRequest.state.in_([str(s) for s in before]))
    ended = {"state": str(state), "decided_at": now, "purged_at": now, **EMPTY, **values}
    if not claimed(mine.values(**ended)):
        raise Refusal(_("This request has moved on meanwhile. Look at it again."))
    db.session.refresh(request, ["state", "decided_at", "purged_at", "reason"])
