"""Ada has the only place, not yet paid; Ben and Cleo wait for it, in this order."""

import pytest

from conference.kernel import transaction
from tests.cast import a_person
from tests.checkout.acting import place
from tests.checkout.waiting.acting import wait


@pytest.fixture
def people(meeting, now):
    """Ada has the only place, not yet paid; Ben, Cleo and Dov would like one."""
    with transaction():
        return [a_person(name, now) for name in ("Ada", "Ben", "Cleo", "Dov")]


@pytest.fixture
def adas(meeting, people, now):
    return place(meeting, people[0], now)


@pytest.fixture
def line(meeting, people, adas, now):
    """Ben and Cleo wait, in this order."""
    return [wait(meeting, person, now) for person in people[1:3]]
