"""The SIGCHI program.json: tables joined by ids become sessions that hold their talks."""

from datetime import UTC, datetime, timedelta

import pytest

from conference.schedule.formats.programme import AffiliationItem
from conference.schedule.rules import talk_times
from tests.schedule.programmes import CHICAGO, a_program, read_in


def sessions_of(content):
    programme, report = read_in(content, CHICAGO)
    return {session.number: session for session in programme.sessions}, report


def test_talks_stand_in_the_order_of_the_session():
    sessions, _report = sessions_of(a_program())

    assert [talk.title for talk in sessions[40].presentations] == ["Vectors", "Capsids"]


def test_times_are_wall_clocks_shifted_by_the_offset():
    sessions, _report = sessions_of(a_program())

    assert sessions[40].starts == datetime(2027, 5, 11, 14, 0, tzinfo=UTC)


def test_times_are_instants_when_the_conference_starts_at_a_midnight_only_with_the_offset():
    start = 1_809_993_600_000
    conference = {"id": 5, "shortName": "EX", "startDate": start + 5 * 3_600_000, "timeZoneOffset": -300}

    sessions, _report = sessions_of(a_program(conference=conference))

    assert sessions[40].starts == datetime(2027, 5, 11, 9, 0, tzinfo=UTC)


def test_without_an_offset_times_are_on_the_clock_of_the_meeting():
    sessions, _report = sessions_of(a_program(conference={"id": 5, "shortName": "EX"}))

    assert sessions[40].starts == datetime(2027, 5, 11, 14, 0, tzinfo=UTC)


def test_talks_follow_each_other_by_the_length_of_their_kind():
    sessions, _report = sessions_of(a_program())

    starts = sessions[40].starts
    assert talk_times(sessions[40]) == [
        (starts, starts + timedelta(minutes=15)),
        (starts + timedelta(minutes=15), starts + timedelta(minutes=30)),
    ]


def test_posters_have_no_time_of_their_own():
    sessions, _report = sessions_of(a_program())

    assert talk_times(sessions[41]) == [None]


def test_a_content_in_two_sessions_is_two_presentations():
    sessions, report = sessions_of(a_program())

    first, second = sessions[40].presentations[1], sessions[41].presentations[0]
    assert (first.title, second.title) == ("Capsids", "Capsids")
    assert first.guid != second.guid
    assert (first.number, second.number) == (30, None)
    assert "shown in both" in report.repaired[0]["why"]


def test_authors_keep_order_and_affiliations():
    sessions, _report = sessions_of(a_program())

    authors = sessions[40].presentations[1].authors
    biology = AffiliationItem("Example Institute", "Biology", "Berlin", "", "Germany")
    assert [author.affiliations for author in authors] == [(biology,), (AffiliationItem("Muster Clinic"), biology)]


def test_chairs_and_awards_are_kept():
    sessions, _report = sessions_of(a_program())
    programme, _report = read_in(a_program(), CHICAGO)
    names = {person.guid: person.name for person in programme.people}

    assert [(names[part.person], part.role) for part in sessions[40].people] == [("Ben B. Muster", "chair")]
    assert sessions[40].presentations[0].award == "Best paper"


def test_an_abstract_is_text_made_into_paragraphs():
    sessions, _report = sessions_of(a_program())

    assert sessions[40].presentations[1].abstract == "<p>One.</p><p>Two &lt; three.</p>"


def test_what_has_no_time_is_left_out_and_named():
    _sessions, report = sessions_of(a_program())

    assert report.skipped == [{"where": "event 50", "why": "it has no time: Coffee"}]
    assert report.read == 6


def test_a_content_that_no_session_holds_is_named():
    _sessions, report = sessions_of(a_program(sessions=[{"id": 40, "name": "Lunch", "timeSlotId": 8}]))

    assert [entry["where"] for entry in report.skipped] == ["event 50", "content 30", "content 31"]


def test_authors_who_are_not_among_the_people_are_left_out():
    sessions, report = sessions_of(a_program(people=[]))

    assert sessions[40].presentations[1].authors == ()
    assert sum("not among the people" in entry["why"] for entry in report.repaired) == 5


@pytest.mark.parametrize(
    "slot", [{"id": 8, "startDate": "soon"}, {"id": 8, "startDate": 10**30}, {"id": 8, "startDate": -5}, {"id": 8}]
)
def test_nonsense_times_are_no_times(slot):
    _sessions, report = sessions_of(a_program(timeSlots=[slot, {"id": 9, "startDate": 1_809_993_600_000}]))

    assert "session 40" in [entry["where"] for entry in report.skipped]


def test_rooms_are_counted_not_spelled():
    rooms = [{"id": number, "name": f"Room {number}"} for number in (10, 9, 1)]

    programme, _report = read_in(a_program(rooms=rooms), CHICAGO)

    assert [room.name for room in programme.rooms] == ["Room 1", "Room 9", "Room 10"]
