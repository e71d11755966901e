"""Posters are found where they hang: hall and board stand wherever one is named."""

import json
import re
from dataclasses import replace

import pytest
from icalendar import Calendar

from conference.kernel import fold
from conference.schedule import draft
from conference.schedule.formats import write_nested
from conference.schedule.headings import slug_of
from tests.schedule.conftest import bring, publish
from tests.schedule.test_embargo import GUIDS, a_programme
from tests.schedule.test_pages import seen, text_of

TALK = "schedule/presentations/1"


def with_posters(programme):
    """The first talk hangs in a hall of its own, and the other one in the session's."""
    (session,) = programme.sessions
    first, other = session.presentations
    hung = (replace(first, hall="Atrium", board="P12"), replace(other, board="P7"))
    return replace(programme, sessions=(replace(session, kind="Posters", presentations=hung),))


@pytest.fixture
def hung(meeting, now):
    """A released poster session."""
    bring(meeting, write_nested(with_posters(a_programme())), now)
    publish(meeting, now)
    return meeting


@pytest.mark.parametrize(
    "path",
    [
        "schedule/search?q=xanthophyll",
        "schedule/people/1",
        f"schedule/topics/{slug_of(fold('Topazine'))}",
        "schedule/sessions/3",
        TALK,
    ],
)
def test_hall_and_board_stand_wherever_a_poster_is_listed(client, hung, path):
    page = seen(text_of(client, path))

    assert "Atrium" in page and re.search(r"Board P12", page)


def test_the_list_of_a_day_names_boards(client, hung):
    assert "Board P12" in seen(text_of(client, "schedule/2027-05-11"))


def test_no_number_stands_before_posters_that_could_be_taken_for_a_board(client, hung):
    page = text_of(client, "schedule/sessions/3")

    assert re.findall(r'class="session-starts">([^<]*)<', page) == ["", ""]


def test_without_boards_presentations_without_times_are_counted(client, meeting, now):
    programme = a_programme()
    (session,) = programme.sessions
    bring(meeting, write_nested(replace(programme, sessions=(replace(session, kind="Posters"),))), now)
    publish(meeting, now)

    page = text_of(client, "schedule/sessions/3")

    assert re.findall(r'class="session-starts">([^<]*)<', page) == ["1.", "2."]


def test_a_calendar_leads_to_the_hall_and_names_the_board(client, hung):
    (event,) = Calendar.from_ical(client.get(f"/meetings/EX27/{TALK}.ics").data).walk("VEVENT")

    assert event["LOCATION"] == "Atrium"
    assert "Board P12" in event["DESCRIPTION"]


@pytest.mark.parametrize("name", ["json", "xml", "ics"])
def test_files_name_the_hall_and_bring_no_new_room_when_they_come_back(client, meeting, now, name):
    """A talk with a time is an event of its own in flat files."""
    programme = a_programme()
    (session,) = programme.sessions
    talks = tuple(replace(talk, hall="Atrium", board="P12") for talk in session.presentations)
    bring(meeting, write_nested(replace(programme, sessions=(replace(session, presentations=talks),))), now)
    publish(meeting, now)
    before = draft.load(meeting)

    file = client.get(f"/meetings/EX27/schedule.{name}")
    report = bring(meeting, file.data, now)

    assert "Atrium" in file.text
    if name == "json":
        rooms = json.loads(file.data)["schedule"]["conference"]["days"][0]["rooms"]
        assert {talk["guid"] for talk in rooms["Atrium"]} == {GUIDS[5], GUIDS[9]}
    assert draft.load(meeting) == before
    assert (report.added, report.changed, report.withdrawn) == (0, 0, 0)
