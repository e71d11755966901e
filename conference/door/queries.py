"""Asking at the door: who it is, whether they are in, who came last."""

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from conference import people, registration
from conference.door import rules
from conference.door.models import CheckIn
from conference.kernel import db, is_badge_code
from conference.people import Person
from conference.registration import Mode, Registration, State

MOST_FOUND = 20
EXPECTED = [str(State.HELD), str(State.CONFIRMED)]


def code_in(text):
    """The badge code that was scanned or typed, or None when the text is something else."""
    code = "".join(text.split()).upper()
    return code if is_badge_code(code) else None


def found(meeting, text):
    """Up to MOST_FOUND registrations of the meeting whose person matches every word, or whose reference it is."""
    words = people.matching(text)
    if not words:
        return []
    statement = select(Registration).join(Registration.person)
    statement = statement.where(
        Registration.meeting_id == meeting.id, or_(and_(*words), Registration.ref == text.strip().upper())
    )
    whose = joinedload(Registration.person), joinedload(Registration.category), joinedload(Registration.hosted_by)
    statement = statement.options(*whose)
    return list(db.session.scalars(statement.order_by(Person.family_name, Person.given_name).limit(MOST_FOUND)))


def in_meeting(meeting, ref):
    """The meeting's registration with this reference and all that a card shows, or None."""
    entry = registration.by_ref(ref)
    return entry if entry and entry.meeting_id == meeting.id else None


def check_in_of(entry):
    """The arrival that stands for a registration, with who let them in, or None."""
    statement = select(CheckIn).where(CheckIn.registration_id == entry.id, CheckIn.undone_at.is_(None))
    return db.session.scalar(statement.options(joinedload(CheckIn.by)))


def verdict_on(entry, meeting, now):
    """The Verdict for a registration at the door of a meeting at the instant `now`."""
    return rules.verdict(
        state=entry.state,
        mode=entry.mode,
        span=entry.span,
        today=now.astimezone(meeting.zone).date(),
        meeting_days=(meeting.starts, meeting.ends),
        is_in=check_in_of(entry) is not None,
        is_this_meeting=entry.meeting_id == meeting.id,
    )


def guests_of(entry):
    """[(guest, whether they are in)] of those who come with a registration, in order."""
    mine = select(Registration).where(Registration.host_id == entry.id, Registration.state.in_(EXPECTED))
    mine = mine.options(joinedload(Registration.person), joinedload(Registration.category))
    guests = list(db.session.scalars(mine.order_by(Registration.id)))
    inside = ids_of_arrived(guests)
    return [(guest, guest.id in inside) for guest in guests]


def ids_of_arrived(entries):
    """The ids of those among the registrations who are in."""
    ids = [entry.id for entry in entries]
    statement = select(CheckIn.registration_id).where(CheckIn.registration_id.in_(ids), CheckIn.undone_at.is_(None))
    return set(db.session.scalars(statement))


def arrived(meeting):
    """(how many are in, how many are expected in person)."""
    here = select(func.count()).select_from(CheckIn).join(CheckIn.registration)
    here = here.where(Registration.meeting_id == meeting.id, CheckIn.undone_at.is_(None))
    expected = select(func.count()).select_from(Registration)
    expected = expected.where(
        Registration.meeting_id == meeting.id,
        Registration.state == State.CONFIRMED,
        Registration.mode == Mode.IN_PERSON,
    )
    return db.session.scalar(here), db.session.scalar(expected)


def latest(meeting, limit=8):
    """The last arrivals that stand, the latest first, with their persons."""
    statement = select(CheckIn).join(CheckIn.registration).where(Registration.meeting_id == meeting.id)
    statement = statement.where(CheckIn.undone_at.is_(None)).order_by(CheckIn.at.desc(), CheckIn.id.desc())
    entry = joinedload(CheckIn.registration)
    return list(
        db.session.scalars(
            statement.options(entry.joinedload(Registration.person), joinedload(CheckIn.by)).limit(limit)
        )
    )
