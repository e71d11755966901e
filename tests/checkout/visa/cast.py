"""A meeting that offers visa letters, and what people and staff do with them."""

from datetime import date

from conference import checkout, registration
from conference.kernel import transaction
from conference.registration import visa
from tests.checkout.acting import paid, place, settle

NUMBER = "ZX9876543"


def a_policy(meeting, now, **facts):
    """Offer letters; staff look at every request unless `facts` say otherwise."""
    with transaction():
        seen = visa.queries.policy_of(meeting).version
        return visa.set_policy(meeting, seen=seen, by=None, now=now, **{"is_offered": True, **facts})


def a_passport(**changes):
    facts = {"name": "DEMO, ADA", "number": NUMBER, "nationality": "IN", "birth_date": date(1990, 1, 31), "consulate": "Mumbai",
             "expires_on": date(2030, 1, 1), "arrives": date(2027, 5, 10), "leaves": date(2027, 5, 16)}  # fmt: skip
    return visa.Passport(**{**facts, **changes})


def registered(meeting, person, now, **wishes):
    """Somebody registered and paid; their registration."""
    order = place(meeting, person, now, **wishes)
    settle(order, paid(order), now)
    return entry_of(meeting, person)


def entry_of(meeting, person):
    return registration.by_id(registration.registration_in(meeting, person).id)


def ask(entry, now, **changes):
    """Ask for a letter; the request."""
    entry = registration.by_id(entry.id)
    with transaction():
        standing = checkout.visas.standing_of(entry, now)
        passport = a_passport(**changes)
        return visa.ask(entry=entry, passport=passport, language="en", standing=standing, by=entry.person, now=now)


def issue(request, by, now):
    with transaction():
        checkout.visas.issue(again(request), by=by, now=now)
    return again(request)


def again(request):
    """A request as it stands now."""
    return visa.queries.request_in(request.meeting, request.ref)
