"""Every change of the timetable is taken back with one press, and that press as well."""

import pytest

from conference import audit
from tests.schedule.timetable.desk import DESK, newest, row_of, typed, undo_of

EDITOR = "/staff/schedule/EX27/sessions/40"


def state(meeting, number=40):
    row = row_of(meeting, number)
    return {
        "title": row.title,
        "when": (row.starts_at, row.ends_at, row.day),
        "room": row.room and row.room.name,
        "withdrawn": row.withdrawn,
        "people": [(part.contributor.name, part.role) for part in row.people],
        "talks": [(talk.number, talk.minutes, talk.starts_at, talk.withdrawn) for talk in row.presentations],
    }


def edited(row, **known):
    usual = {"title": "Talks", "room": "Room 1", "starts": "2027-05-11T09:00", "ends": "2027-05-11T10:00", "chairs": "Ben B. Muster", "version": row.version}  # fmt: skip
    return usual | known


CHANGES = {
    "time": (f"{DESK}/40", lambda row: typed(row, clock="15:00", minutes="90")),
    "room": (f"{DESK}/40", lambda row: typed(row, room="")),
    "pool": (f"{DESK}/40/pool", lambda row: {"version": row.version}),
    "removal": (f"{DESK}/40/removal", lambda row: {"version": row.version}),
    "title": (EDITOR, lambda row: edited(row, title="Keynotes")),
    "chairs": (EDITOR, lambda row: edited(row, chairs="Ada Example\nNew Name")),
    "new room": (EDITOR, lambda row: edited(row, room="Loft", starts="2027-05-12T09:00", ends="2027-05-12T09:30")),
    "order": (f"{EDITOR}/order", lambda row: {"place-31": "2", "place-30": "1", "version": row.version}),
    "minutes": (f"{DESK}/40/talks/30", lambda row: {"session": "40", "place": "2", "minutes": "25", "pinned": "09:30", "version": row.version}),
    "cancelled talk": (f"{DESK}/40/talks/30", lambda row: {"session": "40", "place": "2", "minutes": "0", "pinned": "", "withdrawn": "y", "version": row.version}),
    "other session": (f"{DESK}/40/talks/30", lambda row: {"session": "41", "place": "1", "minutes": "0", "pinned": "", "version": row.version}),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_it_is_as_it_was_and_after_a_second_undo_as_it_was_changed(cleo, released, change):
    address, form = CHANGES[change]
    before = state(released), state(released, 41)
    assert cleo.post(address, data=form(row_of(released, 40))).status_code == 303
    changed = state(released), state(released, 41)
    assert changed != before

    undo(cleo)
    back = state(released), state(released, 41)
    undo(cleo)

    assert back == before
    assert (state(released), state(released, 41)) == changed


def undo(client):
    address, form = undo_of(client.get(DESK).get_data(as_text=True))
    answer = client.post(address, data=form)
    assert answer.status_code == 303, answer.get_data(as_text=True)[:1500]


def test_what_was_made_goes_again_and_comes_back(cleo, released):
    cleo.post(f"{DESK}/new", data={"title": "Coffee", "kind": "Break", "day": "2027-05-11", "clock": "10:30", "minutes": "30", "room": ""})  # fmt: skip
    made = newest(released).number
    standing = state(released, made)

    undo(cleo)
    assert (row_of(released, made).withdrawn, row_of(released, made).starts_at) == (True, None)
    undo(cleo)

    assert state(released, made) == standing


def test_an_undo_is_told_by_name_and_only_the_last_change_of_a_session_has_one(cleo, dot, released):
    for hour in (11, 12, 13):
        cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock=f"{hour}:00"))

    page = dot.get(DESK).get_data(as_text=True)
    dot.post(*undo_of(page)[:1], data=undo_of(page)[1])

    assert page.count('class="undo"') == 1
    assert [entry.actor_name for entry in audit.story_of(row_of(released, 40))][:2] == ["Dot Other", "Cleo Desk"]


def test_pressed_twice_it_is_taken_back_once(cleo, released):
    cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="11:00"))
    address, form = undo_of(cleo.get(DESK).get_data(as_text=True))

    answers = [cleo.post(address, data=form).status_code for _press in range(2)]

    assert answers == [303, 409]


def test_what_nobody_may_undo_is_refused(cleo, released):
    cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="11:00"))
    address, _form = undo_of(cleo.get(DESK).get_data(as_text=True))

    for version in ("", "x", "999999999", "99999999999999"):
        assert cleo.post(address, data={"version": version}).status_code == 409


def test_after_a_talk_has_gone_again_no_button_is_offered_that_only_refuses(cleo, released):
    cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="11:00"))
    cleo.post(f"{DESK}/40/talks", data={"title": "Fresh", "minutes": "5", "version": row_of(released, 40).version})
    undo(cleo)

    page = cleo.get(DESK).get_data(as_text=True)

    assert "Talk removed" in page
    assert 'class="undo"' not in page
