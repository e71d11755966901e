"""iCalendar as it is found in the wild."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import Phase, assume, given, settings

from conference.schedule.formats import WRITERS, UnreadableFile
from conference.schedule.formats.flat import flatten
from tests.schedule.any_programme import programmes
from tests.schedule.conftest import bring
from tests.schedule.programmes import BERLIN, GUID, OTHER, read_in
from tests.schedule.test_calendar import instant
from tests.schedule.test_exports import EDITION


def an_event(**known):
    """One VEVENT, on the clock of Berlin; a property that is None is left out."""
    usual = {
        "UID": GUID,
        "DTSTART;TZID=Europe/Berlin": "20270511T100000",
        "DTEND;TZID=Europe/Berlin": "20270511T104500",
        "SUMMARY": "Vectors\\, viruses",
    }
    lines = [f"{name.replace('__', '-')}:{value}" for name, value in {**usual, **known}.items() if value is not None]
    return "\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def floating(starts, **known):
    """A VEVENT whose times name no zone."""
    return an_event(
        **{"DTSTART;TZID=Europe/Berlin": None, "DTEND;TZID=Europe/Berlin": None, "DTSTART": starts, **known}
    )


def a_calendar(*parts, name="Example 2027"):
    return "\n".join(
        ["BEGIN:VCALENDAR", f"X-WR-CALNAME:{name}", *(parts or [an_event()]), "END:VCALENDAR", ""]
    ).encode()


def only(content, zone=BERLIN):
    programme, report = read_in(content, zone)
    (session,) = programme.sessions
    return session, report


def at(hour, minute=0, day=11, month=5):
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


def test_an_event_becomes_a_session():
    session, report = only(
        a_calendar(an_event(LOCATION="Aula", CATEGORIES="Delivery,More", URL="https://example.org/1", DESCRIPTION="One < two.\\n\\nThree."))
    )  # fmt: skip

    assert (session.guid, session.title, session.room, session.track) == (GUID, "Vectors, viruses", "Aula", "Delivery")
    assert (session.starts, session.ends, session.day) == (at(8), at(8, 45), date(2027, 5, 11))
    assert (session.description, session.origin_url) == ("<p>One &lt; two.</p><p>Three.</p>", "https://example.org/1")
    assert (report.format, report.read, report.repaired, report.skipped) == ("ics", 1, [], [])


@pytest.mark.parametrize(
    "name",
    [
        "America/New_York", "Eastern Standard Time", '"America/New_York"', "/freeassociation.sourceforge.net/America/New_York",
        "/example.org/Olson_2011/America/New_York",
    ],
)  # fmt: skip
def test_zones_go_by_many_names(name):
    session, report = only(
        a_calendar(floating(None, **{f"DTSTART;TZID={name}": "20270511T100000", "DURATION": "PT1H"}))
    )

    assert (session.starts, report.repaired) == (at(14), [])


OUTLOOK = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


MOMENTS = "20270101T090000 20270328T013000 20270328T023000 20270328T030000 20270511T100000 20271031T013000 20271031T023000 20271031T033000"


@pytest.mark.parametrize("moment", MOMENTS.split())
def test_a_zone_that_the_file_defines_itself(moment):
    event = floating(None, **{"DTSTART;TZID=Customized Time Zone": moment, "DURATION": "PT1H"})
    session, report = only(a_calendar(OUTLOOK, event))

    assert session.starts == datetime.strptime(moment, "%Y%m%dT%H%M%S").replace(tzinfo=BERLIN).astimezone(UTC)
    assert report.repaired == []


def test_a_zone_of_one_file_is_not_that_of_the_next():
    event = floating(None, **{"DTSTART;TZID=Customized Time Zone": "20270511T100000", "DURATION": "PT1H"})
    only(a_calendar(OUTLOOK, event))

    session, _report = only(a_calendar(OUTLOOK.replace("+0100", "-0500").replace("+0200", "-0400"), event), zone=BERLIN)

    assert session.starts == at(14)


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"DTSTART": "20270511T100000", "DTEND": "20270511T110000"}, "its time has no zone"),
        ({"DTSTART;TZID=Nowhere/Town": "20270511T100000", "DURATION": "PT1H"}, "nobody knows it"),
    ],
)
def test_a_time_without_a_zone_is_read_on_the_meetings_clock(known, why):
    session, report = only(a_calendar(floating(None, **known)))

    assert (session.starts, session.ends) == (at(8), at(9))
    assert why in report.repaired[0]["why"]


def test_neither_stamp_nor_product_nor_line_ends_are_missed():
    crlf = a_calendar().replace(b"\n", b"\r\n").replace(b"SUMMARY:Vectors", b"SUMMARY:Vec\r\n tors")

    assert only(crlf)[0] == only(a_calendar())[0]


def test_a_fold_within_a_character_and_a_wrong_encoding_are_repaired():
    folded = a_calendar(an_event(SUMMARY="Zürich")).replace("ü".encode(), b"\xc3\r\n \xbc")
    latin = a_calendar(an_event(SUMMARY="Zürich")).decode().encode("latin-1")

    assert (only(folded)[0].title, only(folded)[1].repaired) == ("Zürich", [])
    assert (only(latin)[0].title, len(only(latin)[1].repaired)) == ("Zürich", 1)


@pytest.mark.parametrize(("length", "minutes"), [("PT45M", 45), ("P0DT1H30M0S", 90), ("-PT1H", 5), ("x", 5), (None, 5)])
def test_a_length_instead_of_an_end(length, minutes):
    session, _report = only(a_calendar(an_event(**{"DTEND;TZID=Europe/Berlin": None, "DURATION": length})))

    assert session.ends - session.starts == timedelta(minutes=minutes)


def test_an_end_before_the_start_is_repaired():
    session, report = only(a_calendar(an_event(**{"DTEND;TZID=Europe/Berlin": "20270511T090000"})))

    assert session.ends - session.starts == timedelta(minutes=5)
    assert "no usable duration" in report.repaired[0]["why"]


def test_over_midnight_and_over_the_change_of_clocks():
    late = an_event(**{"DTSTART;TZID=Europe/Berlin": "20270328T010000", "DTEND;TZID=Europe/Berlin": "20270328T040000"})
    session, _report = only(a_calendar(late))

    assert (session.day, session.ends - session.starts) == (date(2027, 3, 27), timedelta(hours=2))


def test_what_lasts_whole_days_is_left_out():
    programme, report = read_in(a_calendar(an_event(), floating(None, UID="2", **{"DTSTART;VALUE=DATE": "20270511"})))

    assert (len(programme.sessions), report.read) == (1, 2)
    assert "whole days" in report.skipped[0]["why"]


@pytest.mark.parametrize("known", [{"SUMMARY": None}, {"SUMMARY": " "}])
def test_an_event_without_title_is_left_out(known):
    programme, report = read_in(a_calendar(an_event(**known), an_event(UID="2")))

    assert (len(programme.sessions), report.skipped[0]["why"]) == (1, "it has no title")


def test_a_cancelled_event_is_withdrawn():
    assert only(a_calendar(an_event(STATUS="CANCELLED")))[0].withdrawn


def test_a_bomb_in_the_definition_of_a_zone_costs_no_time():
    bomb = OUTLOOK.replace("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "FREQ=SECONDLY").replace("BYMONTH=3", "BYMONTH=99")
    event = floating(None, **{"DTSTART;TZID=Customized Time Zone": "20270511T100000"})
    began = time.perf_counter()

    only(a_calendar(bomb, *[event] * 50))

    assert time.perf_counter() - began < 10


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (a_calendar()[:-20], "cut off"),
        (a_calendar()[:60], "cut off"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 50, "nested too deeply"),
        (b"BEGIN:VCALENDAR", "cut off"),
        (b"BEGIN:VCALENDARS\nEND:VCALENDARS", "no calendar"),
    ],
)
def test_what_is_no_whole_calendar_is_refused(content, words):
    with pytest.raises(UnreadableFile, match=words):
        read_in(content)


def test_more_entries_than_any_meeting_has_are_refused():
    with pytest.raises(UnreadableFile, match="more than 20000"):
        read_in(b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n" * 20_001 + b"END:VCALENDAR\n")


def test_lines_that_are_nothing_are_passed_over_and_reported():
    session, report = only(a_calendar(an_event().replace("SUMMARY", "what is this\nEND:VALARM\nSUMMARY")))

    assert session.title == "Vectors, viruses"
    assert [entry["where"] for entry in report.repaired] == ["line 7", "line 8"]


def test_a_calendar_without_a_name_withdraws_nothing(meeting, now):
    bring(meeting, a_calendar(name=""), now)

    again = bring(meeting, a_calendar(an_event(UID=OTHER), name=""), now)
    named = bring(meeting, a_calendar(an_event(UID="a")), now), bring(meeting, a_calendar(an_event(UID="b")), now)

    assert (again.added, again.withdrawn) == (1, 0)
    assert [report.withdrawn for report in named] == [0, 1]


@settings(max_examples=25, deadline=None, phases=[Phase.generate])
@given(programmes())
def test_our_own_calendar_gives_what_a_calendar_holds(programme):
    assume(programme.sessions)
    again, report = read_in(WRITERS["ics"](programme, EDITION), BERLIN)

    wanted = [
        (each.guid, each.title, each.room, each.track, *map(instant, (each.starts, each.ends)), each.withdrawn)
        for each in flatten(programme, EDITION)
    ]
    assert sorted(wanted) == sorted(
        (each.guid, each.title, each.room, each.track, each.starts, each.ends, each.withdrawn)
        for each in again.sessions
    )
    assert report.skipped == []
