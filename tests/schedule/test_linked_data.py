"""What search engines read of the programme: JSON-LD and citation tags, as the public sees it and never more."""

import html
import json
import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings

from conference.schedule import embargo, linked_data
from conference.schedule.formats import Edition
from conference.schedule.formats.embargo import LISTING, TEXT
from conference.schedule.seen import About, Published
from tests.schedule.any_programme import programmes
from tests.schedule.conftest import bring, publish
from tests.schedule.programmes import a_schedule_xml, an_event
from tests.schedule.test_embargo import NOTIFIED, PRESSED, STARTS, held  # noqa: F401 - a fixture

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def read(client, path):
    """(what the page's JSON-LD says or None, its citation tags)."""
    page = client.get(f"/meetings/EX27/{path}").get_data(as_text=True)
    tags = re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', page)
    found = SCRIPT.findall(page)
    assert len(found) <= 1
    return json.loads(found[0]) if found else None, tags


def test_the_overview_tells_of_the_meeting(client, released):
    facts, _tags = read(client, "schedule")

    assert (facts["@type"], facts["name"]) == ("Event", "Example 2027")
    assert (facts["startDate"], facts["endDate"]) == ("2027-05-11", "2027-05-12")
    assert facts["eventStatus"].endswith("EventScheduled") and facts["eventAttendanceMode"].endswith("AttendanceMode")
    assert facts["organizer"]["@type"] == "Organization" and facts["location"]["@type"] == "Place"


def test_a_session_tells_of_itself_and_its_talks(client, released):
    facts, _tags = read(client, "schedule/sessions/40")

    assert (facts["name"], facts["startDate"], facts["endDate"]) == (
        "Talks",
        "2027-05-11T09:00:00-05:00",
        "2027-05-11T10:00:00-05:00",
    )
    assert facts["location"]["name"] == "Room 1"
    assert facts["superEvent"]["name"] == "Example 2027"
    assert [(each["name"], each["startDate"][11:16]) for each in facts["subEvent"]] == [
        ("Vectors", "09:00"),
        ("Capsids", "09:15"),
    ]
    assert facts["url"].endswith("/meetings/EX27/schedule/sessions/40")


def test_an_abstract_is_an_article_and_can_be_cited(client, released):
    facts, tags = read(client, "schedule/presentations/30")

    article = facts["workFeatured"]
    assert (article["@type"], article["headline"], article["abstract"]) == (
        "ScholarlyArticle",
        "Capsids",
        "One.\nTwo < three.",
    )
    assert [author["name"] for author in article["author"]] == ["Ada Example", "Ben B. Muster"]
    assert [each["name"] for each in article["author"][1]["affiliation"]] == ["Muster Clinic", "Example Institute"]
    assert tags[:6] == [
        ("citation_title", "Capsids"),
        ("citation_author", "Example, Ada"),
        ("citation_author_institution", "Example Institute"),
        ("citation_author", "Muster, Ben B."),
        ("citation_author_institution", "Muster Clinic"),
        ("citation_author_institution", "Example Institute"),
    ]
    assert ("citation_conference_title", "Example 2027") in tags
    assert ("citation_publication_date", "2027/05/11") in tags


def test_a_talk_without_abstract_is_an_event_and_nothing_to_cite(client, released):
    facts, tags = read(client, "schedule/presentations/31")

    assert (facts["name"], tags) == ("Vectors", [])
    assert "workFeatured" not in facts


def test_a_cancelled_session_says_so(client, flat, now):
    bring(flat, a_schedule_xml(an_event()), now)
    publish(flat, now)

    assert read(client, "schedule/sessions/12")[0]["eventStatus"] == "https://schema.org/EventCancelled"


@pytest.mark.parametrize(
    "title", ["&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;!--", "a&quot;}]", "\\u2028"]
)
def test_no_title_breaks_out_of_its_script(client, meeting, now, title):
    bring(meeting, a_schedule_xml(an_event(title=title)), now)
    publish(meeting, now)

    facts, _tags = read(client, "schedule/sessions/11")

    assert facts["name"] == html.unescape(title)


@pytest.mark.parametrize(
    ("at", "known"),
    [
        (NOTIFIED - timedelta(seconds=1), 0),
        (NOTIFIED, 1),
        (PRESSED - timedelta(seconds=1), 1),
        (PRESSED, 2),
        (STARTS, 2),
    ],
)
def test_before_its_time_there_is_neither_event_nor_article(client, held, at, known):  # noqa: F811
    with time_machine.travel(at, tick=False):
        facts, tags = read(client, "schedule/presentations/1")
        listed, _tags = read(client, "schedule/sessions/3")

    assert (facts is not None, bool(facts and "workFeatured" in facts), bool(tags)) == (known > 0, known > 1, known > 1)
    assert "Title under embargo" not in json.dumps([facts, tags, listed])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(programmes())
def test_what_is_told_is_what_the_programme_says(app, programme):
    at = datetime(2027, 5, 1, tzinfo=UTC)
    published = Published(About("k", 1, at, ""), embargo.as_seen(programme, at), Edition(1, at, "https://x.example"))
    place = SimpleNamespace(code="EX27", title="Example", city="Chicago", starts=at.date(), ends=at.date())
    with app.app_context():
        _check(published, place)


def _check(published, place):
    for session in published.programme.sessions:
        told = linked_data.of_session(published, place, session)
        open_talks = [talk for talk in session.presentations if LISTING not in talk.closed]
        assert datetime.fromisoformat(told["startDate"]) == session.starts
        assert [each["name"] for each in told["subEvent"]] == [talk.title for talk in open_talks]
        for talk in session.presentations:
            found = linked_data.of_presentation(published, place, session, talk)
            assert (found is None) == (LISTING in talk.closed)
            is_open = bool(talk.abstract) and not {LISTING, TEXT} & talk.closed
            assert bool(found and "workFeatured" in found) == is_open
            assert bool(linked_data.citation(published, place, session, talk)) == is_open
