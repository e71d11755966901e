"""Kinds of invitations at the desk: made and changed, with their reminders; what was promised to somebody invited before stays."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from conference import audit
from conference.kernel import Refusal, claimed, db
from conference.registration.invitation_models import Invitation, InvitationKind, InvitationList, InvitationReminder
from conference.registration.invitations.queries import reminders_of


def add_kind(meeting, *, reminders, by, now, **facts):
    """A new kind; Refusal at the field when its code is in use."""
    last = select(func.coalesce(func.max(InvitationKind.position), 0)).where(InvitationKind.meeting_id == meeting.id)
    kind = InvitationKind(meeting_id=meeting.id, position=db.session.scalar(last) + 1, **facts)
    try:
        with db.session.begin_nested():
            db.session.add(kind)
    except IntegrityError:
        raise Refusal(_("This code is in use already."), field="code") from None
    _set_reminders(kind, reminders)
    audit.record(by=by, verb="added", subject=kind, now=now, note=kind.name)
    return kind


def change_kind(kind, *, reminders, seen, by, now, **facts):
    """Change what people are given who are invited from now on; Refusal when it was changed elsewhere since version `seen`, or more are invited.

    Those who were invited keep what their letter said, but for the dates of reminders.
    """
    before, after = audit.changes(kind, facts)
    told = _told(before), _told(after)
    old = reminders_of(kind)
    room = (InvitationKind.id == kind.id) & (InvitationKind.version == seen)
    if not claimed(update(InvitationKind).where(room).values(version=seen + 1)):
        raise Refusal(_("It was changed elsewhere meanwhile. Look at it again before you save."))
    _limit(kind, facts.pop("most"))
    for name, value in facts.items():
        setattr(kind, name, value)
    db.session.flush()
    _set_reminders(kind, reminders)
    if sorted(reminders) != old:
        told[0]["reminders"], told[1]["reminders"] = _instants(old), _instants(reminders)
    if told[1]:
        audit.record(by=by, verb="changed", subject=kind, now=now, note=kind.name, before=told[0], after=told[1])
    db.session.refresh(kind)
    return kind


def remove_kind(kind, *, by, now):
    """Take a kind away with which nobody was ever invited; Refusal otherwise."""
    used = select(func.count()).select_from(Invitation).where(Invitation.kind_id == kind.id)
    if db.session.scalar(used):
        raise Refusal(_("People were invited as %(kind)s: close it instead.", kind=kind.name))
    audit.record(by=by, verb="took away the kind", subject=kind, now=now, note=kind.name)
    db.session.execute(delete(InvitationList).where(InvitationList.kind_id == kind.id))
    db.session.execute(delete(InvitationReminder).where(InvitationReminder.kind_id == kind.id))
    db.session.delete(kind)
    db.session.flush()


def _limit(kind, most):
    room = (
        InvitationKind.id == kind.id
        if most is None
        else (InvitationKind.id == kind.id) & (InvitationKind.invited <= most)
    )
    if not claimed(update(InvitationKind).where(room).values(most=most)):
        count = db.session.scalar(select(InvitationKind.invited).where(InvitationKind.id == kind.id))
        raise Refusal(_("%(count)s are invited already: not fewer than that.", count=count), field="most")


def _set_reminders(kind, instants):
    db.session.execute(delete(InvitationReminder).where(InvitationReminder.kind_id == kind.id))
    db.session.add_all(InvitationReminder(kind_id=kind.id, at=at) for at in sorted(set(instants)))
    db.session.flush()


def _told(facts):
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in facts.items()}


def _instants(values):
    return [at.isoformat(timespec="minutes") for at in sorted(values)]
