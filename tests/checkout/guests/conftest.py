"""A meeting at which attendees may bring two guests, of whom three find a place; and Ben, who has come with one."""

import pytest

from conference import registration
from conference.kernel import transaction
from tests.cast import a_meeting
from tests.checkout.acting import paid, settle
from tests.checkout.changing.conftest import steps
from tests.checkout.guests.acting import name_guest, place_with


@pytest.fixture
def meeting(context, now):
    """Guests cost 55; a dinner for two costs guests 60 and others 90, a workshop is for attendees alone; changes cost as in `steps`."""
    with transaction():
        made = a_meeting(now, places=5)
        add_guests(made, now)
        registration.changes.set_steps(made, steps(now), by=None, now=now)
    return made


def add_guests(made, now, *, places=3, most=2):
    """A category for guests with places of its own, and something for them to take part in."""
    pool = registration.add_pool(made, name="Guests", places=places)
    facts = {"kind": "guest", "admits_to_sessions": False, "band": "#7a1f5c"}
    guest = registration.add_category(made, code="guest", name="Accompanying person", pool=pool, **facts)
    registration.set_price(guest, made.windows[0], amount_minor=5500)
    dinner = registration.offer_add_on(made, code="dinner", title="Dinner", amount_minor=9000, places=2)
    cells = {(guest.id, made.windows[0].id): 6000}
    known = {"categories": {guest.id: guest}, "windows": {made.windows[0].id: made.windows[0]}}
    seen = registration.extras.version_of(dinner)
    registration.extras.set_prices(dinner, cells, seen=seen, by=None, now=now, **known)
    registration.offer_add_on(made, code="course", title="Course", amount_minor=5000, places=9, only_for=["full"])
    registration.guests.set_policy(made, most=most, hosts=[], by=None, now=now)


@pytest.fixture
def maria(meeting, ben, now):
    """Ben's guest, named and not ordered yet, with the dinner."""
    return name_guest(meeting, ben, now, extras=("dinner",))


@pytest.fixture
def order(meeting, ben, maria, now):
    """Ben's order for both, not paid yet."""
    return place_with(meeting, ben, now)


@pytest.fixture
def host(meeting, ben, order, now):
    """Ben's registration, paid, with his guest's."""
    settle(order, paid(order), now)
    return registration.by_id(registration.registration_in(meeting, ben).id)
