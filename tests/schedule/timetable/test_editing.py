"""The editor of title, chairs and times: what was not touched stays, nothing is written unseen."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from conference import audit
from conference.kernel import db, transaction
from conference.schedule.models import Abstract, Contributor, SessionPerson
from conference.schedule.roles import names_by_role
from tests.schedule.abstracts.filled import fields_of
from tests.schedule.timetable.desk import DESK, row_of, starts_of, typed

EDITOR = "/staff/schedule/EX27/sessions/40"


def filled(client, **known):
    """What the editor posts when it is saved as it was opened, with what is known changed."""
    return fields_of(client.get(EDITOR).get_data(as_text=True), EDITOR) | known


def saved(client, **known):
    answer = client.post(EDITOR, data=filled(client, **known))
    assert answer.status_code == 303, answer.get_data(as_text=True)[:2000]


def test_the_second_of_two_hours_stays_when_only_the_title_changes(cleo, released):
    row, second = row_of(released, 40), datetime(2027, 11, 7, 7, 15, tzinfo=UTC)  # 01:15 for the second time
    with transaction():
        row.starts_at, row.ends_at, row.day = second, second + timedelta(minutes=30), date(2027, 11, 6)

    saved(cleo, title="Keynotes")

    row = row_of(released, 40)
    assert (row.title, row.starts_at, row.ends_at) == ("Keynotes", second, second + timedelta(minutes=30))
    saved(cleo, ends="2027-11-07T01:50")
    assert row_of(released, 40).ends_at == second + timedelta(minutes=35)


@pytest.mark.parametrize("field", ["starts", "ends"])
def test_a_time_that_the_clocks_leave_out_is_refused_at_its_field(cleo, released, field):
    times = {"starts": "2027-03-14T01:30", "ends": "2027-03-14T04:30"} | {field: "2027-03-14T02:30"}

    answer = cleo.post(EDITOR, data=filled(cleo, **times))

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.get_data(as_text=True)
    assert starts_of(released, 40) == "2027-05-11 09:00"


def test_a_session_in_the_pool_gets_a_title_and_chairs_and_stays_there(cleo, released):
    cleo.post(f"{DESK}/40/pool", data={"version": row_of(released, 40).version})

    saved(cleo, title="Keynotes", chairs="Ada Example")

    row = row_of(released, 40)
    assert (row.title, row.starts_at, row.pool_minutes) == ("Keynotes", None, 60)


@pytest.mark.parametrize(("known", "field"), [({"starts": ""}, "starts"), ({"ends": ""}, "ends"), ({"starts": "", "ends": ""}, "starts")])  # fmt: skip
def test_a_session_does_not_lose_its_time_here(cleo, released, known, field):
    answer = cleo.post(EDITOR, data=filled(cleo, **known))

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("version", ["", "0", "x", "2147483647", "9007199254740992"])
def test_without_the_version_that_was_seen_nothing_is_written(cleo, released, version):
    answer = cleo.post(EDITOR, data=filled(cleo, title="Unseen", version=version))
    order = cleo.post(f"{EDITOR}/order", data={"place-31": "2", "place-30": "1", "version": version})

    assert (answer.status_code, order.status_code) == (422, 409)
    row = row_of(released, 40)
    assert (row.title, [talk.number for talk in row.presentations]) == ("Talks", [31, 30])


def test_a_typed_order_is_still_there_when_somebody_was_faster(cleo, dot, released):
    seen = row_of(released, 40).version
    cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="11:00"))

    late = dot.post(f"{EDITOR}/order", data={"place-31": "7", "place-30": "3", "version": seen})

    page = late.get_data(as_text=True)
    assert late.status_code == 409
    assert 'name="place-31" value="7"' in page and 'name="place-30" value="3"' in page
    assert "Cleo Desk has saved this since you opened it" in page
    again = fields_of(page, f"{EDITOR}/order")
    assert dot.post(f"{EDITOR}/order", data=again).status_code == 303
    assert [talk.number for talk in row_of(released, 40).presentations] == [30, 31]


def test_a_talk_that_presents_an_abstract_has_its_title_in_the_order(cleo, released):
    with transaction():
        db.session.add(Abstract(meeting_id=released.id, guid="a" * 36, number=7, title="Written", status="accepted"))
    new = {"title": "", "abstract": "7", "minutes": "0", "version": row_of(released, 40).version}
    cleo.post(f"{DESK}/40/talks", data=new)

    page = cleo.get(EDITOR).get_data(as_text=True)

    assert 'aria-label="Place of Written"' in page
    assert page.count("Written") == 2


def people(meeting):
    return [part.contributor_id for part in row_of(meeting, 40).people if part.role == "chair"]


def test_chairs_of_one_name_stay_who_they_are(cleo, released):
    (seated,) = [part.contributor_id for part in row_of(released, 40).people]
    with transaction():
        other = Contributor(meeting_id=released.id, guid=str(uuid4()), number=998, name="Ben B. Muster")
        db.session.add(other)
    saved(cleo, chairs="Ben B. Muster\nAda Example")
    assert people(released)[0] == seated

    row = row_of(released, 40)
    with transaction():
        row.people.append(SessionPerson(contributor_id=other.id, role="chair", position=9))
    before = people(released)
    saved(cleo, chairs="Ada Example\nBen B. Muster\nBen B. Muster")

    assert len(before) == 3
    assert set(people(released)) == set(before)


def test_names_and_titles_are_found_in_any_case_and_with_any_accents(cleo, released):
    saved(cleo, chairs="Émile Roux", title="Überblick")

    saved(cleo, chairs="ÉMILE ROUX\nEmile Roux")

    assert names_by_role(row_of(released, 40))["chair"] == ["Émile Roux"]
    assert "Überblick" in cleo.get("/staff/schedule/EX27?q=überBLICK").text
    assert "Nothing" not in cleo.get("/staff/schedule/EX27?q=uberblick").text


def test_a_room_that_only_looks_like_another_is_made_here_too_when_that_is_meant(cleo, released):
    looks_the_same = "R\u043e\u043em 1"  # with Cyrillic letters in the middle

    asked = cleo.post(EDITOR, data=filled(cleo, room=looks_the_same))

    assert asked.status_code == 422
    assert "There is a room whose name looks the same" in asked.get_data(as_text=True)
    assert 'name="is_apart"' in asked.get_data(as_text=True)
    assert row_of(released, 40).room.name == "Room 1"
    saved(cleo, room=looks_the_same, is_apart="y")
    assert row_of(released, 40).room.name == looks_the_same


def test_a_chair_who_is_typed_twice_sits_there_once(cleo, released):
    saved(cleo, chairs="Ada Example\nada example\nBen B. Muster\nNew Name\nNew Name")

    assert len(people(released)) == 3
    (entry,) = audit.story_of(row_of(released, 40))
    assert entry.after["chairs"] == ["Ada Example", "Ben B. Muster", "New Name"]
