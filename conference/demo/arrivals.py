"""Who came to the door: nearly everybody at the meeting that is over, and the first to fetch their badges for the next."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from conference import door, people, registration
from conference.demo.stories import DOOR
from conference.kernel import Refusal, db, transaction

BATCH = 250
STAYED_AWAY = 9  # one in so many
BETWEEN = timedelta(seconds=20)


def build_arrivals(meeting, *, first_at, progress, only=None):
    """Check the confirmed in one after the other from `first_at` on (the first `only` of them); one is taken back as a mistake."""
    entry = registration.Registration
    confirmed = select(entry.ref).where(entry.meeting_id == meeting.id, entry.state == registration.State.CONFIRMED)
    with transaction():
        refs = list(db.session.scalars(confirmed.order_by(entry.id)))
    coming = [ref for number, ref in enumerate(refs, 1) if number % STAYED_AWAY][:only]
    for start in range(0, len(coming), BATCH):
        with transaction():
            by = people.by_email(DOOR)
            for number, ref in enumerate(coming[start : start + BATCH], start):
                _arrive(meeting, ref, by, first_at + number * BETWEEN, way="scan" if number % 3 else "search")
        db.session.expunge_all()
        progress(min(start + BATCH, len(coming)))
    with transaction():
        _take_back(coming[:1], first_at + BETWEEN)


def morning_of(meeting):
    """When the doors open on the first day."""
    return datetime.combine(meeting.starts, time(7, 30), tzinfo=meeting.zone)


def _take_back(refs, now):
    for ref in refs:
        door.undo(entry=registration.by_ref(ref), by=people.by_email(DOOR), now=now)


def _arrive(meeting, ref, by, now, *, way):
    entry = registration.by_ref(ref)
    try:
        door.check_in(entry=entry, meeting=meeting, by=by, way=way, now=now)
    except Refusal:  # virtual, or with a ticket for another day
        return
