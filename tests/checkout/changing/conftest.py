"""A meeting with a table of changes, somebody who has paid for it, and what the tests count of them."""

from datetime import timedelta

import pytest

from conference import registration
from conference.kernel import transaction
from tests.cast import a_meeting
from tests.checkout.acting import paid, place, settle


@pytest.fixture
def meeting(context, now):
    """Three places, two categories, a dinner and a workshop; a switch costs 20, leaving out 10 %, cancelling 100 and later half."""
    with transaction():
        made = a_meeting(now, places=3)
        student = registration.add_category(
            made, code="student", name="Student", pool=registration.add_pool(made, name="Students", places=2)
        )
        registration.set_price(student, made.windows[0], amount_minor=15000)
        for code, amount in (("dinner", 9000), ("workshop", 5000)):
            registration.offer_add_on(made, code=code, title=code.title(), amount_minor=amount, places=1)
        registration.changes.set_steps(made, steps(now), by=None, now=now)
    return made


def steps(now):
    soon, later = now + timedelta(days=30), now + timedelta(days=90)
    return [
        {"kind": "switch", "until": later, "amount_minor": 2000},
        {"kind": "add", "until": later},
        {"kind": "drop", "until": later, "percent": 10},
        {"kind": "cancel", "until": soon, "amount_minor": 10000},
        {"kind": "cancel", "until": later, "percent": 50, "minimum_minor": 15000},
        {"kind": "substitute", "until": later, "amount_minor": 2500},
    ]


@pytest.fixture
def entry(meeting, ben, now):
    """Ben's registration, paid: the whole meeting in person for 440, with the dinner for 90."""
    order = place(meeting, ben, now, extras=["dinner"])
    settle(order, paid(order), now)
    return registration.by_ref(registration.registration_in(meeting, ben).ref)
