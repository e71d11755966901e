"""Many at once for few places: no place is given twice, nobody is in twice, and the line has no gaps."""

from collections import Counter

import pytest

from conference.kernel import db
from tests.attending import racing
from tests.attending.conftest import hands, needs_sign_up, registered
from tests.checkout.racing import in_processes
from tests.checkout.test_races import settings, shares
from tests.conftest import empty_tables

__all__ = ["settings"]
PROCESSES = 3


@pytest.fixture(autouse=True)
def many_writers(context):
    """On SQLite the single writer is a guard of its own."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")


def crowd(meeting, now, number):
    return [registered(meeting, f"Racer{each}", now) and f"racer{each}@example.org" for each in range(number)]


def test_as_many_are_in_as_there_are_places_and_the_others_wait(meeting, now, settings):
    needs_sign_up(meeting, places=3)
    emails = crowd(meeting, now, 8)

    results = in_processes(racing.sign_up, settings, shares(emails + emails, PROCESSES))  # each clicks twice

    taken, waiting, states = hands(meeting)
    assert (taken, waiting, Counter(states)) == (3, 5, {"taken": 3, "waiting": 5})
    assert len({email for email, state in results if state == "taken"}) == 3


def test_without_lock_and_claim_one_place_is_given_to_all(meeting, now, settings):
    """The control: it shows that the race is a race."""
    needs_sign_up(meeting, places=1, has_list=False)
    emails = crowd(meeting, now, PROCESSES)

    results = in_processes(racing.sign_up_unguarded, settings, shares(emails, PROCESSES))

    assert [state for _email, state in results] == ["taken"] * PROCESSES
    empty_tables()  # nothing of it ties out, and the next test begins with nothing
