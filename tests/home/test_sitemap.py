"""The sitemap: every public page and nothing else, kept until something is public that was not."""

import re
from datetime import timedelta

import pytest
import time_machine
from lxml import etree

from conference.home import sitemap as search_engines
from conference.kernel import db, fold, transaction
from conference.schedule.formats import programme as values
from conference.schedule.formats import write_nested
from conference.schedule.headings import slug_of
from tests.schedule.conftest import a_meeting, bring, publish
from tests.schedule.test_embargo import NOTIFIED, a_programme

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def held(context, now):
    """A meeting with a release in which a title is public from a moment on."""
    meeting = a_meeting()
    rules = [values.EmbargoRule("listing", "instant", kind="Oral", at=NOTIFIED)]
    bring(meeting, write_nested(a_programme(rules=rules)), now)
    publish(meeting, now)
    return meeting


def addresses(response):
    """The paths that a file of the sitemap names."""
    found = etree.fromstring(response.data).iter(f"{SPACE}loc")
    return {re.sub(r"^https?://[^/]+", "", each.text) for each in found}


def at(client, instant, path="/sitemap.xml", **headers):
    with time_machine.travel(instant, tick=False):
        return client.get(path, headers=headers)


def test_every_page_that_it_names_is_there_and_every_page_of_the_programme_is_named(client, held):
    listed = addresses(at(client, NOTIFIED))

    assert {at(client, NOTIFIED, path).status_code for path in listed} == {200}
    base = "/meetings/EX27/schedule"
    assert {"/", "/meetings/", "/meetings/EX27/", base, f"{base}/2027-05-11", f"{base}/people"} <= listed
    assert {each for each in listed if re.search(r"/(sessions|presentations|people)/\d+$", each)} == {
        f"{base}/presentations/1", f"{base}/presentations/2", f"{base}/sessions/3", f"{base}/people/1"
    }  # fmt: skip
    assert {f"{base}/institutions", f"{base}/topics/{slug_of(fold('Topazine'))}"} <= listed


def test_what_has_no_public_title_yet_is_not_named(client, held):
    before = addresses(at(client, NOTIFIED - timedelta(seconds=1)))

    gone = addresses(at(client, NOTIFIED)) - before
    assert {each.rsplit("/schedule/")[1].split("/")[0] for each in gone} == {
        "presentations", "people", "topics", "institutions"
    }  # fmt: skip
    assert "/meetings/EX27/schedule/presentations/2" in before


def test_who_has_it_is_told_so_until_something_opens(client, held):
    early = NOTIFIED - timedelta(seconds=1)
    tag = at(client, early).headers["ETag"]

    assert at(client, early, **{"If-None-Match": tag}).status_code == 304
    assert at(client, NOTIFIED, **{"If-None-Match": tag}).status_code == 200


def test_a_meeting_that_is_hidden_is_not_named(client, held):
    assert "/meetings/EX27/" in addresses(client.get("/sitemap.xml"))

    with transaction():
        db.session.merge(held).is_public = False

    assert addresses(client.get("/sitemap.xml")) == {"/", "/meetings/"}


def test_a_programme_that_is_too_large_for_one_file_is_named_in_an_index(client, held, monkeypatch):
    whole = addresses(client.get("/sitemap.xml"))
    monkeypatch.setattr(search_engines, "MOST_ADDRESSES", 10)
    client.application.extensions.pop("sitemap")

    parts = addresses(client.get("/sitemap.xml"))

    assert parts == {f"/sitemap/{number}.xml" for number in range(1, -(-len(whole) // 10) + 1)}
    assert set().union(*(addresses(client.get(path)) for path in parts)) == whole
    assert client.get(f"/sitemap/{len(parts) + 1}.xml").status_code == 404


def test_search_engines_are_told_where_it_is(client, held):
    assert re.search(r"^Sitemap: https?://[^/]+/sitemap\.xml$", client.get("/robots.txt").text, re.MULTILINE)
