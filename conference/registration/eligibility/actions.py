"""Changing what categories ask and how proofs are dealt with: for those who register from now on."""

from flask_babel import gettext as _

from conference import audit
from conference.kernel import Refusal, db
from conference.registration.eligibility import queries
from conference.registration.eligibility.models import CategoryRequirement
from conference.registration.rules import CategoryKind

NOTHING = {"members_only": False, "stages": [], "tiers": [], "proof": "", "proof_words": "", "fallback_id": None}


def require(category, *, by, now, **facts):
    """Let a category ask `facts` (as NOTHING names them) of whoever registers from now on; Refusal for one of guests."""
    if category.kind == CategoryKind.GUEST:
        raise Refusal(_("Nothing is asked of guests: who may bring them is decided for the meeting."))
    row = queries.requirement_of(category)
    if row is None:
        row = CategoryRequirement(category_id=category.id, **NOTHING)
        db.session.add(row)
        db.session.flush()
    before, after = audit.changes(row, facts)
    for name, value in after.items():
        setattr(row, name, value)
    if after:
        audit.record(by=by, verb="changed", subject=category, now=now, before=before, after=after, note=category.name)
    db.session.flush()
    return row


def set_policy(meeting, *, by, now, **facts):
    """The meeting's setting for proofs, for orders placed from now on."""
    row = queries.policy_of(meeting)
    before, after = audit.changes(row, facts)
    for name, value in after.items():
        setattr(row, name, value)
    db.session.add(row)
    if after:
        told = {"before": _plain(before), "after": _plain(after)}
        audit.record(by=by, verb="decided on proofs of", subject=meeting, now=now, **told)
    db.session.flush()
    return row


def _plain(facts):
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in facts.items()}
