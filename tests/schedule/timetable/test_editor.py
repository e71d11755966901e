"""The editor has all of a session: what is typed stands, is told, and is taken back; what is not sent stays."""

import pytest

from conference import audit
from conference.kernel import Refusal, db, transaction
from conference.schedule import draft, roles
from conference.schedule.models import Track
from conference.schedule.timetable import nesting
from tests.schedule.abstracts.filled import fields_of
from tests.schedule.timetable.desk import DESK, newest, row_of, starts_of, typed, undo_of
from tests.schedule.timetable.test_editing import EDITOR, filled, saved

WORDS = ("subtitle", "kind", "language", "capacity", "abstract", "description")
TYPED = {
    "subtitle": "On viruses",
    "kind": "Symposium",
    "language": "en",
    "capacity": "80",
    "abstract": "One < two.\n\nThree.",
    "description": "<p>Bring <em>gloves</em>.</p><script>x</script>",
    "others": "Émile Roux – Discussant\nAda Example - co-chair\nNew Name",
}


@pytest.fixture
def track(released):
    with transaction():
        row = Track(meeting_id=released.id, name="Delivery", position=7)
        db.session.add(row)
    return row.id


def facts_of(meeting):
    row = row_of(meeting, 40)
    words = {name: getattr(row, name) for name in WORDS}
    return words | {"track": row.track_id, "people": roles.parts_of(row)}


def part(client, number, whole):
    """The answer to a session being made a part of another one, as its editor posts it."""
    address = f"/staff/schedule/EX27/sessions/{number}"
    return client.post(address, data=fields_of(client.get(address).text, address) | {"whole": whole})


def test_all_of_a_session_is_written_and_told_and_taken_back(cleo, released, track):
    before = facts_of(released)

    saved(cleo, track=str(track), **TYPED)

    assert facts_of(released) == {
        "subtitle": "On viruses", "kind": "Symposium", "language": "en", "capacity": 80, "track": track,
        "abstract": "<p>One &lt; two.</p><p>Three.</p>", "description": "<p>Bring <em>gloves</em>.</p>",
        "people": [("Ben B. Muster", "chair"), ("Émile Roux", "discussant"), ("Ada Example", "co-chair"), ("New Name", "speaker")],
    }  # fmt: skip
    entry = audit.story_of(row_of(released, 40))[0]
    assert (entry.before["capacity"], entry.after["capacity"]) == (0, 80)
    assert (entry.after["discussant"], entry.after["track"]) == (["Émile Roux"], "Delivery")
    address, form = undo_of(cleo.get(DESK).text)
    assert cleo.post(address, data=form).status_code == 303
    assert facts_of(released) == before


def test_what_is_not_sent_stays(cleo, released, track):
    saved(cleo, track=str(track), **TYPED)
    before = facts_of(released)

    answer = cleo.post(EDITOR, data={"title": "Keynotes", "version": row_of(released, 40).version})

    assert (answer.status_code, row_of(released, 40).title, facts_of(released)) == (303, "Keynotes", before)
    assert (row_of(released, 40).room.name, row_of(released, 40).starts_at is None) == ("Room 1", False)


def test_saved_as_it_was_opened_nothing_is_another(cleo, released, track):
    saved(cleo, track=str(track), **TYPED | {"abstract": "<p>One</p><ul><li>two</li></ul>"})
    told = len(audit.story_of(row_of(released, 40)))

    saved(cleo)

    assert len(audit.story_of(row_of(released, 40))) == told


@pytest.mark.parametrize(("field", "value"), [
    ("others", "Ada Example – Janitor"), ("track", "999"), ("capacity", "-1"), ("capacity", "9999999999"), ("whole", "999"),
    ("whole", "40"), ("language", "x" * 21), ("kind", "x" * 101), ("subtitle", "x" * 501),
])  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field_and_kept(cleo, released, field, value):
    answer = cleo.post(EDITOR, data=filled(cleo, **{field: value, "title": "Still here"}))

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "Still here" in answer.text


def test_a_session_becomes_a_part_of_one_of_its_day_and_stands_for_itself_again(cleo, released):
    assert part(cleo, 41, "40").status_code == 303
    row, whole = row_of(released, 41), row_of(released, 40)
    assert (row.parent_id, row.parent_depth, row.depth) == (whole.id, 0, 1)
    assert audit.story_of(row)[0].after == {"whole": 40}

    address, form = undo_of(cleo.get(DESK).text)
    assert cleo.post(address, data=form).status_code == 303

    assert row_of(released, 41).parent_id is None


def test_a_part_is_no_whole_and_a_whole_no_part(cleo, released):
    third = cleo.post(f"{DESK}/40/copy", data={"version": row_of(released, 40).version})
    assert third.status_code == 303
    part(cleo, 41, "40")

    page = cleo.get(EDITOR).text
    refused = cleo.post(EDITOR, data=filled(cleo, whole="41"))

    assert '<option value="41">' not in page
    assert (refused.status_code, row_of(released, 40).parent_id) == (422, None)


@pytest.mark.parametrize(("number", "whole"), [(40, 41), (41, 999), (41, 41)])
def test_nesting_deeper_than_one_level_is_refused_whoever_asks(cleo, released, number, whole):
    part(cleo, 41, "40")
    with transaction(), pytest.raises(Refusal) as refused:
        nesting.join(released, row_of(released, number), whole)

    assert refused.value.field == "whole"


def test_a_session_that_has_parts_is_no_part_of_a_third_and_is_offered_none(cleo, released):
    cleo.post(f"{DESK}/40/copy", data={"version": row_of(released, 40).version})
    third, stands = newest(released), row_of(released, 40)
    with transaction():
        third.day, third.starts_at, third.ends_at = stands.day, stands.starts_at, stands.ends_at
    number = third.number
    assert f'<option value="{number}">' in cleo.get(EDITOR).text
    part(cleo, 41, "40")

    with transaction(), pytest.raises(Refusal) as refused:
        nesting.join(released, row_of(released, 40), number)

    assert "This session has parts" in str(refused.value)
    assert f'<option value="{number}">' not in cleo.get(EDITOR).text


def test_people_in_the_order_of_a_file_stay_so_when_a_title_is_mended(cleo, released):
    saved(cleo, others="Ada Example\nÉmile Roux – Discussant")
    with transaction():
        people = sorted(row_of(released, 40).people, key=lambda part: part.role == "chair")
        for position, part in enumerate(people, start=10):
            part.position = position
    before = roles.parts_of(row_of(released, 40))
    assert before[-1][1] == "chair"

    saved(cleo, title="Mended")

    assert roles.parts_of(row_of(released, 40)) == before


def test_a_session_that_has_parts_is_not_taken_back_or_removed_from_under_them(cleo, released):
    cleo.post(f"{DESK}/40/copy", data={"version": row_of(released, 40).version})
    whole = newest(released)
    cleo.post(f"{DESK}/{whole.number}", data=typed(whole, clock="07:00"))
    assert part(cleo, 41, str(whole.number)).status_code == 303
    before = starts_of(released, 41)

    answer = cleo.post(f"{DESK}/{whole.number}/removal", data={"version": row_of(released, whole.number).version})

    assert (answer.status_code, starts_of(released, 41)) == (409, before)
    assert "This session has parts" in answer.text


def test_a_move_is_not_taken_back_into_a_room_that_has_another_name_now(cleo, released):
    saved(cleo, room="Hall")
    with transaction():
        room = next(each for each in draft.rooms(released) if each.name == "Room 1")
        room.name = "Aula"
    address, form = undo_of(cleo.get(DESK).text)

    answer = cleo.post(address, data=form)

    assert answer.status_code == 409 and "is not there any more" in answer.text
    assert {each.name for each in draft.rooms(released)} == {"Aula", "Hall"}
