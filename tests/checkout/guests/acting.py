"""The few verbs of tests about guests."""

from sqlalchemy import func, select

from conference import checkout, registration
from conference.kernel import db, transaction
from conference.people import Person
from conference.registration import Registration, Wish
from tests.cast import a_draft

MARIA = {"given_name": "Maria", "family_name": "Byron", "country": "GB"}


def host_of(meeting, person, now, **wishes):
    """The person's registration: the one that there is, or a draft of which everything is chosen."""
    found = registration.registration_in(meeting, person)
    if found is None:
        with transaction():
            found = a_draft(meeting, person, now, **wishes)
    return registration.by_id(found.id)


def name_guest(meeting, person, now, *, extras=(), names=MARIA, by=None, **more):
    """A guest of the person, named and not ordered; the person's draft is begun if there is none."""
    host = host_of(meeting, person, now)
    category = registration.category_by_code(meeting, "guest")
    wish = Wish("guest", extras=tuple(extras))
    with transaction():
        return registration.guests.add(
            host, names=names, category=category, wish=wish, by=by or person, now=now, **more
        )


def place_with(meeting, person, now, **facts):
    """The order of a draft and whoever is named with it."""
    draft = registration.registration_in(meeting, person)
    with transaction():
        return checkout.place(draft=draft, meeting=meeting, person=person, now=now, **facts)


def place_guests(host, now, **facts):
    """The order of the guests alone."""
    with transaction():
        return checkout.place_guests(registration.by_id(host.id), now=now, **facts)


def states(host):
    """{given name: state} of everybody who was ever named as a guest and is still known."""
    rows = select(Person.given_name, Registration.state).join(Registration, Registration.person_id == Person.id)
    rows = rows.where(Registration.host_id == host.id).order_by(Registration.id)
    return dict(db.session.execute(rows).all())


def guest_named(host, given_name):
    """The newest guest of this name, as it stands."""
    mine = select(Registration.id).join(Person, Registration.person_id == Person.id)
    mine = mine.where(Registration.host_id == host.id, Person.given_name == given_name)
    return registration.by_id(db.session.scalar(mine.order_by(Registration.id.desc()).limit(1)))


def taken():
    """{pool: places taken}, those without any left out."""
    pools = db.session.scalars(select(registration.Pool).execution_options(populate_existing=True))
    return {pool.name: pool.taken for pool in pools if pool.taken}


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))
