"""The few verbs of tests about groups."""

from conference import checkout, people, registration
from conference.kernel import transaction
from conference.registration import Wish, groups


def seat(group, email, now, *, extras=(), category="full", **facts):
    with transaction():
        wish = Wish(category, extras=extras)
        return groups.add_seat(group, email=email, wish=wish, by=group.coordinator, now=now, **facts)


def order(group, now, **facts):
    with transaction():
        return checkout.place_group(group, by=group.coordinator, now=now, **facts)


def states(group):
    return [each.state for each in groups.seats_of(group)]


def entry_of(meeting, email):
    return registration.registration_in(meeting, people.by_email(email))
