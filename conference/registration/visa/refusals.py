"""Refused visas: the wish for a refund with the consulate's letter, and what staff decide; money is moved above, in checkout."""

from flask_babel import gettext as _
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from conference import audit
from conference.kernel import Refusal, claimed, db
from conference.registration.eligibility.documents import made_safe
from conference.registration.rules import State
from conference.registration.visa import mails, queries
from conference.registration.visa.models import VisaRefusal
from conference.registration.visa.rules import ClaimState, Policy, RefundRule, may_claim

RULE = ("refund_rule", "fee_minor")


def may_ask(entry, now):
    """Whether a refund for a refused visa can be asked for: the meeting offers it, and a letter was issued for this registration."""
    policy = queries.policy_of(entry.meeting)
    today = now.astimezone(entry.meeting.zone).date()
    had_letter = any(each.code and each.confirmed_at == entry.confirmed_at for each in queries.requests_of(entry))
    return entry.state == State.CONFIRMED and had_letter and may_claim(policy, today=today)


def letter_of(content, meeting):
    """The consulate's letter as `ask` takes it, ("", None) where there is none and none is needed; Refusal beside the field."""
    return made_safe(content) if content or queries.policy_of(meeting).needs_refusal else ("", None)


def ask(*, entry, letter, note, by, now):
    """Ask for the money after a refused visa, by the rule of today; Refusal beside the field."""
    if not may_ask(entry, now):
        raise Refusal(_("A refund for a refused visa cannot be asked for any more. Write to the office."))
    policy, (media_type, safe) = queries.policy_of(entry.meeting), letter
    claim = VisaRefusal(
        meeting_id=entry.meeting_id,
        registration_id=entry.id,
        note=note,
        rule={name: getattr(policy, name) for name in RULE},
        asked_at=now,
        media_type=media_type,
        content=safe,
    )
    try:
        with db.session.begin_nested():
            db.session.add(claim)
    except IntegrityError:
        raise Refusal(_("You have asked already. We look at it and write to you.")) from None
    audit.record(by=by, verb="asked for a refund after a refused visa", subject=claim, now=now)
    claim = queries.claim_in(entry.meeting, claim.ref)
    mails.claim_received(claim, now=now)
    return claim


def rule_of(claim):
    """The Policy that holds for a wish: that of the day on which it was written."""
    return Policy(refund_rule=RefundRule(claim.rule["refund_rule"]), fee_minor=claim.rule["fee_minor"])


def approve(claim, *, by, now):
    """Mark it as approved; whoever calls sends the money back in the same transaction. Refusal when somebody was faster."""
    _decide(claim, ClaimState.APPROVED, by=by, now=now)
    audit.record(by=by, verb="approved the refund after a refused visa", subject=claim, now=now)


def decline(claim, *, reason, by, now):
    """Nothing goes back by this rule; the person reads why."""
    if not reason:
        raise Refusal(_("Say why: the person reads it in the letter."), field="reason")
    _decide(claim, ClaimState.DECLINED, by=by, now=now, reason=reason)
    audit.record(by=by, verb="declined the refund after a refused visa", subject=claim, now=now, note=reason)
    mails.claim_declined(claim, now=now)


def looked_at(claim, *, by, now):
    """Somebody has opened the consulate's letter: remembered, each time."""
    audit.record(by=by, verb="looked at", subject=claim, now=now)


def _decide(claim, state, *, by, now, **values):
    mine = update(VisaRefusal).where(VisaRefusal.id == claim.id, VisaRefusal.state == ClaimState.WAITING)
    decided = {"state": str(state), "decided_at": now, "decided_by_id": by.id if by else None, **values}
    if not claimed(mine.values(**decided)):
        raise Refusal(_("Somebody has decided this meanwhile."))
    db.session.refresh(claim, list(decided))
