"""Keeping the marks of people: written when they are entered, written anew when what they are made of has changed."""

from sqlalchemy import delete

from conference.kernel import db, in_parts, insert_missing
from conference.people.doubles.models import Mark
from conference.people.doubles.queries import known_of
from conference.people.doubles.rules import marks_of

MADE_OF = frozenset({"given_name", "family_name", "email", "orcid"})


def mark_all(people):
    """Write the marks of people who have none yet. Whoever has no address gets none: nobody could tell whether it is they."""
    reachable = [each for each in people if each.email]
    rows = [{"mark": mark, "person_id": each.id} for each in reachable for mark in marks_of(known_of(each))]
    for some in in_parts(rows):
        insert_missing(Mark.__table__, some)


def mark_anew(person):
    """Write the marks of a person whose name, address or iD has changed."""
    db.session.execute(delete(Mark).where(Mark.person_id == person.id))
    mark_all([person])
