"""Sessions that are parts of another one go with it, as long as they stand in the timetable themselves."""

from datetime import timedelta

import pytest

from conference.kernel import transaction
from tests.schedule.timetable.desk import DESK, row_of, starts_of, typed


@pytest.fixture
def whole(released):
    """Session 40 from nine to ten, whose second half is session 41."""
    whole, part = row_of(released, 40), row_of(released, 41)
    with transaction():
        part.parent_id, part.parent_depth, part.depth = whole.id, 0, 1
        part.starts_at, part.ends_at = whole.starts_at + timedelta(minutes=30), whole.ends_at
        part.day, part.room_id = whole.day, whole.room_id
    return released


def press(client, number, act, meeting):
    answer = client.post(f"{DESK}/{number}/{act}", data={"version": row_of(meeting, number).version})
    assert answer.status_code == 303


@pytest.mark.parametrize("known", [{"clock": "13:00"}, {"room": ""}])
def test_a_part_that_waits_in_the_pool_stays_there_when_its_whole_is_moved(cleo, whole, known):
    press(cleo, 41, "pool", whole)

    assert cleo.post(f"{DESK}/40", data=typed(row_of(whole, 40), **known)).status_code == 303

    assert starts_of(whole, 41) is None


def test_a_part_that_was_removed_does_not_come_back_with_its_whole(cleo, whole):
    press(cleo, 41, "pool", whole)
    with transaction():
        row_of(whole, 41).withdrawn = True
    press(cleo, 40, "pool", whole)

    assert cleo.post(f"{DESK}/40", data=typed(row_of(whole, 40), clock="13:00")).status_code == 303

    assert starts_of(whole, 41) is None
