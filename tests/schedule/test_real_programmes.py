"""Two real programmes, where they are at hand: 874 events, and 66 sessions with 309 presentations."""

import json

import jsonschema
import pytest
from icalendar import Calendar
from lxml import etree

from conference.schedule import draft
from conference.schedule.formats import write_nested
from tests.schedule.conftest import bring, publish
from tests.schedule.programmes import SHARED
from tests.schedule.strict import faults_of_json, faults_of_xml

FOSDEM = SHARED / "schedules" / "fosdem-2024.schedule.xml"
CSCW = SHARED / "schedules" / "cscw-2020.program.json"
pytestmark = pytest.mark.skipif(not FOSDEM.exists(), reason="the real programmes are not here")


def test_874_events(meeting, now):
    report = bring(meeting, FOSDEM.read_bytes(), now)

    assert (report.read, report.added, report.repaired, report.skipped) == (874, 874, [], [])
    assert (report.counts["people"], report.counts["rooms"]) == (948, 29)
    programme = draft.load(meeting)
    assert sum(len(session.people) for session in programme.sessions) == 1128
    assert sum(len(session.links) for session in programme.sessions) == 5217 + 593


def test_66_sessions_309_presentations_931_people_1216_affiliations(meeting, now):
    report = bring(meeting, CSCW.read_bytes(), now)

    programme = draft.load(meeting)
    assert report.counts["presentations"] == 309
    assert report.counts["people"] == 931
    assert report.counts["affiliations"] == 1216
    assert sum(bool(session.presentations) for session in programme.sessions) == 66
    assert len(programme.sessions) == 66 + 9 - 2
    assert [entry["why"] for entry in report.skipped] == ["it has no time: Coffee Break", "it has no time: Event"]
    opening = next(session for session in programme.sessions if session.title == "Plenary (Opening Session)")
    assert opening.starts.astimezone(meeting.zone).isoformat() == "2020-10-19T07:00:00-05:00"


@pytest.mark.parametrize(("path", "items"), [(FOSDEM, 874), (CSCW, 382)])
def test_a_second_import_changes_nothing(meeting, now, path, items):
    bring(meeting, path.read_bytes(), now)

    again = bring(meeting, path.read_bytes(), now)
    nested = bring(meeting, write_nested(draft.load(meeting)), now)

    for report in (again, nested):
        assert (report.added, report.changed, report.withdrawn, report.unchanged) == (0, 0, 0, items)


@pytest.mark.parametrize("path", [FOSDEM, CSCW])
def test_exports_are_valid(client, meeting, now, path):
    bring(meeting, path.read_bytes(), now)
    publish(meeting, now)
    xml, tree, ics, nested = (
        client.get(f"/meetings/EX27/schedule.{name}").data for name in ("xml", "json", "ics", "nested.json")
    )

    assert (faults_of_xml(xml), faults_of_json(tree)) == ([], [])
    schemas = SHARED / "schemas"
    xsd = etree.XMLSchema(etree.parse(schemas / "c3voc-schedule.xml.xsd"))
    assert xsd.validate(etree.fromstring(xml)), xsd.error_log
    jsonschema.Draft6Validator(json.loads((schemas / "c3voc-schedule.schema.json").read_text())).validate(
        json.loads(tree)
    )
    jsonschema.validate(json.loads(nested), client.get("/meetings/EX27/schedule.schema.json").json)
    events = Calendar.from_ical(ics).walk("VEVENT")
    assert len({str(event["UID"]) for event in events}) == len(events) == xml.count(b"<event ")


@pytest.mark.parametrize("path", [FOSDEM, CSCW])
def test_every_page_opens(client, meeting, now, path):
    bring(meeting, path.read_bytes(), now)
    publish(meeting, now)
    programme = draft.load(meeting)
    base = "/meetings/EX27/schedule"
    addresses = [f"{base}/sessions/{session.number}" for session in programme.sessions[::20]]
    addresses += [
        f"{base}/presentations/{talk.number}" for session in programme.sessions for talk in session.presentations[:1]
    ]
    addresses += [f"{base}/people/{person.number}" for person in programme.people[::40]]
    addresses += [f"{base}/{day}" for day in {session.day for session in programme.sessions}]

    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
