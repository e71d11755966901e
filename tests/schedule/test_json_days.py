"""Days and hours of schedule.json: after midnight, over the change of clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from conference.schedule.formats import UnreadableFile, events, frab_json
from tests.schedule.test_reading_json import an_event, only, read_json, schema_1, schema_2


def test_a_day_of_schema_2_lasts_as_long_as_the_file_says():
    tree = schema_2(start="2027-05-12T05:30:00+02:00", end="2027-05-12T06:00:00+02:00")
    tree["schedule"]["conference"]["days"][0]["end"] = "2027-05-12T06:00:00+02:00"
    tree["schedule"]["conference"]["tracks"][0] = {
        "name": "Delivery",
        "slug": "delivery",
        "colors": {"light": "#0F5A73"},
    }

    programme, _report = read_json(tree)

    assert [session.day for session in programme.sessions] == [date(2027, 5, 11)] * 2
    assert programme.tracks[0].colour == "#0f5a73"


def test_what_begins_after_midnight_belongs_to_the_evening_before():
    late = an_event(date=None, start="01:30", end=None)
    session, _report = only(schema_1(late))

    assert (session.day, session.starts) == (date(2027, 5, 11), datetime(2027, 5, 11, 23, 30, tzinfo=UTC))


def test_the_day_changes_when_the_file_says():
    session, _report = only(schema_1(an_event(date="2027-05-12T05:00:00+02:00"), day="never", day_change="06:00"))

    assert session.day == date(2027, 5, 11)


@pytest.mark.parametrize(
    ("begins", "hour", "offset"),
    [
        ("2027-03-28T01:30:00", 0, 1),  # before the clocks of Berlin go forward
        ("2027-03-28T03:30:00", 1, 2),
        ("2027-10-31T01:30:00", 23, 2),  # before they go back
        ("2027-10-31T03:30:00", 2, 1),
    ],
)
def test_a_length_over_the_change_of_clocks_is_time_that_passes(begins, hour, offset):
    session, _report = only(schema_1(an_event(date=begins, duration="02:00"), day=begins[:10]))

    assert session.starts.hour == hour
    assert session.ends - session.starts == timedelta(hours=2)
    assert datetime.fromisoformat(f"{begins}+0{offset}:00") == session.starts


@pytest.mark.parametrize("known", [{}, {"state": "draft"}])
def test_a_file_of_too_many_events_ends_at_the_bound(monkeypatch, known):
    made = []
    monkeypatch.setattr(events, "MOST_EVENTS", 3)
    monkeypatch.setattr(frab_json, "RawEvent", lambda **fields: made.append(1) or events.RawEvent(**fields))

    with pytest.raises(UnreadableFile, match="more than 3 entries"):
        read_json(schema_1(*[an_event(guid=None, id=number, **known) for number in range(1, 50)]))

    assert len(made) == 4


def test_only_so_many_days_are_kept():
    tree = schema_2()
    tree["schedule"]["conference"]["days"] *= 5000

    assert len(frab_json._Reader(tree["schedule"]["conference"]).days) == 400
