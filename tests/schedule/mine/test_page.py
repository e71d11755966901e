"""My schedule as a page and as files: what is said at the items, what has moved, and what is gone."""

import re
from datetime import UTC, datetime

import pymupdf
import pytest
from icalendar import Calendar
from markupsafe import Markup

from conference import schedule
from conference.accounts import rules
from conference.kernel import db, transaction
from conference.schedule.models import Look, Star
from tests.conftest import browser
from tests.schedule.conftest import bring, publish
from tests.schedule.programmes import OTHER, a_schedule_xml, an_event
from tests.schedule.test_cost import counted
from tests.schedule.test_stars import BASE, star, starred

LATER = datetime(2027, 1, 5, tzinfo=UTC)
LATEST = datetime(2027, 2, 5, tzinfo=UTC)


def mine(client):
    """The page as text, tags taken out."""
    return " ".join(Markup(client.get(f"{BASE}/mine").get_data(as_text=True)).striptags().split())


def moved_to(meeting, hour, at, *events):
    """A release in which the first talk begins at another hour in Berlin."""
    bring(meeting, a_schedule_xml(an_event(date=f"2027-05-11T{hour:02}:00:00+02:00"), *events), at)
    publish(meeting, at)


def test_what_overlaps_is_said_at_both_in_words(client, flat, now):
    moved_to(flat, 10, now, an_event(guid=OTHER, id=12, title="Capsids", date="2027-05-11T10:30:00+02:00"))
    star(client, 11)
    star(client, 12)

    page = mine(client)

    assert "2 items overlap in time" in page
    assert "Overlaps Capsids, 03:30–04:15, Aula" in page
    assert "Overlaps Vectors & viruses, 03:00–03:45, Aula" in page


def test_a_way_that_is_too_long_is_said_with_its_minutes(client, flat, now):
    far = a_schedule_xml(
        an_event(),
        '</room><room name="Annexe">'
        + an_event(guid=OTHER, id=12, title="Capsids", date="2027-05-11T10:50:00+02:00", room="Annexe"),
    )
    bring(flat, far, now)
    publish(flat, now)
    one, other = schedule.warnings.rooms_of(flat)
    with transaction():
        schedule.warnings.set_walk(meeting=flat, one=one.id, other=other.id, minutes=7, by=None, now=now)
    star(client, 11)
    star(client, 12)

    assert "To 1 item the way is longer" in mine(client)
    assert "Too far 7 minutes to get from Aula to Annexe, 5 between, after: Vectors" in mine(client)


def test_free_time_stands_between_the_items(client, flat, now):
    moved_to(flat, 10, now, an_event(guid=OTHER, id=12, title="Capsids", date="2027-05-11T13:00:00+02:00"))
    star(client, 11)
    assert "Free from" not in mine(client)

    star(client, 12)

    assert "Free from 03:45 to 06:00, 2 h 15 min 06:00–06:45 Capsids" in mine(client)


def test_a_poster_says_its_session_and_that_it_hangs(client, released):
    star(client, int(re.search(r"presentations/(\d+)", client.get(f"{BASE}/sessions/41").text)[1]))

    page = mine(client)

    assert "In: Posters" in page
    assert "Hangs all that time" in page


def test_moves_since_the_last_look_are_told_as_one_until_they_are_seen(client, flat):
    star(client, 11)
    moved_to(flat, 15, LATER)
    moved_to(flat, 16, LATEST)

    page = mine(client)
    assert "1 of your items has moved since you last looked" in page
    assert "Moved From Tue 11 May, 03:00–03:45, Aula to Tue 11 May, 09:00–09:45, Aula." in page

    assert client.post(f"{BASE}/mine/seen", data={"release": "2"}).status_code == 303
    assert "From Tue 11 May, 08:00–08:45, Aula to Tue 11 May, 09:00–09:45" in mine(client)

    client.post(f"{BASE}/mine/seen", data={"release": "3"})
    client.post(f"{BASE}/mine/seen", data={"release": "1"})  # a page that was open since long takes nothing back
    assert "moved since" not in mine(client)
    assert db.session.query(Look).one().release == 3


def test_what_came_back_to_where_it_was_has_not_moved(client, flat):
    star(client, 11)
    moved_to(flat, 15, LATER)
    moved_to(flat, 10, LATEST)

    assert "moved since" not in mine(client)


@pytest.mark.parametrize(("form", "status"), [({}, 422), ({"release": "-1"}, 422), ({"release": "1"}, 404)])
def test_only_who_has_stars_has_seen_something(client, flat, form, status):
    if status == 422:
        star(client, 11)

    assert client.post(f"{BASE}/mine/seen", data=form).status_code == status


def test_what_is_gone_is_named_and_taken_out_on_request(client, flat):
    star(client, 11)
    star(client, 12)
    with transaction():
        db.session.query(schedule.Session).filter_by(number=11).update({"withdrawn": True})
        db.session.query(schedule.Session).filter_by(number=12).delete()
    publish(flat, LATER)

    page = mine(client)
    assert "2 of your items are cancelled or no longer in the programme" in page
    assert "Capsids – It was to be Tue 11 May, 04:00–04:45, Aula." in page

    client.post(f"{BASE}/mine/tidy")

    assert (starred(client), db.session.query(Star).count()) == ([], 0)
    assert "2 items were taken out of your schedule." in mine(client)


def test_it_is_taken_along_as_a_calendar_and_on_paper(client, released):
    star(client, 40)
    star(client, 30)

    calendar, paper = client.get(f"{BASE}/mine.ics"), client.get(f"{BASE}/mine.pdf")

    assert [str(event["SUMMARY"]) for event in Calendar.from_ical(calendar.data).walk("VEVENT")] == ["Talks", "Capsids"]
    assert calendar.headers["Cache-Control"] == paper.headers["Cache-Control"] == "private, no-store"
    with pymupdf.open(stream=paper.data) as document:
        page = document[0]
        assert [round(side / 72 * 25.4) for side in page.rect[2:]] == [148, 210]
        assert all(word in page.get_text() for word in ("My schedule", "Capsids", "Room 1", "Tuesday 11 May 2027"))
    assert b"VEVENT" not in browser(client.application).get(f"{BASE}/mine.ics").data


def test_prints_are_limited(client, released, monkeypatch):
    star(client, 40)
    monkeypatch.setitem(rules.LIMITS, "schedule-print", (rules.Limit(0, rules.LONGEST_WINDOW),))

    assert client.get(f"{BASE}/mine.pdf").status_code == 429


def test_more_stars_ask_no_more_of_the_database(client, released):
    def queries():
        with counted() as statements:
            client.get(f"{BASE}/mine")
        return len(statements)

    star(client, 40)
    one = queries()
    star(client, 30)
    star(client, 41)

    assert queries() == one
