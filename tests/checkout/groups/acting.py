"""The few verbs of tests about groups."""

from sqlalchemy import select

from conference import checkout, mail, payments, people, registration
from conference.kernel import db, transaction
from conference.registration import Wish, groups
from tests.checkout.acting import paid, settle


def seat(group, email, now, *, extras=(), category="full", **facts):
    with transaction():
        wish = Wish(category, extras=extras)
        return groups.add_seat(group, email=email, wish=wish, by=group.coordinator, now=now, **facts)


def order(group, now, **facts):
    with transaction():
        return checkout.place_group(group, by=group.coordinator, now=now, **facts)


def ordered(group, now, *emails, **facts):
    """The seats of these people, ordered and paid."""
    for email in emails:
        seat(group, email, now, **facts)
    made = order(group, now)
    settle(made, paid(made), now)
    return made


def states(group):
    return [each.state for each in groups.seats_of(group)]


def people_of(group):
    """{address: state} of the seats."""
    return {each.seat.email: str(each.state) for each in groups.seats_of(group)}


def seat_id(group, email):
    """The key of somebody's seat."""
    return next(each.seat.id for each in groups.seats_of(group) if each.seat.email == email)


def entry_of(meeting, email):
    found = registration.registration_in(meeting, people.by_email(email))
    return registration.by_id(found.id) if found else None


def give(entry, email, now, *, by, names=("", ""), waived=False):
    """A seat's registration goes to somebody else, at the price that is quoted; the Change."""
    with transaction():
        found = registration.by_id(entry.id)
        seen = checkout.quote_substitute(found, email=email, now=now, waived=waived).seen
        typed = dict(zip(("given_name", "family_name"), names, strict=True))
        return checkout.substitute(found, email=email, names=typed, seen=seen, by=by, now=now, waived=waived)


def decline(group, email, now):
    """The person of this address says no; the orders out of which they were taken."""
    with transaction():
        person = people.find_or_enter(email=email, now=now)
        [found] = [each for each, theirs, _state in groups.seats_about(person) if theirs.id == group.id]
        return checkout.decline_seat(found, group, by=person, now=now)


def letters_to():
    """[(kind, address)] of every letter, in order."""
    return [
        tuple(row)
        for row in db.session.execute(select(mail.Letter.kind, mail.Letter.to_email).order_by(mail.Letter.id))
    ]


def letter(kind, email):
    """The text of the one letter of a kind to somebody."""
    mine = select(mail.Letter.body).where(mail.Letter.kind == kind, mail.Letter.to_email == email)
    return db.session.scalars(mine).one()


def ties_out():
    """Nothing is miscounted and every account sums up."""
    db.session.rollback()
    return registration.miscounted() == [] and payments.differences() == []


def back_to(person):
    """Minor units that go back of orders of a person."""
    statement = select(payments.Refund.amount_minor).join(payments.Order, payments.Refund.order_id == payments.Order.id)
    return sum(db.session.scalars(statement.where(payments.Order.person_id == person.id)))
