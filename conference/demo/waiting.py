"""Who waits at the demo's coming meeting: a workshop is full, one place more is offered to the first, three others wait."""

from datetime import timedelta

from sqlalchemy import select

from conference import people, registration
from conference.demo.stories import DESK
from conference.kernel import db, transaction
from conference.registration import Mode, State

WORKSHOP, MORNING = "trials", {"trials", "vectors"}  # nobody can be in both
PEOPLE = 4


def build_waiting(meeting, now):
    """Four people of the meeting join the list of the full workshop; then the office finds one place more."""
    with transaction():
        workshop = next(each for each in registration.add_ons_of(meeting) if each.code == WORKSHOP)
        for number, entry in enumerate(_free_that_morning(meeting)):
            at = now - timedelta(days=2, hours=-5 * number)
            registration.waiting.join(entry, add_on=workshop, now=at)
    with transaction():
        places, by = workshop.pool.places + 1, people.by_email(DESK)
        registration.resize(workshop.pool, places=places, by=by, now=now - timedelta(minutes=40))
    with transaction():
        registration.waiting.offer_next(workshop.pool_id, now=now - timedelta(minutes=39))


def _free_that_morning(meeting):
    """The first who come for the whole meeting and have no workshop at that time."""
    entry = registration.Registration
    coming = select(entry.ref).where(
        entry.meeting_id == meeting.id,
        entry.state == State.CONFIRMED,
        entry.mode == Mode.IN_PERSON,
        entry.span == registration.WHOLE,
    )
    found = (registration.by_ref(ref) for ref in db.session.scalars(coming.order_by(entry.id)).all())
    free = (each for each in found if MORNING.isdisjoint(booking.add_on.code for booking in each.bookings))
    return [each for each, _ in zip(free, range(PEOPLE), strict=False)]
