"""A part of a session leads to its whole and the other way round: on their pages, in the list of the day, for search engines."""

import json
import re
from datetime import timedelta

import pytest
from lxml import html

from conference.kernel import transaction
from conference.schedule import queries
from tests.schedule.conftest import publish
from tests.schedule.test_linked_data import SCRIPT

SESSIONS = "/meetings/EX27/schedule/sessions"


@pytest.fixture
def nested(released, now):
    """Session 40 of the release from nine to ten, whose second half is session 41."""
    whole, part = (queries.session_numbered(released, number) for number in (40, 41))
    with transaction():
        part.parent_id, part.parent_depth, part.depth = whole.id, 0, 1
        part.starts_at, part.ends_at, part.day = whole.starts_at + timedelta(minutes=30), whole.ends_at, whole.day
    publish(released, now)
    return released


def plain(element):
    return re.sub(r"\s+", " ", element.text_content())


def test_a_part_names_its_whole_and_leads_to_it(client, nested):
    page = html.fromstring(client.get(f"{SESSIONS}/41").text)

    (fact,) = [each for each in page.iterfind(".//div[@class='fact']") if "Part of" in each.text_content()]
    (link,) = fact.iterfind(".//a")
    assert (link.text, link.get("href")) == ("Talks", f"{SESSIONS}/40")
    assert page.find(".//section[@aria-labelledby='parts-title']") is None


def test_a_whole_lists_its_parts_with_their_times(client, nested):
    page = client.get(f"{SESSIONS}/40").text

    section = page[page.index('id="parts') :]
    assert f'href="{SESSIONS}/41"' in section
    assert "09:30" in section and "10:00" in section
    assert "Part of" not in page


def test_the_list_of_the_day_marks_a_part(client, nested):
    page = html.fromstring(client.get("/meetings/EX27/schedule/2027-05-11").text)

    notes = {each.get("id"): [plain(note) for note in each.iterfind(".//p[@class='session-note']")] for each in page.iterfind(".//article")}  # fmt: skip
    assert notes == {"s40": [], "s41": ["Part of: Talks"]}


def test_search_engines_read_the_whole_above_its_part(client, nested):
    def told(path):
        return json.loads(SCRIPT.findall(client.get(path).text)[0])

    part = told(f"{SESSIONS}/41")

    assert (part["superEvent"]["name"], part["superEvent"]["superEvent"]["name"]) == ("Talks", "Example 2027")
    assert part["superEvent"]["url"].endswith("/sessions/40")
    assert told(f"{SESSIONS}/40")["superEvent"]["name"] == "Example 2027"
