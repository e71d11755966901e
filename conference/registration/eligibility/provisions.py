"""Prices that wait for a proof: noted when their line is given, and what each becomes. Money is moved above, in checkout."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import joinedload

from conference import audit, jobs, payments
from conference.kernel import Money, Refusal, claimed, db, insert_once
from conference.payments import NewLine, Order, OrderState
from conference.registration.eligibility import queries, words
from conference.registration.eligibility.models import Proof, Provision
from conference.registration.eligibility.rules import ProofState, ProvisionState, outcome, with_code
from conference.registration.models import Registration

AGAIN = timedelta(hours=1)


def note(line, *, now):
    """Remember that the price of a line that is given waits for a proof; nothing for other lines, and once for each."""
    pending = line.rule.get("pending")
    if line.kind != "registration" or not pending:
        return
    values = {
        "registration_id": line.reference,
        "line_id": line.id,
        "kind": pending["kind"],
        "policy": pending["policy"],
        "other_minor": pending["other_minor"],
        "until": datetime.fromisoformat(pending["until"]),
        "pay_days": pending["pay_days"],
        "state": str(ProvisionState.OPEN),
        "due_at": now,
        "trouble": "",
        "made_at": now,
    }
    insert_once(Provision.__table__, values)
    jobs.soon("proofs")


def due(now):
    """Keys of prices that are to be looked at."""
    waiting = Provision.state.in_([str(ProvisionState.OPEN), str(ProvisionState.ASKED)])
    found = select(Provision.id).where(or_(waiting, _cleared_after_all()), Provision.due_at <= now)
    return list(db.session.scalars(found.order_by(Provision.due_at).limit(200)))


def _cleared_after_all():
    """WHERE of balances that were asked for, although the proof that was handed in before they were paid is cleared by now."""
    cleared = select(Proof.id).join(Registration, Registration.person_id == Proof.person_id)
    cleared = cleared.where(Registration.id == Provision.registration_id, Proof.kind == Provision.kind)
    cleared = cleared.where(Proof.state == ProofState.CLEARED, Proof.followed_at.is_not(None))
    order = select(Order.id).where(Order.id == Provision.order_id, Order.state == OrderState.PAID)
    in_time = cleared.where(order.where(Order.settled_at > Proof.handed_in_at).correlate(Provision, Proof).exists())
    return or_(
        and_(Provision.state == ProvisionState.UNPAID, cleared.correlate(Provision).exists()),
        and_(
            Provision.state.in_([str(ProvisionState.PAID), str(ProvisionState.KEPT)]),
            in_time.correlate(Provision).exists(),
        ),
    )


def is_cleared(provision):
    """Whether staff have cleared a proof of the kind that a price waited for, and the letter about it is written."""
    return provision.kind in queries.cleared_of(provision.registration.person)


def was_handed_in_before(provision, instant):
    """Whether a proof that is cleared by now had been handed in before an instant: it waited for staff, not for the person."""
    mine = (Proof.person_id == provision.registration.person_id, Proof.kind == provision.kind)
    done = (Proof.state == ProofState.CLEARED, Proof.followed_at.is_not(None), Proof.handed_in_at < instant)
    return db.session.scalar(select(Proof.id).where(*mine, *done).limit(1)) is not None


def order_not_due(provision_id):
    """The order over a balance that is not due any more since the proof is cleared, or None."""
    statement = select(Provision).where(Provision.id == provision_id, Provision.state == ProvisionState.ASKED)
    whole = joinedload(Provision.registration).joinedload(Registration.person)
    provision = db.session.scalar(statement.options(whole).execution_options(populate_existing=True))
    is_over = provision is not None and is_cleared(provision)
    return payments.order_by_id(provision.order_id) if is_over else None


def locked(provision_id):
    """A price that waits, kept from other workers until the transaction ends."""
    statement = select(Provision).where(Provision.id == provision_id).with_for_update()
    whole = joinedload(Provision.registration).joinedload(Registration.person)
    db.session.scalar(statement)
    loaded = select(Provision).where(Provision.id == provision_id).options(whole)
    return db.session.scalar(loaded.execution_options(populate_existing=True))


def outcome_of(provision, now):
    """What is to be done with it now."""
    person = provision.registration.person
    proof = queries.newest_proof(person, provision.kind)
    state = proof.state if proof else None
    if proof is not None and proof.state not in (ProofState.WAITING, ProofState.REPLACED) and proof.followed_at is None:
        state = ProofState.WAITING  # it can still be taken back
    if provision.kind in queries.cleared_of(person):
        state = ProofState.CLEARED
    asked_at = proof.decided_at if proof and proof.decided_at else provision.made_at
    return outcome(policy=provision.policy, proof=state, until=provision.until, asked_at=asked_at, now=now)


def look_later(provision, now, *, trouble=""):
    """Nothing can be done now: look again at the deadline, or within the hour when that is over or something is wrong."""
    is_ahead = provision.until > now and not trouble
    provision.due_at = provision.until if is_ahead else now + AGAIN
    provision.trouble = trouble[:600]
    db.session.flush()


def move(provision, state, *, now, order_id=None, by=None, reason=""):
    """What became of it."""
    before = provision.state
    provision.state, provision.trouble = str(state), ""
    if state == ProvisionState.ASKED:
        provision.order_id, provision.due_at = order_id, now
    else:
        provision.settled_at = now
    told = {"before": {"state": before}, "after": {"state": str(state)}}
    audit.record(by=by, verb="changed the proof of", subject=provision.registration, now=now, note=reason, **told)
    db.session.flush()


def waive(provision, *, by, now, reason):
    """Staff let a balance go that was not paid; Refusal when it does not wait for that."""
    mine = update(Provision).where(Provision.id == provision.id, Provision.state == ProvisionState.UNPAID)
    if not claimed(mine.values(state=str(ProvisionState.WAIVED), settled_at=now)):
        raise Refusal(_("This balance does not wait for a decision any more."))
    entry = db.session.get(Registration, provision.registration_id)
    audit.record(by=by, verb="waived a balance of", subject=entry, now=now, note=reason)


def as_before(first, stands, provision):
    """The NewLine by which a ticket is sold again at the price of its `first` line, after the line that `stands` had the balance paid."""
    rule = {name: value for name, value in first.rule.items() if name != "pending"}
    proof = {"kind": provision.kind, "cleared": True, "sold_before": stands.id, "policy": provision.policy}
    why = [text for number, text in enumerate(first.why) if number != first.rule["pending"]["said_at"]]
    said = _("Proof cleared: %(kind)s", kind=str(words.PROOFS[provision.kind]).lower())
    rule |= {"price_until": None, "proof": proof}
    return NewLine("registration", first.reference, first.title, first.amount, (*why, said), rule)


def resold(line, provision, *, cleared):
    """The NewLine by which a line is sold anew at its other price, `cleared` or not; its rule says what it was before."""
    pending = line.rule["pending"]
    amount, off = with_code(Money(provision.other_minor, line.currency), line.rule)
    dropped = {"pending", "priced_as"} if cleared else {"pending"}
    rule = {name: value for name, value in line.rule.items() if name not in dropped}
    rule["price_until"] = None  # the day by which the first price had to be paid is over and done with
    rule["proof"] = {"kind": provision.kind, "cleared": cleared, "sold_before": line.id, "policy": provision.policy}
    if cleared:
        rule["member_less_minor"] = pending["member_less_minor"]
    else:
        rule["priced_as"] = pending["fallback"]
    if "code" in rule:
        rule |= {"list_minor": provision.other_minor, "off_minor": off.minor}
    kind = str(words.PROOFS[provision.kind]).lower()
    said = _("Proof cleared: %(kind)s", kind=kind) if cleared else _("No proof was cleared: %(kind)s", kind=kind)
    why = [text for number, text in enumerate(line.why) if number != pending["said_at"]]
    return NewLine("registration", line.reference, line.title, amount, (*why, said), rule)
