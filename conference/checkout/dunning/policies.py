"""What a meeting, or the society for all that have nothing of their own, decides about reminders."""

from flask_babel import gettext as _
from sqlalchemy import select, update

from conference import audit, jobs
from conference.checkout.dunning.keeping import policies
from conference.checkout.dunning.models import DunningCase, DunningPolicy, DunningStep
from conference.checkout.dunning.rules import ORDER, Release, Step
from conference.kernel import Refusal, claimed, db, insert_once
from conference.payments import Order, OrderState

DAYS = {Step.FRIENDLY: 5, Step.FIRST: 7, Step.SECOND: 14, Step.LAST: 14}


def kept_policy(meeting):
    """The policy that was decided for a meeting itself, or for the society (None): None where there is none."""
    return policies().get(meeting.id if meeting is not None else None)


def usual():
    """A policy that nobody has decided on: what its form begins with."""
    steps = [DunningStep(step=str(step), is_on=True, days=DAYS[step], subject="", note="") for step in ORDER]
    return DunningPolicy(
        is_on=False, by_hand=False, release=str(Release.STAFF), days_to_pay=10, bank_days=3, version=0, steps=steps
    )


def policy_for(meeting):
    """What holds for a meeting's form: its own policy, the society's as a beginning, or the usual one, as (policy, whether it is its own)."""
    own = kept_policy(meeting)
    return (own, True) if own is not None else (kept_policy(None) or usual(), False)


def save(meeting, *, steps, version, by, now, **facts):
    """Decide how a meeting (None: the society) reminds; `steps` {step: {is_on, days, subject, note}}. Refusal when somebody was faster."""
    found = kept_policy(meeting)
    before = _said(found) if found is not None else {}
    policy = _first(meeting, version, facts) if found is None else _next(found, version, facts)
    for step in ORDER:
        _set_step(policy, step, steps[step])
    db.session.flush()
    db.session.expire(policy)
    _look_at_all(meeting)
    after = _said(kept_policy(meeting))
    changed = [name for name in after if after[name] != before.get(name)]
    audit.record(
        by=by,
        verb="decided on reminders for" if meeting else "decided on reminders",
        subject=meeting or policy,
        now=now,
        before={name: before.get(name) for name in changed if before},
        after={name: after[name] for name in changed},
    )
    jobs.soon("dunning")


def remove(meeting, *, by, now):
    """Have the society's policy hold for a meeting again; Refusal when it has none of its own."""
    own = kept_policy(meeting)
    if own is None:
        raise Refusal(_("This meeting has nothing of its own."))
    for step in own.steps:
        db.session.delete(step)
    db.session.flush()
    db.session.delete(own)
    db.session.flush()
    _look_at_all(meeting)
    audit.record(by=by, verb="left reminders to the society for", subject=meeting, now=now)
    jobs.soon("dunning")


def _first(meeting, version, facts):
    if version:
        _refuse()
    values = {"meeting_id": meeting.id if meeting else None, "is_default": meeting is None, "version": 1, **facts}
    if not insert_once(DunningPolicy.__table__, values):
        _refuse()
    return kept_policy(meeting)


def _next(found, version, facts):
    mine = update(DunningPolicy).where(DunningPolicy.id == found.id, DunningPolicy.version == version)
    if not claimed(mine.values(version=version + 1, **facts)):
        _refuse()
    return found


def _refuse():
    raise Refusal(_("Somebody else has saved this since you opened it. Look at it again."))


def _set_step(policy, step, values):
    mine = (DunningStep.policy_id == policy.id, DunningStep.step == step)
    row = db.session.scalar(select(DunningStep).where(*mine))
    if row is None:
        row = DunningStep(policy_id=policy.id, step=str(step))
        db.session.add(row)
    for name, value in values.items():
        setattr(row, name, value)


def _look_at_all(meeting):
    """Orders that wait are looked at anew by the sweep: of this meeting, or all."""
    waiting = select(Order.id).where(Order.state == OrderState.OPEN)
    cases = update(DunningCase).where(DunningCase.order_id.in_(waiting))
    if meeting is not None:
        cases = cases.where(DunningCase.meeting_id == meeting.id)
    db.session.execute(cases.values(looked_at=None), execution_options={"synchronize_session": False})


def _said(policy):
    """A policy as the audit trail keeps it."""
    facts = {name: getattr(policy, name) for name in ("is_on", "by_hand", "release", "days_to_pay", "bank_days")}
    for each in policy.steps:
        facts[f"step {each.step}"] = each.days if each.is_on else None
        facts[f"text of {each.step}"] = f"{each.subject} {each.note}".strip()
    return facts
