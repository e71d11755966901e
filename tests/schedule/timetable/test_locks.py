"""Whoever changes the programme holds the meeting before anything of it: so does an import, and neither waits for the other."""

import re

import pytest
from sqlalchemy import event

from conference.kernel import db, transaction
from conference.schedule import queries
from conference.schedule.models import Abstract
from conference.schedule.timetable import queries as timetable
from tests.schedule.timetable.desk import DESK, row_of, typed, undo_of

HELD = re.compile(r"SELECT meeting\.id\s+FROM meeting\s+WHERE meeting\.id =")
WRITTEN = re.compile(r"(UPDATE|INSERT INTO|DELETE FROM) schedule_(session|presentation|abstract|room|contributor)\b")
STAFF = "/staff/schedule/EX27"


@pytest.fixture
def asked(context):
    """The statements that the database was asked."""
    found = []

    def note(*facts):
        found.append(facts[2])

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def test_every_verb_holds_the_meeting_before_it_writes(cleo, released, asked):
    with transaction():
        db.session.add(Abstract(meeting_id=released.id, guid="a" * 36, number=7, title="Written", status="accepted"))
    for address, form in _presses(released):
        row = row_of(released, 40)
        asked.clear()
        answer = cleo.post(address, data=form(row) | {"version": str(row.version)})
        assert answer.status_code == 303, (address, answer.text[:3000])
        _assert_held_first(asked, address)
    address, form = undo_of(cleo.get(f"{DESK}?day=2027-05-11").text)
    asked.clear()
    assert cleo.post(address, data=form).status_code == 303
    _assert_held_first(asked, address)


def test_a_release_holds_the_meeting_before_it_reads_and_twice_pressed_is_one(cleo, released, asked):
    cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="11:00"))
    asked.clear()

    first, second = (cleo.post(f"{STAFF}/release", data={"note": ""}) for _press in range(2))

    read = next(place for place, each in enumerate(asked) if "FROM schedule_session" in each)
    assert next(place for place, each in enumerate(asked) if HELD.search(each)) < read
    assert (first.status_code, second.status_code) == (303, 303)
    assert [each.number for each in queries.all_releases(released)] == [2, 1]
    assert "nothing has changed since" in cleo.get(STAFF).text


def _presses(meeting):
    times = {"starts": "2027-05-11T09:00", "ends": "2027-05-11T10:00"}
    editor = {"title": "Talks", "room": "Newly built", "chairs": "Nobody Known", **times}
    return [
        (f"{DESK}/40", lambda row: typed(row, clock="11:00")),
        (f"{DESK}/40/talks", lambda row: {"title": "Fresh", "minutes": "5"}),
        (f"{STAFF}/sessions/40", lambda row: editor),
        (f"{STAFF}/sessions/40/order", lambda row: {"place-31": "2", "place-30": "1"}),
        (f"{DESK}/40/talks/30", lambda row: {"session": "40", "place": "2", "minutes": "9"}),
        (f"{STAFF}/abstracts/7/present", lambda row: {"session": "40", "kind": "Oral", "minutes": "5"}),
        (f"{STAFF}/abstracts/status", lambda row: {"tick": "7", "status": "withdrawn"}),
        (f"{DESK}/40/pool", lambda row: {}),
        (f"{DESK}/40/removal", lambda row: {}),
    ]


def _assert_held_first(asked, address):
    held = next((place for place, each in enumerate(asked) if HELD.search(each)), None)
    written = next((place for place, each in enumerate(asked) if WRITTEN.search(each)), None)
    assert held is not None and written is not None and held < written, (address, asked[written or 0])


def test_whether_the_public_had_something_is_found_by_the_database(released, asked):
    guid = row_of(released, 40).guid
    asked.clear()

    assert [timetable.was_released(released, each) for each in (guid, "never")] == [True, False]

    assert not [each for each in asked if each.startswith("SELECT schedule_release.revisions")]
