"""What is passed on of a page: its address, and a preview that keeps the embargo."""

import re
from datetime import timedelta

import pytest
import time_machine

from tests.schedule.test_embargo import NOTIFIED, held  # noqa: F401 - a fixture

SCHEDULE = "/meetings/EX27/schedule"


def preview(client, path):
    """{property: content} of a page, with the address that can be copied."""
    html = client.get(f"{SCHEDULE}{path}").get_data(as_text=True)
    tags = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', html))
    address = re.search(r'id="share-address" type="text" value="([^"]*)"', html)
    return {**tags, "copy": address and address[1]}


@pytest.mark.parametrize(
    ("path", "title", "line"),
    [
        ("/sessions/40", "Talks", "Tuesday 11 May 2027, 09:00–10:00 (Chicago, CDT) · Room 1"),
        ("/presentations/30", "Capsids", "Tuesday 11 May 2027, 09:15–09:30 (Chicago, CDT) · Room 1"),
        ("/2027-05-11", "Tuesday 11 May 2027", "2 sessions"),
        ("/2027-05-11?room=Hall", "Tuesday 11 May 2027", "Hall"),
        ("/sessions?track=Vectors", "Vectors", "sessions"),
        ("/people/21", "Ben B. Muster", "Muster Clinic"),
    ],
)
def test_a_page_has_an_address_to_pass_on_and_a_preview(client, released, path, title, line):
    found = preview(client, path)

    assert found["title"] == f"{title} · Example 2027"
    assert line in found["description"]
    assert found["copy"] == found["url"] == f"http://localhost{SCHEDULE}{path}"


def test_what_is_passed_on_holds_nothing_of_its_reader(client, released):
    client.post(f"{SCHEDULE}/zone", data={"zone": "Asia/Tokyo"})

    assert preview(client, "/sessions/40?page=7&secret=x")["url"] == f"http://localhost{SCHEDULE}/sessions/40"


def test_a_preview_keeps_the_embargo(client, held):  # noqa: F811
    with time_machine.travel(NOTIFIED - timedelta(seconds=1), tick=False):
        before = preview(client, "/presentations/1")
    with time_machine.travel(NOTIFIED, tick=False):
        after = preview(client, "/presentations/1")

    assert (before["title"], after["title"]) == (
        "Title under embargo · Example 2027",
        "Xanthophyll in capsids · Example 2027",
    )
