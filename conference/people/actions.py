"""Entering people and changing what is known of them."""

from conference import audit
from conference.kernel import db, fold, insert_once
from conference.people import queries
from conference.people.doubles import keeping
from conference.people.models import Person
from conference.people.rules import plain

STAGE = ("career_stage", "stage_since", "stage_until")
FIELDS = (
    *("given_name", "family_name", "badge_name", "degrees", "institution", "city", "country", "orcid"),
    *STAGE,
    "interests",
)


def enter(*, now, email=None, **known):
    """A new person, under a normal-form address (the unique key refuses a second one) or without any, known by name alone."""
    person = Person(email=email, created_at=now, **known)
    make_findable(person)
    db.session.add(person)
    db.session.flush()
    keeping.mark_all([person])
    return person


def find_or_enter(*, email, now):
    """The person under a normal-form address, entered if nobody is there yet; safe when two ask at once.

    Without an address nobody can be found again: ValueError.
    """
    if not email:
        raise ValueError("an address is what somebody is found by")
    known = queries.by_email(email)
    if known is None:
        insert_once(Person.__table__, {"email": email, "created_at": now, "folded": _folded(email)})
        known = queries.by_email(email)
        keeping.mark_all([known])
    return known


def update(person, *, by, now, **changes):
    """Change fields of FIELDS and remember before and after; nothing is written when nothing changed."""
    before, after = audit.changes(person, changes)
    if not before:
        return person
    for name, value in after.items():
        setattr(person, name, value)
    make_findable(person)
    told = {"before": plain(before), "after": plain(after)}
    audit.record(by=by, verb="changed", subject=person, now=now, **told)
    db.session.flush()
    if keeping.MADE_OF & after.keys():
        keeping.mark_anew(person)
    return person


def make_findable(person):
    """Keep what searches look at: everything for staff, name and institution apart for who may see only these."""
    person.folded_name = _folded(person.given_name, person.family_name)
    person.folded_institution = _folded(person.institution)
    person.folded = _folded(person.given_name, person.family_name, person.email, person.institution)


def _folded(*parts):
    return fold(" ".join(part or "" for part in parts))[:1500]
