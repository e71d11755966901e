"""Proofs: handed in, decided by staff, taken back while nothing followed, followed by a letter, and purged."""

from datetime import datetime, time, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from conference import audit, jobs
from conference.kernel import Refusal, claimed, db
from conference.registration.eligibility import mails, queries
from conference.registration.eligibility.models import Proof, ProofFile, Provision
from conference.registration.eligibility.rules import ProofState, ProvisionState
from conference.registration.models import Registration

UNDO_FOR = timedelta(minutes=2)  # the letter and the money wait so long, so that a slip can be taken back
DECIDED = (ProofState.CLEARED, ProofState.DECLINED, ProofState.ASKED)


def hand_in(*, person, meeting, category, document, now):
    """Keep what `made_safe` gave as the person's proof for a category; it takes the place of one that waits. Refusal at the field."""
    requirement = queries.requirement_of(category)
    if requirement is None or not requirement.proof:
        raise Refusal(_("Nothing has to be handed in for this category."), field="file")
    media_type, safe = document
    _replace_waiting(person, requirement.proof)
    proof = Proof(
        person_id=person.id,
        meeting_id=meeting.id,
        category_id=category.id,
        kind=requirement.proof,
        handed_in_at=now,
        purge_at=_latest_purge(meeting, queries.policy_of(meeting)),
    )
    try:
        with db.session.begin_nested():
            db.session.add(proof)
    except IntegrityError:
        raise Refusal(_("Another document of yours came at the same moment. Look again."), field="file") from None
    db.session.add(ProofFile(proof_id=proof.id, media_type=media_type, size=len(safe), content=safe))
    audit.record(by=person, verb="handed in", subject=proof, now=now, after={"kind": proof.kind})
    db.session.flush()
    return proof


def decide(proof, state, *, by, now, reason="", good_until=None):
    """Clear, decline, or ask for another; Refusal when somebody else was faster. Letter and money follow after UNDO_FOR."""
    if state not in DECIDED:
        raise ValueError(state)
    if state != ProofState.CLEARED and not reason:
        raise Refusal(_("Say why: the person reads it in the letter."), field="reason")
    values = {
        "state": str(state),
        "reason": reason,
        "good_until": good_until if state == ProofState.CLEARED else None,
        "decided_at": now,
        "decided_by_id": by.id,
    }
    if not claimed(update(Proof).where(Proof.id == proof.id, Proof.state == ProofState.WAITING).values(**values)):
        raise Refusal(_("This proof does not wait any more: somebody decided it, or a later one took its place."))
    audit.record(by=by, verb="decided on", subject=proof, now=now, after={"state": str(state)}, note=reason)


def undo(proof, *, by, now):
    """As if nobody had decided; Refusal once the letter is written."""
    back = {
        "state": str(ProofState.WAITING),
        "reason": "",
        "good_until": None,
        "decided_at": None,
        "decided_by_id": None,
    }
    mine = update(Proof).where(
        Proof.id == proof.id, Proof.followed_at.is_(None), Proof.state.in_([str(s) for s in DECIDED])
    )
    try:
        with db.session.begin_nested():
            was_done = claimed(mine.values(**back))
    except IntegrityError:
        raise Refusal(_("The person has handed in another document meanwhile. Decide on that one.")) from None
    if not was_done:
        raise Refusal(
            _("The letter about this decision is written: it can be taken back no more. Ask the person for another.")
        )
    audit.record(by=by, verb="took a decision back", subject=proof, now=now, before={"state": proof.state})


def may_undo(proof):
    """Whether a decision can still be taken back."""
    return proof.state in DECIDED and proof.followed_at is None


def looked_at(proof, *, by, now):
    """Somebody has opened the document: remembered, each time."""
    audit.record(by=by, verb="looked at", subject=proof, now=now)


def due_to_follow(now):
    """Keys of decisions whose letter is due."""
    statement = select(Proof.id).where(
        Proof.state.in_([str(state) for state in DECIDED]),
        Proof.followed_at.is_(None),
        Proof.decided_at <= now - UNDO_FOR,
    )
    return list(db.session.scalars(statement.order_by(Proof.id).limit(200)))


def follow(proof_id, *, now):
    """Write the letter about a decision, once, and let the prices that wait for it be looked at; whether it was done."""
    mine = update(Proof).where(Proof.id == proof_id, Proof.followed_at.is_(None), Proof.decided_at <= now - UNDO_FOR)
    if not claimed(mine.where(Proof.state.in_([str(state) for state in DECIDED])).values(followed_at=now)):
        return False
    ref = db.session.scalar(select(Proof.ref).where(Proof.id == proof_id))
    proof = queries.proof_by_ref(ref)
    keep = timedelta(days=queries.policy_of(proof.meeting).keep_days)
    proof.purge_at = min(proof.purge_at, now + keep)
    _wake_provisions(proof, now)
    mails.decided(proof, now=now)
    db.session.flush()
    return True


def purge(now):
    """Delete documents whose time is over; how many. What was decided stays."""
    statement = select(Proof).join(ProofFile).where(Proof.purge_at <= now).order_by(Proof.id).limit(500)
    over = list(db.session.scalars(statement))
    for proof in over:
        db.session.execute(delete(ProofFile).where(ProofFile.proof_id == proof.id))
        proof.purged_at = now
        if proof.state == ProofState.WAITING:
            proof.state, proof.reason, proof.followed_at = ProofState.DECLINED, _("Not looked at in time"), now
        audit.record(by=None, verb="purged", subject=proof, now=now)
    db.session.flush()
    return len(over)


def _replace_waiting(person, kind):
    mine = (Proof.person_id == person.id, Proof.kind == kind, Proof.state == ProofState.WAITING)
    gone = update(Proof).where(*mine).values(state=str(ProofState.REPLACED)).returning(Proof.id)
    keys = db.session.scalars(gone, execution_options={"synchronize_session": False}).all()
    if keys:
        db.session.execute(delete(ProofFile).where(ProofFile.proof_id.in_(keys)))


def _latest_purge(meeting, policy):
    return datetime.combine(meeting.ends + timedelta(days=1 + policy.keep_days), time(0), tzinfo=meeting.zone)


def _wake_provisions(proof, now):
    theirs = select(Registration.id).where(Registration.person_id == proof.person_id)
    waiting = [ProvisionState.OPEN]
    if proof.state == ProofState.CLEARED:  # what was asked for meanwhile is not due, and what was paid goes back
        waiting += [ProvisionState.ASKED, ProvisionState.UNPAID, ProvisionState.PAID]
    db.session.execute(
        update(Provision)
        .where(Provision.registration_id.in_(theirs), Provision.kind == proof.kind)
        .where(Provision.state.in_([str(state) for state in waiting]))
        .values(due_at=now),
        execution_options={"synchronize_session": False},
    )
    jobs.soon("proofs")
