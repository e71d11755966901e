"""Who may sign up when: decided on values."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from conference.attending.signups.rules import Door, Held, Ticket, Why, door, overlap, why_not

NOW = datetime(2027, 5, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
HELD = Held("a", NOW + HOUR, NOW + 2 * HOUR, "2027-05-01")
TICKET = Ticket(True, "full")


def terms(**changes):
    usual = {"opens_at": None, "closes_at": None, "only_for": [], "places": 2, "taken": 0, "waiting": 0}
    return SimpleNamespace(**{**usual, "has_list": False, **changes})


@pytest.mark.parametrize(
    ("opens", "closes", "held", "found"),
    [
        (None, None, HELD, Door.OPEN),
        (NOW + HOUR, None, HELD, Door.NOT_YET),
        (NOW, None, HELD, Door.OPEN),
        (None, NOW, HELD, Door.CLOSED),
        (None, NOW + 9 * HOUR, HELD, Door.OPEN),
        (None, NOW + 9 * HOUR, Held("a", NOW, NOW + HOUR), Door.CLOSED),
        (None, None, None, Door.OFF),
    ],
)
def test_a_sign_up_is_open_between_its_instants_and_never_after_the_beginning(opens, closes, held, found):
    assert door(opens, closes, held, NOW) == found


@pytest.mark.parametrize(
    ("changes", "ticket", "why"),
    [
        ({}, TICKET, None),
        ({}, None, Why.NOT_REGISTERED),
        ({}, Ticket(False, "full"), Why.NOT_REGISTERED),
        ({"only_for": ["guest"]}, TICKET, Why.CATEGORY),
        ({"only_for": ["guest", "full"]}, TICKET, None),
        ({}, Ticket(True, "full", "2027-05-02"), Why.DAY),
        ({}, Ticket(True, "full", "2027-05-01"), None),
        ({"taken": 2}, TICKET, Why.FULL),
        ({"taken": 2, "has_list": True}, TICKET, None),
        ({"taken": 1, "waiting": 1}, TICKET, Why.FULL),  # the place is for who waits
    ],
)
def test_it_is_refused_for_a_reason_that_is_named(changes, ticket, why):
    assert why_not(terms(**changes), HELD, ticket, (), NOW) == (why, None)


def test_nobody_has_two_places_at_a_time_but_may_wait_for_another():
    other = Held("b", NOW + HOUR + HOUR / 2, NOW + 3 * HOUR)
    next_one = Held("c", HELD.ends, HELD.ends + HOUR)

    assert why_not(terms(), HELD, TICKET, (next_one, other), NOW) == (Why.CLASH, other)
    assert why_not(terms(taken=2, has_list=True), HELD, TICKET, (other,), NOW) == (None, None)
    assert not overlap(HELD, next_one)
    assert not overlap(HELD, HELD)
