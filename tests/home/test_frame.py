"""The frame of every page: right at once after a change, and cheap."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
import time_machine

from conference import meetings, society
from conference.demo.meetings import build_meetings
from conference.demo.society import build_society
from conference.home import site
from conference.kernel import db, transaction
from tests.conftest import browser
from tests.signing_in import signed_in


@pytest.fixture
def demo(context, now):
    """The demo's society and meetings."""
    with transaction():
        build_society(now)
        build_meetings(now)


def queries_of(client, path):
    seen = []

    def note(connection, cursor, statement, *rest):
        if statement.startswith("SELECT"):
            seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    client.get(path)
    sa.event.remove(db.engine, "before_cursor_execute", note)
    return seen


def test_an_empty_installation_has_a_front_page(client):
    response = client.get("/")

    assert response.status_code == 200 and "Nothing has been set up yet" in response.text


def test_the_front_page_shows_society_meeting_plan_and_deadlines(client, demo):
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False):
        page = client.get("/").text

    assert page.count("<h1") == 1
    for words in (
        "Society for Gene and Cell Medicine", "28th annual meeting", "Baltimore", 'href="/meetings/AM28/register"',
        'href="/pages/goals"', "Abstracts", "in 17 days", "This society is fictional",
    ):  # fmt: skip
        assert words in page, words


def test_a_warm_page_asks_one_question_for_its_frame(client, demo):
    client.get("/privacy")

    assert [each.split("FROM")[1].split()[0] for each in queries_of(client, "/nowhere")] == ["society"]


def test_another_process_sees_a_change_on_its_next_page(context, demo, now):
    client = browser(context)
    client.get("/")
    page = society.page_by_slug("about")

    with transaction():
        society.edit_page(page, by=None, version=1, now=now, title="Who we are")

    assert "Who we are" in client.get("/consent").text


def test_the_next_meeting_takes_over_when_one_has_ended(client, demo):
    with time_machine.travel(datetime(2026, 5, 9, 12, tzinfo=UTC), tick=False):
        assert "/meetings/AM27/" in client.get("/consent").text
    with time_machine.travel(datetime(2026, 5, 10, 12, tzinfo=UTC), tick=False):
        assert "/meetings/AM28/" in client.get("/consent").text


def test_the_menu_says_where_one_is(client, demo):
    for path, label in (
        ("/pages/goals", "Strategic plan"),
        ("/meetings/AM28/", "Annual meeting"),
        ("/pages/about", "About us"),
    ):
        current = client.get(path).text.split('class="site-nav"')[1].split('aria-current="page">')[1]
        assert current.startswith(label), path


def test_every_link_of_a_page_of_the_society_leads_somewhere(client, demo):
    for slug, *_rest in (
        ("strategic-plan",),
        ("goals",),
        ("advocacy",),
        ("education",),
        ("outreach",),
        ("about",),
        ("privacy",),
    ):
        text = client.get(f"/pages/{slug}").text
        for part in text.split('href="/')[1:]:
            path = "/" + part.split('"')[0]
            if path.startswith(("/pages", "/downloads", "/consent", "/meetings/AM28/meeting.ics")):
                assert client.get(path).status_code == 200, path


def test_every_page_of_the_plan_offers_all_of_it(client, demo):
    assert all("/downloads/strategic-plan" in client.get(f"/pages/{slug}").text for slug in ("strategic-plan", "goals"))


def test_what_the_frame_remembers_cannot_be_written_back(context, demo):
    with context.test_request_context("/"):
        remembered = site()
        remembered.society.name = "Changed by mistake"
        db.session.commit()
        db.session.expire_all()

        assert society.current().name == "Society for Gene and Cell Medicine"
        context.extensions.pop("site")


def test_my_page_is_for_who_is_signed_in(context, client, demo):
    ada = signed_in(context, "ada@example.org", given_name="Ada", family_name="Demo", country="US")

    assert client.get("/account/").status_code == 303
    page = ada.get("/account/").text
    assert "Ada Demo" in page and "institution" in page and page.count("<h1") == 1


@pytest.mark.parametrize("slug", ["nothing", "%00", "ä", "x" * 300])
def test_unknown_pages_and_files_are_not_found(client, demo, slug):
    assert client.get(f"/pages/{slug}").status_code == 404
    assert client.get(f"/downloads/{slug}").status_code == 404


def test_the_demo_meetings_stand_as_planned(demo):
    found = meetings.by_code("AM28")

    assert (found.starts, found.ends, found.currency) == (date(2027, 5, 11), date(2027, 5, 15), "USD")
    assert [each.code for each in found.windows] == ["early", "regular", "onsite"]
    assert found.windows[0].ends_at == datetime(2027, 2, 16, 5, 0, tzinfo=UTC)
