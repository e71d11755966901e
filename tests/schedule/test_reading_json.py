"""schedule.json of both schemas, as it is found in the wild."""

import json
from datetime import UTC, date, datetime, timedelta

import jsonschema
import pytest

from conference.schedule.formats import UnreadableFile
from tests.schedule.programmes import GUID, OTHER, SHARED, a_schedule_xml, read_in

SCHEMAS = SHARED / "schemas"
PERSON = "7bfe6f2c-8d32-5a07-8857-121ec4dafe1f"


def an_event(**known):
    """One event of schema 1."""
    return {
        "guid": GUID, "id": 11, "date": "2027-05-11T10:00:00+02:00", "start": "10:00", "duration": "00:45", "room": "Aula",
        "slug": "example27-11", "url": "https://example.org/11", "title": "Vectors & viruses", "subtitle": "", "track": "Delivery",
        "type": "lecture", "language": "en", "abstract": "<p>How to get there.</p>", "description": None,
        "persons": [{"id": 7, "public_name": "Ada Example"}, {"name": "Ben Muster"}],
        "links": [{"url": "https://example.org/slides", "title": "Slides"}], "attachments": [{"url": "/files/1.pdf", "title": "Paper"}],
        **known,
    }  # fmt: skip


def schema_1(*events, day="2027-05-11", **known):
    """schedule.json of schema 1 with the events in one room of one day."""
    return {
        "schedule": {
            "version": "1",
            "base_url": "https://example.org/",
            "conference": {
                "acronym": "example27", "title": "Example 2027", "start": day, "end": day, "daysCount": 1, "timeslot_duration": "00:05",
                "time_zone_name": "Europe/Berlin", "tracks": [{"name": "Delivery", "color": "#0f5a73"}],
                "days": [{"index": 1, "date": day, "day_start": f"{day}T04:00:00+02:00", "day_end": f"{day}T23:00:00+02:00",
                          "rooms": {"Aula": list(events or [an_event()])}}],
                **known,
            },
        }
    }  # fmt: skip


def schema_2(**known):
    """schedule.json of schema 2: a talk in two languages by people with parts, and a break."""
    talk = {
        "guid": GUID, "start": "2027-05-11T10:00:00+02:00", "end": "2027-05-11T11:30:00+02:00", "slug": "example-talk",
        "room": {"guid": OTHER, "slug": "aula"}, "track": {"slug": "delivery"}, "title": "Vectors", "subtitle": None, "type": "TALK",
        "url": "https://example.org/11", "language": "de", "abstract": {"de": "Kurz.", "en": "Short."}, "description": {"de": "Lang."},
        "participants": [{"guid": PERSON, "name": "Ada Example", "role": "MODERATOR"}], "links": [], **known,
    }  # fmt: skip
    coffee = {
        "type": "BREAK",
        "title": "Coffee",
        "start": "2027-05-11T11:30:00+02:00",
        "end": "2027-05-11T12:00:00+02:00",
    }
    conference = {
        "title": "Example", "acronym": "example27", "start": "2027-05-11T08:00:00+02:00", "end": "2027-05-11T20:00:00+02:00",
        "time_zone_name": "Europe/Berlin", "tracks": [{"name": "Delivery", "slug": "delivery", "color": "#0f5a73"}],
        "rooms": [{"name": "Aula", "guid": OTHER, "slug": "aula"}],
        "days": [{"index": 1, "date": "2027-05-11", "start": "2027-05-11T04:00:00+02:00", "end": "2027-05-12T04:00:00+02:00"}],
    }  # fmt: skip
    return {"schedule": {"version": "1", "conference": conference, "events": [talk, coffee]}}


def read_json(tree):
    return read_in(json.dumps(tree).encode())


def only(tree):
    programme, report = read_json(tree)
    (session,) = programme.sessions
    return session, report


@pytest.mark.skipif(not SCHEMAS.exists(), reason="the schemas are not here")
@pytest.mark.parametrize(("name", "tree"), [("schedule", schema_1()), ("schedule2", schema_2())])
def test_the_files_of_these_tests_are_what_the_schemas_want(name, tree):
    schema = json.loads((SCHEMAS / f"c3voc-{name}.schema.json").read_text())

    jsonschema.Draft6Validator(schema).validate(tree)


def test_an_event_of_schema_1_becomes_a_session():
    programme, report = read_json(schema_1())
    (session,) = programme.sessions

    assert (session.guid, session.number, session.title) == (GUID, 11, "Vectors & viruses")
    assert (session.starts, session.ends - session.starts) == (
        datetime(2027, 5, 11, 8, 0, tzinfo=UTC),
        timedelta(minutes=45),
    )
    assert (session.room, session.track, session.kind, session.day) == (
        "Aula",
        "Delivery",
        "lecture",
        date(2027, 5, 11),
    )
    assert [(link.url, link.kind) for link in session.links] == [
        ("https://example.org/slides", "link"),
        ("https://example.org/files/1.pdf", "attachment"),
    ]
    assert [(person.number, person.name) for person in programme.people] == [(7, "Ada Example"), (None, "Ben Muster")]
    assert programme.tracks[0].colour == "#0f5a73"
    assert (report.format, report.read, report.repaired, report.skipped) == ("schedule.json", 1, [], [])


def test_an_event_of_schema_2_becomes_a_session():
    programme, report = read_json(schema_2())
    talk, coffee = programme.sessions

    assert (talk.guid, talk.room, talk.track, talk.abstract, talk.description) == (
        GUID,
        "Aula",
        "Delivery",
        "<p>Short.</p>",
        "<p>Lang.</p>",
    )
    assert (talk.ends - talk.starts, talk.day) == (timedelta(minutes=90), date(2027, 5, 11))
    assert [(part.person, part.role) for part in talk.people] == [(PERSON, "moderator")]
    assert (coffee.title, coffee.kind, coffee.number) == ("Coffee", "BREAK", None)
    assert [entry["why"] for entry in report.repaired] == ["it has no guid; one was made from its id"]


@pytest.mark.parametrize(
    "known", [{"end": None, "duration": "PT1H30M"}, {"end": "soon", "duration": "01:30"}, {"end": None, "duration": 90}]
)
def test_a_length_is_taken_where_there_is_no_end(known):
    session, _coffee = read_json(schema_2(**known))[0].sessions

    assert session.ends - session.starts == timedelta(minutes=90)


@pytest.mark.parametrize(
    ("state", "left", "withdrawn"),
    [("CANCELED", 2, True), ("WITHDRAWN", 2, True), ("DELAYED", 2, False), ("REJECTED", 1, False), ("DRAFT", 1, False)],
)
def test_a_state_is_heeded(state, left, withdrawn):
    programme, report = read_json(schema_2(state=state))

    assert (len(programme.sessions), any(each.withdrawn for each in programme.sessions)) == (left, withdrawn)
    assert len(report.skipped) == 2 - left


@pytest.mark.parametrize(
    "known",
    [
        {"persons": ["Ada Example"]},
        {"persons": None, "speakers": [{"name": "Ada Example"}]},
        {"persons": [{"code": "ABC", "name": "Ada Example", "biography": None}]},
        {"persons": [{"id": "7", "full_public_name": "Ada Example"}]},
    ],
)
def test_people_are_found_however_they_are_named(known):
    assert [person.name for person in read_json(schema_1(an_event(**known)))[0].people] == ["Ada Example"]


def test_a_file_without_the_outer_object_is_read():
    tree = schema_1()["schedule"]

    assert read_json(tree)[0] == read_json(schema_1())[0]


@pytest.mark.parametrize(
    "rooms",
    [[{"name": "Aula", "events": [an_event()]}], [{"name": {"en": "Aula", "de": "Halle"}, "talks": [an_event()]}]],
)
def test_rooms_in_a_list_are_read(rooms):
    tree = schema_1()
    tree["schedule"]["conference"]["days"][0]["rooms"] = rooms

    assert only(tree)[0].room == "Aula"


def test_the_smallest_event_is_a_session():
    tree = {"conference": {"days": [{"date": "2027-05-11", "rooms": {"": [{"title": "Bare", "start": "10:00"}]}}]}}
    session, report = only(tree)

    assert (session.title, session.starts) == ("Bare", datetime(2027, 5, 11, 8, 0, tzinfo=UTC))
    assert len(report.repaired) == 4


def test_what_differs_is_the_format_not_the_programme():
    """An event in XML and the same in JSON are the same session."""
    event = {
        "guid": GUID,
        "id": 11,
        "date": "2027-05-11T10:00:00+02:00",
        "start": "10:00",
        "duration": "00:45",
        "room": "Aula",
    }
    words = {"title": "Vectors & viruses", "track": "Delivery", "type": "lecture", "language": "en"}
    rest = {
        "abstract": "<p>How to get there.</p>",
        "persons": [{"id": 7, "name": "Ada Example"}, {"id": 8, "name": "Ben Muster"}],
        "links": [{"url": "https://example.org/slides", "title": "Slides"}],
    }
    tree = schema_1({**event, **words, **rest}, tracks=[])
    (from_xml, _capsids) = read_in(a_schedule_xml())[0].sessions

    assert only(tree)[0] == from_xml


@pytest.mark.parametrize(
    "tree",
    [{"schedule": 1}, {"schedule": {"conference": []}}, {"conference": {"title": "x"}}, {"schedule": {"title": "x"}}],
)
def test_other_json_is_refused(tree):
    with pytest.raises(UnreadableFile, match="no sessions"):
        read_json(tree)
