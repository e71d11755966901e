"""The cast: Ada is a member, Ben is not; and the types they may choose."""

from datetime import date

from conference import accounts, membership, people
from conference.kernel import Money, clock, db, transaction
from conference.society import Society


def a_society(timezone="UTC"):
    """The society whose days count."""
    with transaction():
        db.session.add(Society(name="Society for Tests", short_name="SfT", timezone=timezone))


def a_person(now, name="Ben", **known):
    """Somebody the society knows."""
    with transaction():
        return people.enter(
            email=f"{name.lower()}@example.org", given_name=name, family_name="Tester", now=now, **known
        )


def a_type(code="active", price=22500, **fields):
    """A membership type, a rolling year in USD unless told otherwise."""
    fields = {"name": code.title(), "currency": "USD", "price_minor": price, **fields}
    with transaction():
        return membership.create_type(code=code, **fields)


def a_term(person, type_, now, starts=date(2026, 3, 10), ends=date(2027, 3, 9), line=None):
    """A paid term."""
    with transaction():
        return membership.grant_term(
            person=person, type=type_, starts=starts, ends=ends, now=now, order_line_ref=line, paid=Money(22500, "USD")
        )


def sign_in(client, person, *roles):
    """Make `client` the browser of a person who is signed in and holds these roles."""
    now = clock.now()
    with transaction():
        account = accounts.create(email=person.email, now=now, roles=roles)
        token = accounts.begin(account=account, way="code", now=now)
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
