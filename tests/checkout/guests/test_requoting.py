"""An unpaid order for somebody and their guests whose price is over: all are quoted anew, and all places stay theirs."""

from datetime import timedelta

import pytest

from conference import checkout, meetings, payments, registration
from conference.kernel import clock, transaction
from tests.cast import a_meeting, a_person
from tests.checkout.acting import paid, settle
from tests.checkout.guests.acting import host_of, name_guest, states, taken
from tests.checkout.guests.conftest import add_guests
from tests.checkout.test_requoting import decide, requote, turn

HOUR = timedelta(hours=1)


@pytest.fixture
def turned(context):
    """Until an hour ago it was 440 and 55 for guests, now it is 600 and 70; there is one place for guests."""
    now = clock.now()
    with transaction():
        meeting = a_meeting(now, places=1)
        add_guests(meeting, now, places=1)
    turn(meeting, now - HOUR)
    early, late = meetings.by_code("T1").windows
    with transaction():
        guest = registration.category_by_code(meeting, "guest")
        registration.set_price(guest, early, amount_minor=5500)
        registration.set_price(guest, late, amount_minor=7000)
    decide(meetings.by_code("T1"), price_date="payment")
    return meetings.by_code("T1")


@pytest.fixture
def eve(context):
    with transaction():
        return a_person("Eve", clock.now())


def sums(order):
    return [line.amount_minor for line in payments.order_by_ref(order.ref).lines]


def then_placed(meeting, person, then):
    with transaction():
        draft = registration.registration_in(meeting, person)
        order = checkout.place(draft=draft, meeting=meeting, person=person, now=then)
        order.expires_at = clock.now() + HOUR
    return order


def test_whoever_pays_and_their_guest_are_quoted_together(turned, eve):
    then = clock.now() - 2 * HOUR
    name_guest(turned, eve, then)
    old = then_placed(turned, eve, then)

    new = requote(old)

    assert (sums(old), sums(new)) == ([44000, 5500], [60000, 7000])
    assert taken() == {"Venue": 1, "Guests": 1} and registration.miscounted() == []
    settle(new, paid(new), clock.now())
    assert states(registration.registration_in(turned, eve)) == {"Maria": "confirmed"}


def registered(meeting, person, then):
    """The person's registration, paid, without guests."""
    host = host_of(meeting, person, then)
    first = then_placed(meeting, person, then)
    settle(first, paid(first), then)
    return registration.by_id(host.id)


def test_guests_alone_are_quoted_alone(turned, eve):
    then = clock.now() - 2 * HOUR
    host = registered(turned, eve, then)
    name_guest(turned, eve, then)
    with transaction():
        old = checkout.place_guests(registration.registration_in(turned, eve), now=then)
        old.expires_at = clock.now() + HOUR

    new = requote(old)

    assert (sums(old), sums(new), new.person_id) == ([5500], [7000], eve.id)
    assert taken() == {"Venue": 1, "Guests": 1} and states(host) == {"Maria": "held"}


def test_guests_whom_the_office_has_ordered_are_bound_by_no_policy_when_they_are_quoted_anew(turned, eve):
    then = clock.now() - 2 * HOUR
    host = registered(turned, eve, then)
    with transaction():
        registration.guests.set_policy(turned, most=0, hosts=[], by=eve, now=then)
    name_guest(turned, eve, then, by_office=True)
    with transaction():
        old = checkout.place_guests(registration.by_id(host.id), now=then, held_for=3 * HOUR, by_office=True)

    new = requote(old)

    assert (sums(old), sums(new), states(host)) == ([5500], [7000], {"Maria": "held"})
    assert new.lines[0].rule["by_office"] is True
