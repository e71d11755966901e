"""The public pages of a meeting, at the times at which somebody may look."""

import json
import re
from datetime import UTC, datetime

import pytest
import time_machine
from icalendar import Calendar

from conference import meetings
from conference.kernel import transaction

REGISTER = 'href="/meetings/AM28/register"'


def at(*parts):
    return time_machine.travel(datetime(*parts, tzinfo=UTC), tick=False)


def test_the_page_says_when_where_and_what_is_due_in_the_venues_time(client, meeting):
    with at(2026, 11, 23, 12):
        page = client.get("/meetings/AM28/").text

    assert page.count("<h1") == 1
    for words in (
        "28th annual meeting", "May 11", "Example Hall, Baltimore, United States", "America/New York",
        "Thu 10 Dec 2026, 17:00 (Baltimore, EST)", "in 17 days", "until Mon 15 Feb 2027", REGISTER,
    ):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize(
    ("moment", "words", "offered"),
    [
        ((2026, 10, 1), "Registration opens Mon 2 Nov 2026, 09:00 (Baltimore, EST)", False),
        ((2027, 2, 16, 4, 59), "Early prices hold until the end of Mon 15 Feb 2027", True),
        ((2027, 2, 16, 5, 0), "Regular prices hold until the end of Sat 15 May 2027", True),
        ((2027, 5, 16, 4, 0), "This meeting is over", False),
    ],
)
def test_the_way_onwards_follows_the_clock(client, meeting, now, moment, words, offered):
    windows = [(each.code, each.name, each.ends_at) for each in meeting.windows]
    opens = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
    with transaction():
        meetings.set_dates(meeting, opens_at=opens, windows=windows, deadlines=[], by=None, version=2, now=now)

    with at(*moment):
        page = client.get("/meetings/AM28/").text

    assert words in page
    assert (REGISTER in page) is offered


def test_a_meeting_that_is_not_over_but_sells_no_more_says_so(client, meeting, now):
    with transaction():
        soon = [("early", "Early", datetime(2026, 12, 1, tzinfo=UTC))]
        meetings.set_dates(meeting, opens_at=None, windows=soon, deadlines=[], by=None, version=2, now=now)

    with at(2026, 12, 2):
        page = client.get("/meetings/AM28/").text

    assert "Registration is closed." in page and REGISTER not in page


def test_the_code_is_found_in_any_case_and_shown_in_its_own(client, meeting):
    response = client.get("/meetings/am28/")

    assert (response.status_code, response.location) == (301, "/meetings/AM28/")


@pytest.mark.parametrize("code", ["AM29", "%00", "x" * 300, "..", "AM28%0a"])
def test_what_is_no_meeting_is_not_found(client, meeting, code):
    assert client.get(f"/meetings/{code}/").status_code == 404


def test_a_hidden_meeting_is_nowhere(client, meeting, now):
    with transaction():
        meetings.change(meeting, by=None, version=2, now=now, is_public=False)

    assert client.get("/meetings/AM28/").status_code == 404
    assert client.get("/meetings/AM28/meeting.ics").status_code == 404
    assert "AM28" not in client.get("/meetings/").text


def test_past_meetings_are_listed_apart_from_coming_ones(client, meeting):
    with at(2026, 11, 23):
        before = client.get("/meetings/").text
    with at(2027, 6, 1):
        after = client.get("/meetings/").text

    assert 'id="coming"' in before and 'id="past"' not in before
    assert 'id="past"' in after and 'id="coming"' not in after


def test_search_engines_get_facts_that_cannot_break_out(client, meeting, now):
    with transaction():
        meetings.change(meeting, by=None, version=2, now=now, title="</script><script>alert(1)</script>")

    page = client.get("/meetings/AM28/").text
    facts = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL).group(1))

    assert facts["name"] == "</script><script>alert(1)</script>"
    assert (facts["startDate"], facts["location"]["address"]["addressLocality"]) == ("2027-05-11", "Baltimore")
    assert "<script>alert" not in page


def test_the_calendar_file_covers_every_day_and_is_the_same_until_changed(client, meeting, now):
    first = client.get("/meetings/AM28/meeting.ics")
    event = next(iter(Calendar.from_ical(first.data).walk("VEVENT")))

    assert first.mimetype == "text/calendar"
    assert (str(event.decoded("dtstart")), str(event.decoded("dtend"))) == ("2027-05-11", "2027-05-16")
    assert (event["uid"], event["sequence"]) == ("meeting-AM28@localhost", 1)
    again = client.get("/meetings/AM28/meeting.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    with transaction():
        meetings.change(meeting, by=None, version=2, now=now, venue="Other Hall")
    assert client.get("/meetings/AM28/meeting.ics", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
