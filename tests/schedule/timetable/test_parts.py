"""Sessions that are parts of another one go with it, as long as they stand in the timetable themselves."""

from datetime import timedelta

import pytest

from conference.kernel import transaction
from tests.schedule.timetable.desk import DESK, row_of, starts_of, typed, undo_of


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


def test_a_part_goes_along_to_another_room_and_back_unless_it_has_a_room_of_its_own(cleo, whole):
    home = row_of(whole, 41).room_id

    cleo.post(f"{DESK}/40", data=typed(row_of(whole, 40), room=""))
    assert row_of(whole, 41).room_id is None
    cleo.post(*undo_of(cleo.get(DESK).get_data(as_text=True))[:1], data={"version": row_of(whole, 40).version})
    assert row_of(whole, 41).room_id == home
    with transaction():
        row_of(whole, 41).room_id = None
    assert cleo.post(f"{DESK}/40", data=typed(row_of(whole, 40), clock="13:00")).status_code == 303
    assert row_of(whole, 41).room_id is None


def test_the_editor_of_the_title_moves_parts_too_and_an_undo_brings_them_back(cleo, whole):
    form = {"title": "Talks", "room": "Room 1", "chairs": "Ben B. Muster", "version": row_of(whole, 40).version}
    times = {"starts": "2027-05-11T10:00", "ends": "2027-05-11T11:00"}

    assert cleo.post("/staff/schedule/EX27/sessions/40", data=form | times).status_code == 303
    assert starts_of(whole, 41) == "2027-05-11 10:30"
    cleo.post(*undo_of(cleo.get(DESK).get_data(as_text=True))[:1], data={"version": row_of(whole, 40).version})

    assert starts_of(whole, 41) == "2027-05-11 09:30"
