"""Finding people."""

from sqlalchemy import select

from conference.kernel import db, fold
from conference.people.models import Interest, Person


def by_id(person_id):
    """The person with this key, or None."""
    return db.session.get(Person, person_id)


def by_ref(ref):
    """The person with this public reference, or None."""
    return db.session.scalar(select(Person).where(Person.ref == ref))


def by_email(email):
    """The person whose letters go to this normal-form address, or None: those without any are not found by none."""
    return None if not email else db.session.scalar(select(Person).where(Person.email == email))


def matching(text):
    """WHERE clauses under which every word of `text` occurs in name, address or institution."""
    return [Person.folded.contains(word, autoescape=True) for word in fold(text).split()[:8]]


def named(text):
    """WHERE clauses under which every word of `text` occurs in the name, and nothing else is looked at."""
    return [Person.folded_name.contains(word, autoescape=True) for word in fold(text).split()[:8]]


def working_at(text):
    """WHERE clauses under which every word of `text` occurs in the institution."""
    return [Person.folded_institution.contains(word, autoescape=True) for word in fold(text).split()[:8]]


def interests():
    """The topics that may be chosen, in the society's order."""
    statement = select(Interest).where(~Interest.is_retired).order_by(Interest.position, Interest.label)
    return list(db.session.scalars(statement))


def locked(person):
    """The person's row as it is now, kept from other writers until the transaction ends.

    Rows that only name the person, such as a letter to them, are added meanwhile: whoever adds one may hold what is waited for here.
    """
    statement = select(Person).where(Person.id == person.id).with_for_update(key_share=True)
    return db.session.scalar(statement.execution_options(populate_existing=True))
