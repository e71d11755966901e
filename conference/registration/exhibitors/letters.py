"""Letters to exhibitors' contacts: due and not written yet, each under a unique key, so that none comes twice and none is missed."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from conference import audit
from conference.kernel import Refusal, db, insert_once
from conference.people import Person
from conference.registration.allotment_models import Allotment
from conference.registration.exhibitors import mails, queries
from conference.registration.exhibitors.models import BoothKind, Exhibitor, ExhibitorLetter
from conference.registration.exhibitors.rules import LetterKind
from conference.registration.groups.models import Group


def to_invite(meeting):
    """Keys of the exhibitors whose contact has had no invitation."""
    return list(db.session.scalars(_without(LetterKind.INVITATION, Exhibitor.meeting_id == meeting.id)))


def to_remind(meeting, now):
    """Keys of the exhibitors with badges left, whose names are still taken free of charge, and who were not reminded of that day."""
    return list(db.session.scalars(_without(LetterKind.REMINDER, Exhibitor.meeting_id == meeting.id, *_open(now))))


def due_reminders(now):
    """Keys of those whose kind of booth has them reminded by now."""
    found = db.session.execute(
        _without(LetterKind.REMINDER, *_open(now), BoothKind.remind_days.is_not(None), with_kind=True)
    )
    return [key for key, until, days in found if until - timedelta(days=days) <= now]


def write(exhibitor_id, kind, *, now, by=None):
    """Write a letter that is due; whether this was the first to do so. Whoever was taken away meanwhile has none, nor a day that was."""
    exhibitor = next(iter(queries.by_ids([exhibitor_id])), None)
    due_for = _due_for(exhibitor, kind)
    if due_for is None or not insert_once(ExhibitorLetter.__table__, _row(exhibitor, kind, due_for, now)):
        return False
    _send(exhibitor, kind, due_for, by, now)
    return True


def write_again(exhibitor, kind, *, by, now):
    """The same letter once more because staff wish it; Refusal when there is nothing to remind of."""
    if kind == LetterKind.REMINDER and exhibitor.kind.names_until is None:
        raise Refusal(_("This kind of booth has no day until which names are to be given."))
    db.session.add(ExhibitorLetter(**_row(exhibitor, kind, now, now)))
    _send(exhibitor, kind, now, by, now)


def write_all(keys, kind, *, seen, by, now):
    """Write to all who are due, if they are as many as were `seen`; how many. Refusal, and nobody is written to."""
    if len(keys) != seen:
        raise Refusal(_("The list has changed since you looked. Look again at how many there are."))
    return sum(write(key, kind, by=by, now=now) for key in keys)


def _send(exhibitor, kind, due_for, by, now):
    letter = mails.invited if kind == LetterKind.INVITATION else mails.reminded
    letter(exhibitor, cause=f"{exhibitor.ref}:{due_for.isoformat()}", now=now)
    audit.record(
        by=by, verb=_VERBS[kind], subject=exhibitor, now=now, after={"email": exhibitor.group.coordinator.email}
    )


_VERBS = {LetterKind.INVITATION: "invited the exhibitor", LetterKind.REMINDER: "reminded the exhibitor"}


def _row(exhibitor, kind, due_for, now):
    email = exhibitor.group.coordinator.email
    return {"exhibitor_id": exhibitor.id, "kind": str(kind), "due_for": due_for, "to_email": email, "written_at": now}


def _due_for(exhibitor, kind):
    """What a letter is due for, or None when that is gone."""
    if exhibitor is None:
        return None
    return exhibitor.kind.names_until if kind == LetterKind.REMINDER else exhibitor.made_at


def _open(now):
    return BoothKind.names_until > now, Allotment.used < Allotment.allotted


def _without(kind, *clauses, with_kind=False):
    """A SELECT of exhibitors' keys for which all clauses hold and whose contact has had no letter of this kind for what it is due for."""
    columns = (Exhibitor.id, BoothKind.names_until, BoothKind.remind_days) if with_kind else (Exhibitor.id,)
    written = select(ExhibitorLetter.id).where(
        ExhibitorLetter.exhibitor_id == Exhibitor.id,
        ExhibitorLetter.kind == str(kind),
        ExhibitorLetter.to_email == Person.email,
    )
    if kind == LetterKind.REMINDER:
        written = written.where(ExhibitorLetter.due_for == BoothKind.names_until)
    return (
        select(*columns)
        .join(BoothKind, Exhibitor.kind_id == BoothKind.id)
        .join(Group, Exhibitor.group_id == Group.id)
        .join(Person, Group.coordinator_id == Person.id)
        .join(Allotment, Allotment.group_id == Group.id)
        .where(*clauses, ~written.correlate(Exhibitor, Person, BoothKind).exists())
        .order_by(Exhibitor.id)
    )
