"""Entering many people at once, and finding them again."""

from sqlalchemy import delete, select

from conference.kernel import db, in_parts, insert_missing, named_by_others
from conference.people.actions import make_findable
from conference.people.doubles import keeping
from conference.people.models import Person


def by_emails(emails):
    """{normal-form address: person} of those who are known."""
    found = {}
    for some in in_parts(emails):
        for person in db.session.scalars(select(Person).where(Person.email.in_(some))):
            found[person.email] = person
    return found


def enter_many(known, *, now):
    """New people, one for each dict of what is known (with `email`); the unique key refuses a second one of an address."""
    entered = [Person(created_at=now, **each) for each in known]
    for person in entered:
        make_findable(person)
    db.session.add_all(entered)
    db.session.flush()
    keeping.mark_all(entered)
    return entered


def find_or_enter_all(named, *, now, institution=""):
    """{address: person} for {normal-form address: (given name, family name)}: who is not known yet is entered under that name.

    They are of the `institution`, if one is given. Safe when two ask at once.
    """
    known = by_emails(named)
    rows = [_row(email, named[email], institution, now) for email in sorted(set(named) - set(known))]
    if not rows:
        return known
    insert_missing(Person.__table__, rows)
    found = by_emails(named)
    keeping.mark_all([person for email, person in found.items() if email not in known])
    return found


def forget_unnamed(person_ids):
    """Take those of these people away whom no row of any table names; how many."""
    named = named_by_others(Person.id, person_ids, beside=("person_mark",))
    gone = [person_id for person_id in person_ids if person_id not in named]
    for some in in_parts(gone):
        db.session.execute(delete(Person).where(Person.id.in_(some)))
    return len(gone)


def with_names(known):
    """{folded name: [person]} of people who are called as one of the dicts in `known`, whatever their country."""
    names, found = sorted({name for each in known if (name := folded_name(each))}), {}
    for some in in_parts(names):
        for person in db.session.scalars(select(Person).where(Person.folded_name.in_(some)).order_by(Person.id)):
            found.setdefault(person.folded_name, []).append(person)
    return found


def folded_name(known):
    """The name of what is known of somebody, as searches look at it."""
    person = Person(given_name=known.get("given_name", ""), family_name=known.get("family_name", ""))
    make_findable(person)
    return person.folded_name


def _row(email, names_given, institution, now):
    given_name, family_name = names_given
    person = Person(email=email, given_name=given_name, family_name=family_name, institution=institution)
    make_findable(person)
    names = ("email", "given_name", "family_name", "institution", "folded", "folded_name", "folded_institution")
    return {"created_at": now, **{name: getattr(person, name) for name in names}}
