"""Saving a talk changes what was typed and nothing else; who comes too late sees where it is now."""

from datetime import UTC, date, datetime, timedelta

import pytest

from conference.kernel import transaction
from tests.schedule.abstracts.filled import fields_of
from tests.schedule.timetable.desk import DESK, newest, row_of, starts_of, typed, undo_of

TALK = f"{DESK}/40/talks/30"


def filled(client, address=TALK):
    return fields_of(client.get(address).get_data(as_text=True), address)


def talk_of(meeting, number=30, session=40):
    return next(talk for talk in row_of(meeting, session).presentations if talk.number == number)


def hold(meeting, starts, day, pin):
    """Hold session 40 for two hours from an instant, its talk 30 pinned at one."""
    row = row_of(meeting, 40)
    with transaction():
        row.starts_at, row.ends_at, row.day = starts, starts + timedelta(hours=2), day
        next(talk for talk in row.presentations if talk.number == 30).starts_at = pin


def test_a_pin_in_the_second_of_two_hours_stays_when_something_else_is_saved(cleo, released):
    second = datetime(2027, 11, 7, 7, 15, tzinfo=UTC)  # 01:15 for the second time
    hold(released, second - timedelta(minutes=15), date(2027, 11, 6), second)

    assert cleo.post(TALK, data=filled(cleo) | {"minutes": "7"}).status_code == 303
    assert (talk_of(released).minutes, talk_of(released).starts_at) == (7, second)
    assert cleo.post(TALK, data=filled(cleo) | {"pinned": "01:20"}).status_code == 303
    assert talk_of(released).starts_at == second + timedelta(minutes=5)


def test_a_pin_of_a_night_that_goes_on_after_four_is_in_that_night(cleo, released):
    starts = datetime(2027, 5, 12, 8, 30, tzinfo=UTC)  # 03:30
    hold(released, starts, date(2027, 5, 11), None)

    assert cleo.post(TALK, data=filled(cleo) | {"pinned": "04:30"}).status_code == 303

    assert talk_of(released).starts_at == starts + timedelta(hours=1)


def test_a_pinned_talk_of_the_pool_is_saved_and_stays_pinned(cleo, released):
    pin = row_of(released, 40).starts_at + timedelta(minutes=10)
    with transaction():
        talk_of(released).starts_at = pin
    cleo.post(f"{DESK}/40/pool", data={"version": row_of(released, 40).version})

    assert cleo.post(TALK, data=filled(cleo) | {"minutes": "7"}).status_code == 303

    assert (talk_of(released).minutes, talk_of(released).starts_at) == (7, pin)


@pytest.mark.parametrize("clock", ["08:55", "10:00", "23:00"])
def test_a_pin_outside_its_session_is_refused_at_its_field(cleo, released, clock):
    answer = cleo.post(TALK, data=filled(cleo) | {"pinned": clock})

    assert answer.status_code == 422
    assert 'id="pinned-error"' in answer.get_data(as_text=True)


def test_who_saves_a_talk_that_was_moved_away_is_told_where_it_is(cleo, dot, released):
    seen = filled(dot)
    assert cleo.post(TALK, data=filled(cleo) | {"session": "41", "place": "1"}).status_code == 303

    late = dot.post(TALK, data=seen | {"minutes": "7"})

    page = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "Somebody else has moved this talk to" in page and "Cleo Desk" in page
    again = fields_of(page, f"{DESK}/41/talks/30")
    assert (again["minutes"], again["session"]) == ("7", "40")
    assert dot.post(f"{DESK}/41/talks/30", data=again).status_code == 303
    assert talk_of(released).minutes == 7
    assert dot.post(f"{DESK}/40/talks/9999", data=seen).status_code == 404


def undo(client, changed):
    """Press the first undo that is about something else than the session that was moved last."""
    page = client.get(DESK).get_data(as_text=True)
    return client.post(undo_of(page[page.index(changed) :])[0], data=undo_of(page[page.index(changed) :])[1])


def test_a_talk_is_not_taken_back_to_a_start_outside_its_old_session(cleo, released):
    assert cleo.post(TALK, data=filled(cleo) | {"pinned": "09:25"}).status_code == 303
    cleo.post(TALK, data=filled(cleo) | {"session": "41", "pinned": ""})
    cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="15:00"))

    answer = undo(cleo, "Talk changed")

    assert answer.status_code == 409
    assert "has moved since" in answer.get_data(as_text=True)
    assert talk_of(released, session=41).starts_at is None


def test_an_added_session_that_was_released_is_cancelled_by_its_undo(cleo, released, now):
    form = {"title": "Coffee", "kind": "", "day": "2027-05-11", "clock": "12:00", "minutes": "30", "room": ""}
    cleo.post(f"{DESK}/new", data=form)
    made = newest(released).number
    cleo.post("/staff/schedule/EX27/release")

    page = cleo.get(DESK).get_data(as_text=True)
    assert cleo.post(undo_of(page)[0], data=undo_of(page)[1]).status_code == 303

    assert (row_of(released, made).withdrawn, starts_of(released, made)) == (True, "2027-05-11 12:00")
    page = cleo.get(DESK).get_data(as_text=True)
    assert cleo.post(undo_of(page)[0], data=undo_of(page)[1]).status_code == 303
    assert not row_of(released, made).withdrawn
