"""A meeting whose session "Hands on" has few places: beside it one at the same time, one later, one cancelled; and people who are registered."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from conference import attending, meetings, registration, schedule
from conference.attending.signups import queries
from conference.kernel import clock, db, transaction
from conference.schedule import Session
from conference.schedule.formats import programme as values
from tests.cast import a_draft, a_meeting, a_person
from tests.conftest import NOW

STARTS = datetime(2027, 5, 11, 14, tzinfo=UTC)
NAMES = ("Hands on", "Beside it", "Later", "Cancelled")
GUIDS = {name: values.stable_guid("attending", name) for name in NAMES}
TALK = values.stable_guid("attending", "talk")
BASE = "/meetings/T1/schedule"


@pytest.fixture(autouse=True)
def at_that_time():
    """Half a year before the meeting."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def meeting(context, now):
    """The meeting with its released programme."""
    return made(now)


def made(now, places=None):
    with transaction():
        meeting = a_meeting(now, places=places)
        meeting.is_public = True
    release(meeting, now)
    return meetings.by_code("T1")


def a_programme(embargoes=(), **changes):
    """The four sessions; `changes` are those of “Hands on”."""
    hours = {"Hands on": 0, "Beside it": 0.5, "Later": 3, "Cancelled": 5}
    sessions = [
        _session(number, name, STARTS + timedelta(hours=hours[name]), **(changes if name == "Hands on" else {}))
        for number, name in enumerate(NAMES)
    ]
    return values.Programme(
        title="T1", acronym="T1", timezone="America/New_York", embargoes=tuple(embargoes), sessions=tuple(sessions)
    )


def _session(number, name, at, **changes):
    talks = (values.PresentationItem(TALK, "A talk", number=91, kind="Talk"),) if number == 0 else ()
    known = {"starts": at, "ends": at + timedelta(hours=1), "withdrawn": name == "Cancelled", **changes}
    return values.SessionItem(
        GUIDS[name], name, day=known["starts"].date(), number=10 + number, room="Lab", presentations=talks, **known
    )


def release(meeting, now, **changes):
    with transaction():
        schedule.bring_in_programme(meeting=meeting, programme=a_programme(**changes), now=now)
        return schedule.release(meeting=meeting, url="http://localhost/", now=now)


def session_of(meeting, name="Hands on"):
    mine = select(Session).where(Session.meeting_id == meeting.id, Session.guid == GUIDS[name])
    return db.session.scalar(mine, execution_options={"populate_existing": True})


def needs_sign_up(meeting, name="Hands on", **terms):
    """Have a session need sign-up, or change its terms."""
    known = queries.of_item(meeting.id, GUIDS[name])
    usual = {"places": 2, "has_list": True, "opens_at": None, "closes_at": None, "only_for": []}
    with transaction():
        return attending.ask_for_sign_up(
            session_of(meeting, name),
            meeting=meeting,
            version=known.version if known else 0,
            by=None,
            now=clock.now(),
            **usual | terms,
        )


def registered(meeting, name, now, person=None, **wish):
    """The confirmed registration of somebody."""
    with transaction():
        person = person or a_person(name, now)
        draft = a_draft(meeting, person, now, **wish)
        registration.hold(draft, add_ons=[], now=now)
        registration.keep(draft, now=now)
    return registration.registration_in(meeting, person)


def sign_up(meeting, entry, now, name="Hands on"):
    with transaction():
        row = queries.of_item(meeting.id, GUIDS[name])
        seat = attending.sign_up(registration.by_id(entry.id), row.id, meeting=meeting, now=now)
        return seat.state


def hands(meeting, name="Hands on"):
    """(taken, waiting, states of the seats in order) of a session; the counts agree with the seats."""
    db.session.expire_all()
    assert attending.miscounted() == []
    row = queries.of_item(meeting.id, GUIDS[name])
    seats = select(attending.signups.models.Seat).where(attending.signups.models.Seat.sign_up_id == row.id)
    return row.taken, row.waiting, [seat.state for seat in db.session.scalars(seats.order_by("id"))]
