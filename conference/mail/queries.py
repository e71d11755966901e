"""Reading the outbox."""

from sqlalchemy import func, select
from sqlalchemy.orm import defer, selectinload, undefer

from conference.kernel import db, fold, in_parts
from conference.mail.models import Enclosure, Letter
from conference.mail.rules import State


def letters_to(person, limit=100):
    """The letters written to a person, newest first."""
    statement = select(Letter).where(Letter.person_id == person.id).order_by(Letter.id.desc()).limit(limit)
    return list(db.session.scalars(statement))


def addressed(kind, causes):
    """Which of these causes have a letter of a kind already, to whomever; asked some at a time."""
    found = set()
    for some in in_parts(causes):
        found |= set(db.session.scalars(select(Letter.cause).where(Letter.kind == kind, Letter.cause.in_(some))))
    return found


def outbox(*, state=None, text=""):
    """An ordered SELECT of letters, newest first, without their bodies: of one state, with a text in address or subject."""
    statement = select(Letter).options(defer(Letter.body)).order_by(Letter.id.desc())
    if state:
        statement = statement.where(Letter.state == state)
    for word in fold(text).split()[:8]:
        either = Letter.to_email.contains(word, autoescape=True) | Letter.subject.icontains(word, autoescape=True)
        statement = statement.where(either)
    return statement


def counts():
    """How many letters there are of each state; every state is named."""
    rows = db.session.execute(select(Letter.state, func.count()).group_by(Letter.state))
    return dict.fromkeys(State, 0) | {State(state): count for state, count in rows}


def oldest_waiting():
    """When the longest waiting letter was written, or None."""
    return db.session.scalar(
        select(func.min(Letter.created_at)).where(Letter.state.in_((State.WAITING, State.SENDING)))
    )


def letter_of(ref):
    """The letter with its enclosures, without their bytes, or None."""
    enclosures = selectinload(Letter.enclosures).options(defer(Enclosure.content))
    return db.session.scalar(select(Letter).where(Letter.ref == ref).options(enclosures))


def enclosure_of(ref, enclosure_id):
    """One enclosure of the letter with its bytes, or None."""
    statement = select(Enclosure).join(Letter).where(Letter.ref == ref, Enclosure.id == enclosure_id)
    return db.session.scalar(statement.options(undefer(Enclosure.content)))
