"""Calendar files: RFC 5545, the same bytes for the same release."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from icalendar import Calendar

from conference.schedule.formats import Edition, Revision, write_calendar_of
from conference.schedule.formats.calendar import write
from conference.schedule.formats.flat import flatten
from tests.schedule.any_programme import programmes
from tests.schedule.programmes import GUID, a_schedule_xml, an_event, read_in

AT = datetime(2027, 1, 2, 3, 4, tzinfo=UTC)
EDITION = Edition(1, AT, "https://example.org/meetings/EX/schedule", {GUID: Revision(2, AT + timedelta(days=1))})


def events_of(content):
    return {str(event["UID"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


def instant(moment):
    # Two times of one zone would be compared by what their clocks show, whichever of two equal hours is meant.
    return moment.astimezone(UTC)


def test_an_event_says_all_that_a_calendar_needs():
    programme, _report = read_in(a_schedule_xml(an_event()))

    event = events_of(write(programme, EDITION))[GUID]

    assert str(event["SUMMARY"]) == "Vectors & viruses"
    assert event["DTSTART"].dt.isoformat() == "2027-05-11T10:00:00+02:00"
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=45)
    assert (event["SEQUENCE"], event["DTSTAMP"].dt) == (2, AT + timedelta(days=1))
    assert (str(event["LOCATION"]), str(event["STATUS"])) == ("Aula", "CONFIRMED")
    assert str(event["URL"]) == "https://example.org/meetings/EX/schedule/sessions/11"
    assert "Ada Example, Ben Muster" in event["DESCRIPTION"]


def test_the_zone_is_described():
    programme, _report = read_in(a_schedule_xml())

    (zone,) = Calendar.from_ical(write(programme, EDITION)).walk("VTIMEZONE")

    assert str(zone["TZID"]) == "Europe/Berlin"


def test_the_same_release_is_the_same_bytes():
    programme, _report = read_in(a_schedule_xml())

    assert write(programme, EDITION) == write(programme, EDITION)


def test_a_withdrawn_session_is_cancelled():
    programme, _report = read_in(a_schedule_xml(an_event()))
    gone = replace(programme, sessions=(replace(programme.sessions[0], withdrawn=True),))

    assert str(events_of(write(gone, EDITION))[GUID]["STATUS"]) == "CANCELLED"


def test_lines_are_folded_and_end_as_the_rfc_says():
    programme, _report = read_in(a_schedule_xml(an_event(title="Ж" * 200)))

    lines = write(programme, EDITION).split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)


@pytest.mark.parametrize(
    ("date", "duration", "starts", "ends"),
    [
        ("2027-10-31T00:45:00+00:00", "00:30", "DTSTART:20271031T004500Z", "DTEND:20271031T011500Z"),
        ("2027-10-31T01:20:00+00:00", "00:30", "DTSTART:20271031T012000Z", "DTEND:20271031T015000Z"),
        ("2027-10-31T00:20:00+00:00", "00:30", "DTSTART;TZID=Europe/Berlin:20271031T022000", None),
        ("2027-10-31T02:00:00+00:00", "00:30", "DTSTART;TZID=Europe/Berlin:20271031T030000", None),
        ("2027-03-28T00:45:00+00:00", "00:30", "DTSTART;TZID=Europe/Berlin:20270328T014500", None),
    ],
)
def test_an_hour_that_comes_twice_is_written_in_utc(date, duration, starts, ends):
    programme, _report = read_in(a_schedule_xml(an_event(date=date, duration=duration)))

    content = write(programme, EDITION)

    assert starts in content.decode()
    assert ends is None or ends in content.decode()
    (again,) = read_in(content)[0].sessions
    assert (again.starts, again.ends) == (programme.sessions[0].starts, programme.sessions[0].ends)


@settings(max_examples=60, deadline=None)
@given(programmes())
def test_any_programme_reads_back_as_a_calendar(programme):
    events = flatten(programme, EDITION)

    content = write_calendar_of(events, programme, EDITION, name="Mine")

    read = events_of(content)
    wanted = {event.guid: (instant(event.starts), instant(event.ends)) for event in events}
    assert {guid: (instant(each["DTSTART"].dt), instant(each["DTEND"].dt)) for guid, each in read.items()} == wanted
