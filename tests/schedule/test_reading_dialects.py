"""schedule.xml in the dialects of those who write it, and xCal."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.schedule.programmes import BERLIN, GUID, OTHER, a_schedule_xml, an_event, read_in
from tests.schedule.test_reading_calendars import a_calendar
from tests.schedule.test_reading_calendars import an_event as a_vevent

AT_TEN = datetime(2027, 5, 11, 8, tzinfo=UTC)


def only(content):
    programme, report = read_in(content, BERLIN)
    (session,) = programme.sessions
    return session, report


@pytest.mark.parametrize(
    "name", [b'<schedule xmlns="https://example.org/schedule">', b'<schedule xmlns:x="https://example.org/x">']
)
def test_a_namespace_changes_nothing(name):
    content = a_schedule_xml(an_event(abstract="<p>Good <b>news</b></p>"))

    assert read_in(content.replace(b"<schedule>", name))[0] == read_in(content)[0]


@pytest.mark.parametrize(
    "inside",
    [
        "<name>Ada Example</name><biography>Writes a lot.</biography>",
        "<name>Ada</name><public_name>Ada Example</public_name><email>ada@example.org</email>",
        "Ada Example<biography>Writes <b>a lot</b>.</biography>",
        "<b>Ada Example</b>",
    ],
)
def test_of_a_person_only_the_name_is_the_name(inside):
    content = a_schedule_xml(an_event()).replace(b">Ada Example<", f">{inside}<".encode())

    assert read_in(content)[0].people[0].name == "Ada Example"


@pytest.mark.parametrize(
    ("end", "minutes"),
    [
        ("11:30", 90),
        ("11:30:00", 90),
        ("11:30:00+02:00", 90),
        ("09:30:00Z", 90),
        ("2027-05-11T11:30:00+02:00", 90),
        ("01:00", 900),
        ("25:00", 5),
        ("11:30+99:00", 5),
    ],
)
def test_an_end_without_a_duration_is_heeded(end, minutes):
    content = a_schedule_xml(an_event()).replace(b"<duration>00:45</duration>", f"<end>{end}</end>".encode())

    session, _report = only(content)

    assert session.ends - session.starts == timedelta(minutes=minutes)


def test_an_end_in_the_hour_that_comes_twice_is_the_next_there_is():
    content = a_schedule_xml(an_event(date="2027-10-31T00:45:00+00:00"))

    session, _report = only(content.replace(b"<duration>00:45</duration>", b"<end>02:15</end>"))

    assert session.ends - session.starts == timedelta(minutes=30)


@pytest.mark.parametrize(
    "start",
    [
        "10:00:00",
        "10:00:00.000",
        "10:00:00+02:00",
        "09:00:00+01:00",
        "08:00Z",
        "10:00 +0200",
        "2027-05-11T10:00:00+02:00",
    ],
)
@pytest.mark.parametrize("day", ["2027-05-11", "11.05.2027", "2027-05-11T00:00:00+02:00", "11.05.2027 09:00"])
def test_starts_and_days_are_read_however_they_are_written(start, day):
    content = a_schedule_xml(an_event(date="")).replace(b">10:00<", f">{start}<".encode())

    session, _report = only(content.replace(b'date="2027-05-11"', f'date="{day}"'.encode()))

    assert (session.starts, session.day) == (AT_TEN, date(2027, 5, 11))


def test_the_day_of_an_event_itself_may_be_written_so_too():
    assert only(a_schedule_xml(an_event(date="12.05.2027"), day="unknown"))[0].starts == AT_TEN + timedelta(days=1)


def test_events_that_stand_in_no_day_are_read_by_their_own_date():
    content = a_schedule_xml(an_event()).replace(b"<day ", b"<programme ").replace(b"</day>", b"</programme>")

    session, report = only(content)

    assert (session.starts, session.room, report.skipped) == (AT_TEN, "Aula", [])


OF_FRAB = f"""<?xml version="1.0" encoding="utf-8"?>
<iCalendar xmlns:pentabarf="http://pentabarf.org" xmlns:xCal="urn:ietf:params:xml:ns:xcal">
  <vcalendar>
    <version>2.0</version><prodid>-//Pentabarf//Schedule//EN</prodid><x-wr-calname>Example 2027</x-wr-calname>
    <vevent>
      <method>PUBLISH</method><uid>{GUID}</uid>
      <pentabarf:event-id>11</pentabarf:event-id><pentabarf:title>Not this one</pentabarf:title>
      <dtstart>20270511T100000</dtstart><dtend>20270511T104500</dtend><duration>00:45</duration>
      <summary>Vectors, viruses; both</summary><description>One.\\nTwo.</description><class>PUBLIC</class><status>CONFIRMED</status>
      <category>Delivery</category><url>https://example.org/11</url><location>Aula</location><attendee>Ada Example</attendee>
    </vevent>
    <vevent><uid>12@example.org</uid><dtstart>20270511T110000</dtstart><dtend>20270511T120000</dtend>
      <summary>Capsids</summary><location>Hall</location></vevent>
  </vcalendar>
</iCalendar>"""
OF_THE_RFC = f"""<?xml version="1.0" encoding="utf-8"?>
<icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0"><vcalendar>
  <properties><version><text>2.0</text></version><x-wr-calname><unknown>Example 2027</unknown></x-wr-calname></properties>
  <components>
    <vevent><properties>
      <uid><text>{GUID}</text></uid><summary><text>Vectors, viruses; both</text></summary><location><text>Aula</text></location>
      <dtstart><parameters><tzid><text>Europe/Berlin</text></tzid></parameters><date-time>2027-05-11T10:00:00</date-time></dtstart>
      <duration><duration>PT45M</duration></duration><categories><text>Delivery</text><text>More, and more</text></categories>
      <description><text>One.\\nTwo.</text></description><url><uri>https://example.org/11</uri></url>
    </properties></vevent>
    <vevent><properties>
      <uid><text>{OTHER}</text></uid><summary><text>Coffee</text></summary>
      <dtstart><date-time>2027-05-11T09:00:00Z</date-time></dtstart><dtend><date-time>2027-05-11T09:30:00Z</date-time></dtend>
      <rrule><recur><freq>DAILY</freq><until>2027-05-13T10:00:00Z</until><byday>TU</byday><byday>TH</byday></recur></rrule>
    </properties></vevent>
    <vevent><properties><uid><text>3</text></uid><summary><text>All day</text></summary><dtstart><date>2027-05-11</date></dtstart></properties></vevent>
  </components>
</vcalendar></icalendar>"""


@pytest.mark.parametrize("content", [OF_FRAB, OF_THE_RFC])
def test_xcal_is_read_as_a_calendar(content):
    programme, report = read_in(content.encode(), BERLIN)
    session = next(each for each in programme.sessions if each.guid == GUID)

    assert (session.title, session.room, session.track) == ("Vectors, viruses; both", "Aula", "Delivery")
    assert (session.starts, session.ends - session.starts) == (AT_TEN, timedelta(minutes=45))
    assert (session.description, session.origin_url) == ("<p>One.\\nTwo.</p>", "https://example.org/11")
    assert (report.format, report.source, programme.title) == ("xcal", "ics", "Example 2027")


def test_xcal_gives_what_the_same_calendar_gives():
    others = a_vevent(UID="12@example.org", SUMMARY="Capsids", LOCATION="Hall", **_at("11", "12"))

    capsids = read_in(OF_FRAB.encode(), BERLIN)[0].sessions[1]

    assert capsids == read_in(a_calendar(others), BERLIN)[0].sessions[0]


def test_series_and_whole_days_of_xcal_are_read_as_those_of_calendars():
    programme, report = read_in(OF_THE_RFC.encode(), BERLIN)

    coffee = [each.starts for each in programme.sessions if each.title == "Coffee"]
    assert coffee == [AT_TEN + timedelta(hours=1), AT_TEN + timedelta(days=2, hours=1)]
    assert [entry["why"] for entry in report.skipped] == ["it lasts whole days: the programme has times of day"]


def _at(start, end):
    return {"DTSTART;TZID=Europe/Berlin": f"20270511T{start}0000", "DTEND;TZID=Europe/Berlin": f"20270511T{end}0000"}


def test_a_moment_of_xcal_with_an_offset_is_the_instant_that_it_names():
    content = OF_THE_RFC.replace(
        "<date-time>2027-05-11T10:00:00</date-time>", "<date-time>2027-05-11T10:00:00-05:00</date-time>"
    )

    programme, _report = read_in(content.encode(), BERLIN)

    assert next(each for each in programme.sessions if each.guid == GUID).starts == AT_TEN + timedelta(hours=7)
