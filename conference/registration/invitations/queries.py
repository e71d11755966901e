"""Finding kinds, invitations and lists; and where an invitation is, told from its code's use and its person's registration."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, null, or_, select
from sqlalchemy.orm import joinedload

from conference.kernel import Money, db
from conference.people import Person
from conference.registration.code_models import CodeUse, DiscountCode
from conference.registration.invitation_models import (
    Invitation,
    InvitationKind,
    InvitationList,
    InvitationReminded,
    InvitationReminder,
)
from conference.registration.invitation_rules import InvitationState, Shown
from conference.registration.models import Place, Registration
from conference.registration.rules import State

_FRESH = {"populate_existing": True}


@dataclass(frozen=True)
class Told:
    """An invitation as the desk sees it: where it is, what it takes off, its person's registration (None: none)."""

    invitation: Invitation
    shown: Shown
    off: Money
    entry_ref: str | None
    entry_state: str | None


def kinds_of(meeting, *, open_only=False):
    """The meeting's kinds in order; only those for which anybody can be invited now, if wished."""
    statement = select(InvitationKind).where(InvitationKind.meeting_id == meeting.id)
    statement = statement.order_by(InvitationKind.position, InvitationKind.id).execution_options(**_FRESH)
    return list(db.session.scalars(statement.where(InvitationKind.is_open) if open_only else statement))


def kind_of(meeting, code):
    """One kind of a meeting as it is now, or None."""
    mine = select(InvitationKind).where(InvitationKind.meeting_id == meeting.id, InvitationKind.code == code)
    return db.session.scalar(mine.execution_options(**_FRESH))


def reminders_of(kind):
    """The instants at which those of a kind are reminded, in order."""
    mine = select(InvitationReminder.at).where(InvitationReminder.kind_id == kind.id)
    return list(db.session.scalars(mine.order_by(InvitationReminder.at)))


def reminded(invitation):
    """[(instant for which they were reminded, when the letter was written)], in order."""
    mine = select(InvitationReminded.due_at, InvitationReminded.sent_at)
    return list(db.session.execute(mine.where(InvitationReminded.invitation_id == invitation.id).order_by("due_at")))


def whole():
    """A SELECT of invitations with all that their pages and letters show."""
    one = (Invitation.kind, Invitation.person, Invitation.meeting, Invitation.category, Invitation.code)
    loaded = [joinedload(each) for each in (*one, Invitation.invited_by)]
    return select(Invitation).options(*loaded).execution_options(**_FRESH)


def by_key(meeting, key):
    """The invitation of a personal link, or None."""
    return db.session.scalar(whole().where(Invitation.meeting_id == meeting.id, Invitation.key == key))


def by_id(key):
    """An invitation as it is now."""
    return db.session.scalar(whole().where(Invitation.id == key))


def by_ids(keys):
    """Invitations in the order of their keys."""
    return list(db.session.scalars(whole().where(Invitation.id.in_(keys)).order_by(Invitation.id)))


def of_person(person):
    """Told of every invitation that the person can still use or has used, the newest first."""
    rows = told_rows().where(Invitation.person_id == person.id, Invitation.state == InvitationState.STANDING)
    return [as_told(row) for row in db.session.execute(rows.order_by(Invitation.id.desc()))]


def standing_for(person, meeting):
    """The person's invitation to a meeting that stands, for pages that tell them of it; None without one."""
    mine = whole().where(Invitation.meeting_id == meeting.id, Invitation.person_id == person.id)
    return db.session.scalar(mine.where(Invitation.state == InvitationState.STANDING))


def pools_kept_for(person, meeting):
    """Keys of the pools of which an invitation keeps a place for somebody (None: nobody known yet)."""
    found = standing_for(person, meeting) if person is not None else None
    return {found.pool_id} if found is not None and found.pool_id is not None else set()


def of_registration(entry):
    """Told of the invitations of a registration's person to its meeting, and of the one that it uses; the newest first."""
    used = select(CodeUse.code_id).where(CodeUse.registration_id == entry.id)
    theirs = and_(Invitation.meeting_id == entry.meeting_id, Invitation.person_id == entry.person_id)
    rows = told_rows().where(or_(theirs, Invitation.code_id.in_(used)))
    return [as_told(row) for row in db.session.execute(rows.order_by(Invitation.id.desc()))]


def is_given_by_one(entry):
    """Whether a registration uses the code of an invitation."""
    used = select(CodeUse.id).join(DiscountCode, CodeUse.code_id == DiscountCode.id)
    mine = used.where(CodeUse.registration_id == entry.id, DiscountCode.person_id.is_not(None))
    return db.session.scalar(mine) is not None


def told(meeting, ref):
    """One invitation of a meeting as the desk sees it, or None."""
    rows = told_rows().where(Invitation.meeting_id == meeting.id, Invitation.ref == ref)
    row = db.session.execute(rows).first()
    return as_told(row) if row else None


def of_list(kept):
    """Told of every invitation of a list, in order."""
    rows = told_rows().where(Invitation.list_id == kept.id).order_by(Invitation.id)
    return [as_told(row) for row in db.session.execute(rows)]


def told_of(invitation):
    """The same of an invitation."""
    return as_told(db.session.execute(told_rows().where(Invitation.id == invitation.id)).one())


def told_rows():
    """A SELECT of rows that `as_told` reads, without order."""
    loaded = (joinedload(Invitation.kind), joinedload(Invitation.person), joinedload(Invitation.category))
    more = (joinedload(Invitation.meeting), joinedload(Invitation.code), joinedload(Invitation.invited_by))
    columns = (Invitation, shown_column(), CodeUse.off_minor, Registration.ref, Registration.state)
    return joined(select(*columns)).options(*loaded, *more).execution_options(**_FRESH)


def joined(statement):
    """The statement with what tells where an invitation is: its code's use, its person's registration, its place."""
    theirs = and_(
        Registration.meeting_id == Invitation.meeting_id,
        Registration.person_id == Invitation.person_id,
    )
    place = and_(
        Place.registration_id == Registration.id, Place.pool_id == Invitation.pool_id, Place.state == "offered"
    )
    return (
        statement.select_from(Invitation)
        .join(Person, Person.id == Invitation.person_id)
        .join(InvitationKind, InvitationKind.id == Invitation.kind_id)
        .join(DiscountCode, DiscountCode.id == Invitation.code_id)
        .outerjoin(CodeUse, CodeUse.code_id == Invitation.code_id)
        .outerjoin(Registration, theirs)
        .outerjoin(Place, place)
    )


def shown_column():
    """The Shown of an invitation, in SQL: from its own state, that of its code's use and that of its person's registration."""
    return case(
        (Invitation.state != InvitationState.STANDING, Invitation.state),
        (CodeUse.state == "kept", str(Shown.REGISTERED)),
        (CodeUse.state == "held", str(Shown.ORDERED)),
        (Registration.state == State.CONFIRMED, str(Shown.APART)),
        (Place.id != null(), str(Shown.KEPT)),
        else_=str(Shown.INVITED),
    ).label("shown")


def as_told(row):
    """A row of `told_rows` as Told."""
    invitation, shown, off, entry_ref, entry_state = row
    return Told(invitation, Shown(shown), Money(off or 0, invitation.code.currency), entry_ref, entry_state)


def list_of(meeting, ref):
    """A list of people who were looked at together, or None."""
    statement = select(InvitationList).where(InvitationList.meeting_id == meeting.id, InvitationList.ref == ref)
    loaded = (joinedload(InvitationList.kind), joinedload(InvitationList.made_by))
    return db.session.scalar(statement.options(*loaded).execution_options(**_FRESH))


def lists_of(meeting, limit=20):
    """The lists that were sent, the newest first: [(list, how many of it stand)]."""
    stands = select(func.count()).where(
        Invitation.list_id == InvitationList.id, Invitation.state == InvitationState.STANDING
    )
    statement = select(InvitationList, stands.correlate(InvitationList).scalar_subquery())
    mine = (InvitationList.meeting_id == meeting.id, InvitationList.sent_at.is_not(None))
    loaded = (joinedload(InvitationList.kind), joinedload(InvitationList.made_by))
    return list(
        db.session.execute(statement.where(*mine).options(*loaded).order_by(InvitationList.id.desc()).limit(limit))
    )


def closes_at(meeting) -> datetime | None:
    """When registration for a meeting closes."""
    return max((window.ends_at for window in meeting.windows), default=None)


def entries_in(meeting, person_ids) -> dict[int, Any]:
    """{person key: registration} of those who have one for the meeting, in any state."""
    statement = select(Registration).where(
        Registration.meeting_id == meeting.id, Registration.person_id.in_(person_ids)
    )
    return {each.person_id: each for each in db.session.scalars(statement.execution_options(**_FRESH))}


def standing_in(meeting, person_ids):
    """{person key: invitation with its kind} of those whose invitation to the meeting stands."""
    mine = (Invitation.meeting_id == meeting.id, Invitation.person_id.in_(person_ids))
    rows = db.session.scalars(whole().where(*mine, Invitation.state == InvitationState.STANDING))
    return {each.person_id: each for each in rows}


def ended_in(meeting, person_ids):
    """{person key: their newest invitation} of those whose invitation to the meeting has ended."""
    mine = (Invitation.meeting_id == meeting.id, Invitation.person_id.in_(person_ids))
    rows = whole().where(*mine, Invitation.state != InvitationState.STANDING).order_by(Invitation.id)
    return {each.person_id: each for each in db.session.scalars(rows)}
