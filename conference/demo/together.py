"""What was done together at the demo's coming meeting: ribbons for volunteers, finished; a letter that waits for its day."""

from datetime import timedelta

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from conference import people, registration, staff
from conference.demo.arrivals import morning_of
from conference.demo.stories import DESK
from conference.kernel import db, transaction
from conference.registration import Mode, State

VOLUNTEERS = 5
LETTER = {
    "subject": "Your badge for {meeting}, {given_name}",
    "text": (
        "Dear {name},\n\nyou are registered as “{category}” ({days}). Your badge waits for you at the desk from the first morning; have your"
        " reference {reference} ready, or show your page:\n{my_page}\n\nWe look forward to seeing you, {dates}, {place}."
    ),
}


def build_together(meeting, now):
    """Begin both; the first is done, the second waits until a month before the meeting."""
    by = people.by_email(DESK)
    ticked = MultiDict([("pick", ref) for ref in _volunteers(meeting)])
    with transaction():
        facts = {"ribbons": ["Volunteer"]}
        staff.begin_together(meeting, "add-ribbons", facts, ticked, by=by, now=now - timedelta(days=1))
    staff.do_what_is_due(now)
    with transaction():
        due_at = max(morning_of(meeting) - timedelta(days=30), now + timedelta(days=1))
        listed = MultiDict({"state": "confirmed", "mode": "in_person"})
        staff.begin_together(meeting, "letter", LETTER, listed, by=by, now=now, due_at=due_at)


def _volunteers(meeting):
    entry = registration.Registration
    coming = select(entry.ref).where(
        entry.meeting_id == meeting.id, entry.state == State.CONFIRMED, entry.mode == Mode.IN_PERSON
    )
    return list(db.session.scalars(coming.order_by(entry.id.desc()).limit(VOLUNTEERS)))
