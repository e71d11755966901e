"""The page of a person, and what people of a session disclose."""

import re
from dataclasses import replace
from datetime import timedelta

import time_machine
from icalendar import Calendar

from conference.schedule.formats import programme as values
from conference.schedule.formats import write_nested
from tests.schedule.conftest import bring, publish
from tests.schedule.test_embargo import GUIDS, NOTIFIED, a_programme
from tests.schedule.test_pages import seen, text_of

IDA = "/meetings/EX27/schedule/people/1.ics"


def with_chair(programme, disclosure=None):
    """Ida chairs the second session too."""
    ida = replace(programme.people[0], disclosure=disclosure)
    first, second = programme.sessions
    chaired = replace(second, people=(values.SessionPerson(GUIDS[1], "chair"),), presentations=())
    return replace(programme, people=(ida,), sessions=(first, chaired))


def titles(answer):
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")]


def test_a_persons_calendar_has_what_they_do_and_nothing_else(client, meeting, now):
    bring(meeting, write_nested(with_chair(a_programme(times=2))), now)
    publish(meeting, now)

    answer = client.get(IDA)

    assert answer.content_type == "text/calendar; charset=utf-8"
    assert titles(answer) == ["Xanthophyll in capsids", "Session 1"]
    assert f'href="{IDA}"' in text_of(client, "schedule/people/1")
    assert client.get("/meetings/EX27/schedule/people/99.ics").status_code == 404


def test_a_persons_calendar_keeps_the_embargo(client, meeting, now):
    rules = [values.EmbargoRule("listing", "instant", kind="Oral", at=NOTIFIED)]
    bring(meeting, write_nested(with_chair(a_programme(rules=rules, times=2))), now)
    publish(meeting, now)

    with time_machine.travel(NOTIFIED - timedelta(seconds=1), tick=False):
        before = client.get(IDA)
    with time_machine.travel(NOTIFIED, tick=False):
        after = client.get(IDA)

    assert titles(before) == ["Session 1"]
    assert titles(after) == ["Xanthophyll in capsids", "Session 1"]


def test_what_chairs_disclose_stands_on_the_page_of_their_session(client, meeting, now):
    bring(meeting, write_nested(with_chair(a_programme(times=2), "Grants of Example Inc.")), now)
    publish(meeting, now)
    (number,) = {each.rsplit("/", 1)[1] for each in session_addresses(client) if "Chair" in seen(client.get(each).text)}

    page = seen(text_of(client, f"schedule/sessions/{number}"))

    assert "Disclosures of interests Ida Quillfeather Grants of Example Inc." in page


def session_addresses(client):
    return set(re.findall(r"/meetings/EX27/schedule/sessions/\d+", text_of(client, "schedule/2027-05-11")))
