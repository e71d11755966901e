"""People cancel at the instant at which their guests are ordered, and many order the last places: no guest alone, no place twice."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import aliased

from conference import payments, registration
from conference.kernel import clock, db, transaction
from conference.registration import Registration
from tests.cast import a_meeting, a_person
from tests.checkout.acting import paid, place, settle
from tests.checkout.guests import racing
from tests.checkout.guests.acting import name_guest, taken
from tests.checkout.guests.conftest import add_guests
from tests.checkout.racing import in_processes
from tests.checkout.test_races import settings
from tests.conftest import empty_tables

__all__ = ["settings"]
PEOPLE = 8


@pytest.fixture
def crowd(context):
    """The addresses of people who are registered, each with a guest named who costs nothing; there are places for three."""
    now = clock.now()
    with transaction():
        meeting = a_meeting(now, code="R1", places=PEOPLE)
        add_guests(meeting, now, places=3)
        guest = registration.category_by_code(meeting, "guest")
        registration.set_price(guest, meeting.windows[0], amount_minor=0)
        step = {"kind": "cancel", "until": meeting.windows[-1].ends_at, "amount_minor": 10000}
        registration.changes.set_steps(meeting, [step], by=None, now=now)
        people = [a_person(f"Buyer{number}", now) for number in range(PEOPLE)]
    for person in people:
        order = place(meeting, person, now)
        settle(order, paid(order), now)
        name_guest(meeting, person, now)
    return [person.email for person in people]


def clicks(what, crowd):
    return [(what, email) for email in crowd]


def stranded():
    """How many guests are registered although whoever brings them is not."""
    db.session.rollback()
    host = aliased(Registration)
    statement = select(Registration.id).join(host, Registration.host_id == host.id)
    standing = Registration.state == "confirmed", host.state != "confirmed"
    return len(list(db.session.scalars(statement.where(*standing))))


def test_cancelling_and_ordering_guests_at_once_leaves_no_guest_alone(crowd, settings):
    shares = [clicks(what, crowd) for what in ("cancel", "order", "order", "cancel")]

    results = in_processes(racing.act, settings, shares)

    cancelled = {email for what, email, done in results if what == "cancel" and done}
    assert stranded() == 0 and registration.miscounted() == [] and payments.differences() == []
    assert taken().get("Venue", 0) == PEOPLE - len(cancelled)


def test_the_last_places_for_guests_are_had_once_each(crowd, settings):
    shares = [clicks("order", crowd[number::4]) for number in range(4)]

    results = in_processes(racing.act, settings, shares)

    assert (len([email for _what, email, done in results if done]), taken()["Guests"]) == (3, 3)


def test_without_the_lock_a_guest_is_left_alone(crowd, settings):
    """The control; on SQLite the single writer is a guard of its own."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")
    shares = [clicks(what, crowd[:3]) for what in ("cancel", "order")]

    in_processes(racing.act_unguarded, settings, shares)

    assert stranded() > 0
    empty_tables()  # nothing of it is as it should be, and the next test begins with nothing
