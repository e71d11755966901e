"""The exports over HTTP: stored bytes, strong tags, 304."""

import gzip
import json

import pytest
from icalendar import Calendar
from lxml import etree

from tests.schedule.conftest import bring, publish
from tests.schedule.programmes import a_program
from tests.schedule.strict import faults_of_json, faults_of_xml

BASE = "/meetings/EX27/schedule"
FILES = {
    "schedule.ics": "text/calendar",
    "schedule.xml": "application/xml",
    "schedule.json": "application/json",
    "schedule.nested.json": "application/json",
}


def address(name):
    return f"/meetings/EX27/{name}"


@pytest.mark.parametrize(("name", "kind"), FILES.items())
def test_an_export_is_sent_plain_or_compressed(client, released, name, kind):
    plain, packed = client.get(address(name)), client.get(address(name), headers={"Accept-Encoding": "gzip, br"})

    assert plain.mimetype == packed.mimetype == kind
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert not plain.headers["ETag"].startswith("W/")
    assert "Set-Cookie" not in plain.headers


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_who_has_it_is_not_sent_it_again(client, released, name, encoding):
    first = client.get(address(name), headers={"Accept-Encoding": encoding})

    again = client.get(address(name), headers={"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])


def test_a_new_release_has_new_tags(client, released, now):
    before = client.get(address("schedule.xml")).headers["ETag"]
    bring(released, a_program(rooms=[{"id": 1, "name": "Aula"}, {"id": 2, "name": "Hall"}]), now)
    assert client.get(address("schedule.xml")).headers["ETag"] == before

    publish(released, now)

    answer = client.get(address("schedule.xml"), headers={"If-None-Match": before})
    assert (answer.status_code, answer.headers["ETag"] != before) == (200, True)


def test_what_is_sent_is_strict(client, released):
    xml, tree = client.get(address("schedule.xml")).data, client.get(address("schedule.json")).data

    assert (faults_of_xml(xml), faults_of_json(tree)) == ([], [])
    assert len(etree.fromstring(xml).findall("day/room/event")) == 3
    assert len(Calendar.from_ical(client.get(address("schedule.ics")).data).walk("VEVENT")) == 3
    assert len(json.loads(client.get(address("schedule.nested.json")).data)["sessions"]) == 2


def test_the_schema_of_the_nested_file_is_there(client, released):
    assert client.get(f"{BASE}.schema.json").json["title"] == "Plenary programme, nested"


def test_a_single_entry_is_a_calendar_too(client, released):
    session = client.get(f"{BASE}/sessions/40.ics")
    talk = client.get(f"{BASE}/presentations/30.ics")

    assert session.data.count(b"BEGIN:VEVENT") == talk.data.count(b"BEGIN:VEVENT") == 1
    assert b"DTSTART;TZID=America/Chicago:20270511T091500" in talk.data
