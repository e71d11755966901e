"""How long it takes to find all that clashes, is missing or does not fit in a large draft."""

import statistics
import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from conference import meetings, registration, schedule
from conference.kernel import clock, db, end_read, transaction

MEETING, SESSIONS, TALKS, PEOPLE, ROOMS, TIMES = "C50", 500, 9, 9000, 24, 15
ZONE = ZoneInfo("America/New_York")
values = schedule.formats.programme


def warnings(site):
    """Milliseconds for the warnings of a draft of 5,000 sessions and presentations, read from the database each time."""
    with site.app.app_context():
        with transaction():
            _meeting()
        with transaction():
            schedule.bring_in_programme(meeting=meetings.by_code(MEETING), programme=_programme(), now=clock.now())
        db.session.expire_all()
        runs = [_milliseconds() for _ in range(TIMES)]
        looked = _look()
        found = len(looked.stand)
        end_read()
    how = (
        f"schedule.warnings.look of {SESSIONS} sessions with {SESSIONS * TALKS} presentations of four authors each, {PEOPLE} people, in {ROOMS} rooms, in"
        f" one process on PostgreSQL, the draft read anew each time; {found} warnings; median of {TIMES}"
    )
    yield {
        "figure": "warnings",
        "value": statistics.median(runs),
        "unit": "ms",
        "goal": "<= 300",
        "how": how,
        "runs": runs,
    }


def _milliseconds():
    begun = time.perf_counter()
    _look()
    taken = round((time.perf_counter() - begun) * 1000, 1)
    end_read()
    return taken


def _look():
    meeting = meetings.by_code(MEETING)
    return schedule.warnings.look(meeting, registration.registered_people(meeting))


def _meeting():
    days = {"starts": date(2027, 5, 11), "ends": date(2027, 5, 15)}
    return meetings.create(code=MEETING, title="Large", timezone=ZONE.key, currency="USD", **days)


def _programme():
    return values.Programme(
        title="Large",
        timezone=ZONE.key,
        rooms=tuple(values.Room(f"Room {number}") for number in range(ROOMS)),
        kinds=(values.Kind("Oral", 10),),
        people=tuple(_person(number) for number in range(PEOPLE)),
        sessions=tuple(_session(number) for number in range(SESSIONS)),
    )


def _person(number):
    return values.PersonItem(f"person-{number}", f"Person {number}", disclosure="" if number % 10 else None)


def _session(number):
    slot, room = divmod(number, ROOMS)
    day, turn = divmod(slot, 5)
    starts = datetime(2027, 5, 11, 8 + 2 * turn, tzinfo=ZONE) + timedelta(days=day)
    return values.SessionItem(
        guid=f"session-{number}",
        number=number + 1,
        title=f"Session {number}",
        starts=starts,
        ends=starts + timedelta(minutes=105),
        day=starts.date(),
        kind="Talks",
        room=f"Room {room}",
        people=(values.SessionPerson(f"person-{number % 700}", "chair"),),
        presentations=tuple(_talk(number, place) for place in range(TALKS)),
    )


def _talk(session, place):
    number = session * TALKS + place
    authors = dict.fromkeys((number * 7 + step * 1009) % PEOPLE for step in range(4))
    return values.PresentationItem(
        guid=f"talk-{number}",
        number=SESSIONS + number + 1,
        title=f"Talk {number}",
        kind="Oral",
        authors=tuple(values.Authorship(f"person-{who}", (), presenting=not turn) for turn, who in enumerate(authors)),
    )
