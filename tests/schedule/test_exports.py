"""Exports are strict: what we write, every program that knows the format can read."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import jsonschema
import pytest
from hypothesis import assume, given, settings
from lxml import etree

from conference.schedule.formats import WRITERS, Edition
from conference.schedule.formats.flat import flatten
from tests.schedule.any_programme import programmes
from tests.schedule.programmes import BERLIN, CHICAGO, SHARED, a_program, a_schedule_xml, read_in
from tests.schedule.strict import faults_of_json, faults_of_xml

EDITION = Edition(3, datetime(2027, 1, 2, 3, 4, tzinfo=UTC), "https://example.org/meetings/EX/schedule")
SCHEMAS = SHARED / "schemas"


def written(name, programme):
    return WRITERS[name](programme, EDITION)


def held(programme):
    """The programme without what is withdrawn, as flat files show it."""
    return [event for event in flatten(programme, EDITION) if not event.withdrawn]


@settings(max_examples=100, deadline=None)
@given(programmes())
def test_any_programme_is_strict_xml(programme):
    assume(held(programme))

    assert faults_of_xml(written("xml", programme)) == []


@settings(max_examples=100, deadline=None)
@given(programmes())
def test_any_programme_is_strict_json(programme):
    assert faults_of_json(written("json", programme)) == []


@pytest.mark.skipif(not SCHEMAS.exists(), reason="the schemas are not here")
@settings(max_examples=100, deadline=None)
@given(programmes())
def test_any_programme_is_valid_by_the_published_schemas(programme):
    assume(held(programme))
    xsd = etree.XMLSchema(etree.parse(SCHEMAS / "c3voc-schedule.xml.xsd"))
    schema = json.loads((SCHEMAS / "c3voc-schedule.schema.json").read_text())

    assert xsd.validate(etree.fromstring(written("xml", programme))), xsd.error_log
    jsonschema.Draft6Validator(schema).validate(json.loads(written("json", programme)))


@settings(max_examples=60, deadline=None)
@given(programmes())
def test_every_event_has_ids_of_its_own(programme):
    events = flatten(programme, EDITION)

    assert len({event.guid for event in events}) == len({event.number for event in events}) == len(events)


@settings(max_examples=60, deadline=None)
@given(programmes())
def test_items_without_a_number_get_one_that_is_free(programme):
    sessions = tuple(
        replace(session, number=None, presentations=tuple(replace(talk, number=None) for talk in session.presentations))
        for session in programme.sessions[1:]
    )

    events = flatten(replace(programme, sessions=programme.sessions[:1] + sessions), EDITION)

    assert len({event.number for event in events}) == len(events)


def test_talks_that_do_not_fit_share_their_session():
    kinds = [{"id": 4, "name": "Paper", "duration": 45}, {"id": 6, "name": "Posters", "duration": 0}]
    programme, _report = read_in(a_program(contentTypes=kinds), CHICAGO)

    assert [event.duration for event in flatten(programme, EDITION)][:2] == ["00:30", "00:30"]


def test_talks_of_a_session_are_events_with_the_session_below():
    programme, _report = read_in(a_program(), CHICAGO)

    talks = [
        (event.title, event.subtitle, f"{event.starts:%H:%M}", event.duration) for event in flatten(programme, EDITION)
    ]

    assert talks == [
        ("Vectors", "Talks", "09:00", "00:15"),
        ("Capsids", "Talks", "09:15", "00:15"),
        ("Posters", "", "12:00", "02:00"),
    ]


def test_talks_of_unknown_length_share_their_session():
    kinds = [{"id": 4, "name": "Paper", "duration": 0}, {"id": 6, "name": "Posters", "duration": 0}]
    programme, _report = read_in(a_program(contentTypes=kinds), CHICAGO)

    talks = [(event.title, f"{event.starts:%H:%M}", event.duration) for event in flatten(programme, EDITION)][:2]

    assert talks == [("Vectors", "09:00", "00:30"), ("Capsids", "09:30", "00:30")]


def test_a_poster_session_lists_its_posters():
    programme, _report = read_in(a_program(), CHICAGO)

    assert flatten(programme, EDITION)[-1].description == "<ol><li>Capsids</li></ol>"


def test_withdrawn_entries_are_left_out_of_flat_files():
    programme, _report = read_in(a_schedule_xml())
    gone = replace(programme, sessions=(replace(programme.sessions[0], withdrawn=True), programme.sessions[1]))

    assert written("xml", gone).count(b"<event ") == 1
    assert written("json", gone).count(b'"guid":"5bb0aa4e') == 0


def test_xml_that_was_written_reads_back_as_the_same_sessions():
    programme, _report = read_in(a_schedule_xml())

    again, report = read_in(written("xml", programme), BERLIN)

    assert [replace(session, origin_url="") for session in again.sessions] == list(programme.sessions)
    assert (report.repaired, report.skipped) == ([], [])


def test_a_length_over_the_change_of_clocks_is_time_that_passes():
    night = a_schedule_xml().replace(b"2027-05-11T11:00:00+02:00", b"2027-10-31T00:30:00+02:00")

    programme, _report = read_in(night.replace(b"00:45", b"04:00"))

    assert [event.duration for event in flatten(programme, EDITION)] == ["04:00", "04:00"]


def test_a_day_that_ends_after_midnight_holds_its_night():
    late = a_schedule_xml().replace(b"2027-05-11T11:00:00", b"2027-05-12T01:30:00")

    programme, _report = read_in(late)

    assert faults_of_xml(written("xml", programme)) == []
    assert written("xml", programme).count(b"<day ") == 1
