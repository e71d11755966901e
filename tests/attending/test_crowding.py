"""Warnings of the programme know how many may sign up for a session."""

import pytest

from conference.kernel import db, transaction
from conference.schedule.models import Itinerary, Star
from conference.staff import warning_list
from tests.attending.conftest import GUIDS, needs_sign_up, session_of


@pytest.fixture
def wished(meeting, now):
    """Two people want to see “Hands on”."""
    with transaction():
        for number in range(2):
            who = Itinerary(visitor=str(number), created_at=now)
            db.session.add(who)
            db.session.flush()
            db.session.add(Star(itinerary_id=who.id, meeting_id=meeting.id, item=GUIDS["Hands on"], at=now))
    return meeting


def crowded(meeting):
    """[(places, how many want to see it)] of sessions that are too small."""
    return [each.numbers for each in warning_list.look(meeting).stand if each.kind == "capacity"]


def test_more_stars_than_places_to_sign_up_for_are_a_warning(wished):
    assert crowded(wished) == []

    needs_sign_up(wished, places=1)

    assert crowded(wished) == [(1, 2)]


def test_places_to_sign_up_for_count_rather_than_those_of_the_room(wished):
    with transaction():
        session_of(wished).capacity = 1
    assert crowded(wished) == [(1, 2)]

    needs_sign_up(wished, places=2)

    assert crowded(wished) == []
