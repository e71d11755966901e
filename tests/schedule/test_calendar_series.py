"""Series of a calendar: events that repeat, within bounds; two entries that are one."""

import time
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.schedule.programmes import is_uuid, read_in
from tests.schedule.test_reading_calendars import a_calendar, an_event, at, only


def test_of_two_that_are_one_the_later_is_read():
    programme, report = read_in(
        a_calendar(an_event(SEQUENCE=2, SUMMARY="New"), an_event(SEQUENCE=1, SUMMARY="Old"), an_event(SUMMARY="Oldest"))
    )

    assert [session.title for session in programme.sessions] == ["New"]
    assert (report.read, len(report.skipped)) == (3, 2)


def test_one_uid_at_two_times_is_two_sessions():
    again = an_event(**{"DTSTART;TZID=Europe/Berlin": "20270511T150000", "DTEND;TZID=Europe/Berlin": "20270511T160000"})
    programme, report = read_in(a_calendar(an_event(), again))

    assert len({session.guid for session in programme.sessions}) == 2
    assert "used twice" in report.repaired[0]["why"]


def test_a_uid_that_is_no_uuid_gives_the_same_guid_for_ever():
    content = a_calendar(an_event(UID="abc123@example.org"))

    assert is_uuid(only(content)[0].guid)
    assert only(content)[0] == only(a_calendar(an_event(UID="abc123@example.org"), name="Another"))[0]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;COUNT=3", [11, 12, 13]),
        ("FREQ=DAILY;INTERVAL=2;UNTIL=20270515T235959Z", [11, 13, 15]),
        ("FREQ=DAILY;UNTIL=20270512", [11, 12]),
        ("FREQ=WEEKLY;COUNT=2", [11, 18]),
        ("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3", [11, 13, 18]),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=5", [11, 12, 13, 14, 17]),
        ("FREQ=MONTHLY;BYDAY=2TU,3WE;COUNT=2", [11, 19]),
    ],
)
def test_what_repeats_by_day_or_week_is_each_time_a_session(rule, days):
    programme, report = read_in(a_calendar(an_event(RRULE=rule)))

    assert [session.starts for session in programme.sessions] == [at(8, day=day) for day in days]
    assert {session.ends - session.starts for session in programme.sessions} == {timedelta(minutes=45)}
    assert len({session.guid for session in programme.sessions}) == len(days)
    assert f"{len(days)} sessions" in report.repaired[0]["why"]


@pytest.mark.parametrize(
    ("zone", "hour", "until", "days"),
    [
        ("America/New_York", 9, "20280511T035959Z", [8, 9, 10]),
        ("Asia/Tokyo", 6, "20280510T210000Z", [8, 9, 10, 11]),
        ("Asia/Tokyo", 6, "20280510T205959Z", [8, 9, 10]),
    ],
)
def test_an_end_in_utc_is_compared_with_the_instant(zone, hour, until, days):
    begins = {"DTSTART;TZID=Europe/Berlin": None, "DTEND;TZID=Europe/Berlin": None, "DURATION": "PT1H"}
    begins[f"DTSTART;TZID={zone}"] = f"20280508T{hour:02}0000"
    programme, report = read_in(a_calendar(an_event(**begins, RRULE=f"FREQ=DAILY;UNTIL={until}")))

    assert [session.starts.astimezone(ZoneInfo(zone)).day for session in programme.sessions] == days
    assert f"{len(days)} sessions" in report.repaired[0]["why"]


def test_a_series_in_utc_ends_at_its_end():
    begins = {"DTSTART;TZID=Europe/Berlin": None, "DTEND;TZID=Europe/Berlin": None, "DURATION": "PT1H"}
    rule = "FREQ=DAILY;UNTIL=20270512T085959Z"
    programme, _report = read_in(a_calendar(an_event(**begins, DTSTART="20270511T090000Z", RRULE=rule)))

    assert [session.starts for session in programme.sessions] == [at(9)]


OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Own
BEGIN:STANDARD
DTSTART:20000101T000000
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;{rule}
END:STANDARD
END:VTIMEZONE"""


@pytest.mark.parametrize(
    ("rule", "year", "held"),
    [
        ("BYMONTH=1;UNTIL=99991231T235959Z", 2027, 2), ("BYMONTH=1;UNTIL=99991231T000000Z", 2027, 2), ("BYMONTH=99999999999", 2027, 2),
        (f"BYMONTH={'9' * 5000}", 2027, 2), ("BYMONTH=12;BYDAY=-1SU", 9999, 1), ("BYMONTH=12;BYDAY=5SU", 9999, 1),
    ],
)  # fmt: skip
def test_rules_at_the_end_of_all_years_are_survived(rule, year, held):
    begins = {"DTSTART;TZID=Europe/Berlin": None, "DTEND;TZID=Europe/Berlin": None, "DURATION": "PT1H"}
    event = an_event(**begins, **{"DTSTART;TZID=Own": f"{year}1231T100000"})
    programme, _report = read_in(a_calendar(OWN_ZONE.format(rule=rule), event, an_event(UID="2")))

    assert len(programme.sessions) == held


def test_a_series_keeps_its_hour_over_the_change_of_clocks():
    begins = {"DTSTART;TZID=Europe/Berlin": "20270327T100000", "DTEND;TZID=Europe/Berlin": "20270327T104500"}
    programme, _report = read_in(a_calendar(an_event(**begins, RRULE="FREQ=DAILY;COUNT=2")))

    assert [session.starts for session in programme.sessions] == [at(9, day=27, month=3), at(8, day=28, month=3)]


def test_one_of_a_series_may_be_left_out_and_another_moved():
    series = an_event(RRULE="FREQ=DAILY;COUNT=3", **{"EXDATE;TZID=Europe/Berlin": "20270511T100000"})
    moved = an_event(
        **{
            "RECURRENCE-ID;TZID=Europe/Berlin": "20270512T100000",
            "DTSTART;TZID=Europe/Berlin": "20270512T120000",
            "DTEND;TZID=Europe/Berlin": "20270512T130000",
            "SUMMARY": "Moved",
        }
    )
    programme, _report = read_in(a_calendar(series, moved))

    assert [(each.starts, each.title) for each in programme.sessions] == [
        (at(10, day=12), "Moved"),
        (at(8, day=13), "Vectors, viruses"),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=SECONDLY;COUNT=1000000000", "FREQ=DAILY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=0;COUNT=5",
        "FREQ=DAILY;COUNT=-1", "FREQ=WEEKLY;BYDAY=XX;COUNT=2", "x", "FREQ=DAILY;UNTIL=never", "FREQ=DAILY;BYSECOND=1,2;COUNT=9", "FREQ=DAILY;X=1;COUNT=2",
    ],
)  # fmt: skip
def test_a_rule_that_is_not_read_is_reported_at_once(rule):
    began = time.perf_counter()
    programme, report = read_in(a_calendar(an_event(RRULE=rule), an_event(UID="2")))

    assert (len(programme.sessions), len(report.skipped)) == (1, 1)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("clock", ["000000", "235959"])
def test_a_series_without_end_stays_within_bounds(clock):
    programme, _report = read_in(a_calendar(an_event(RRULE=f"FREQ=DAILY;UNTIL=99991231T{clock}Z")))

    assert len(programme.sessions) == 100


def test_a_report_holds_nothing_that_a_database_refuses():
    _programme, report = read_in(a_calendar(an_event(), "END:V\0EVENT", "END:VALARM\0"))

    assert len(report.repaired) == 2
    assert "\0" not in str(report.as_dict()) and "\\x00" not in repr(report.as_dict())
