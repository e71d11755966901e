"""A programme in which a room and its chair are booked twice, and somebody who looks after it."""

import json

import pytest

from tests.schedule.conftest import bring
from tests.schedule.programmes import a_program
from tests.signing_in import signed_in


@pytest.fixture
def cleo(context):
    return signed_in(context, "cleo@example.org", roles=["programme"], given_name="Cleo", family_name="Chair")


@pytest.fixture
def crowded(meeting, now):
    """Talks and a second session of the same chair at the same time, in the same room."""
    sessions = json.loads(a_program())["sessions"]
    twice = {**sessions[0], "id": 42, "name": "More talks", "contentIds": []}
    bring(meeting, a_program(sessions=[*sessions, twice]), now)
    return meeting
