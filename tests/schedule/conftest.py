"""A meeting with a programme, for tests that need rows."""

from bisect import bisect_right
from datetime import date

import pytest

from conference import meetings, schedule
from conference.kernel import clock, db, transaction
from conference.schedule import preparing, releasing
from tests.schedule.programmes import a_program, a_schedule_xml

URL = "http://localhost/meetings/EX27/schedule"


@pytest.fixture
def meeting(context):
    """An empty meeting in May 2027 on the clock of Chicago."""
    return a_meeting()


@pytest.fixture
def released(meeting, now):
    """The meeting with a released scientific programme: talks, posters, authors."""
    with transaction():
        schedule.import_content(meeting=meeting, content=a_program(), now=now)
        schedule.release(meeting=meeting, url=URL, now=now, note="First")
    return meeting


@pytest.fixture
def flat(meeting, now):
    """The meeting with a released flat programme."""
    with transaction():
        schedule.import_content(meeting=meeting, content=a_schedule_xml(), now=now)
        schedule.release(meeting=meeting, url=URL, now=now)
    return meeting


def a_meeting(code="EX27"):
    """A public meeting without programme."""
    with transaction():
        return meetings.create(
            code=code,
            title="Example 2027",
            starts=date(2027, 5, 11),
            ends=date(2027, 5, 12),
            timezone="America/Chicago",
            currency="USD",
        )


def bring(meeting, content, now):
    """Import a file and return its report."""
    db.session.expire_all()
    with transaction():
        return schedule.import_content(meeting=meeting, content=content, now=now)


def publish(meeting, now):
    """Release the draft."""
    db.session.expire_all()
    with transaction():
        return schedule.release(meeting=meeting, url=URL, now=now)


def the_file(meeting, name, at=None):
    """The (etag, gzip bytes) of an export of the current release, as the public has it at an instant."""
    current = releasing.current(meeting)
    opening = bisect_right(current.openings, (at or clock.now()).timestamp())
    return preparing.file_of(current.id, name, opening)
