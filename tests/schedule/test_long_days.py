"""A day of very many sessions: its page stays light, since abstracts come when their rows are opened."""

import gzip
from uuid import UUID

import pytest
from playwright.sync_api import expect

from conference.kernel import db
from conference.schedule.pages import LONGEST_TEASER, MOST_TEASERS
from tests.schedule.conftest import bring, publish
from tests.schedule.programmes import a_schedule_xml, an_event
from tests.serving import serving

LONG = MOST_TEASERS // LONGEST_TEASER + 20
DAY = "/meetings/EX27/schedule/2027-05-11"
SPOKEN = "word " * 60


def a_day(count):
    events = [
        an_event(guid=UUID(int=number), id=number, title=f"Talk {number}", abstract=f"{number} {SPOKEN}")
        for number in range(1, count + 1)
    ]
    return a_schedule_xml(*events)


@pytest.mark.parametrize(("count", "fetches"), [(20, False), (LONG, True)])
def test_a_long_day_links_where_a_shorter_one_has_the_beginning_of_an_abstract(client, meeting, now, count, fetches):
    bring(meeting, a_day(count), now)
    publish(meeting, now)

    text = client.get(DAY).text

    assert text.count('session-more"') == count
    assert text.count("data-fetched") == (count if fetches else 0)
    assert (SPOKEN[:100] in text) is not fetches


def test_a_row_of_a_long_day_leads_to_the_page_that_holds_its_abstract(client, meeting, now):
    bring(meeting, a_day(LONG), now)
    publish(meeting, now)

    row = client.get(DAY).text.partition("data-fetched")[2]
    address = row.partition('href="')[2].partition('"')[0]

    about = client.get(address).text.partition("data-about")[2]
    assert SPOKEN[:100] in about


def test_eight_hundred_sessions_of_a_day_are_sent_in_sixty_kilobytes(client, meeting, now):
    bring(meeting, a_day(800), now)
    publish(meeting, now)

    answer = client.get(DAY, headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(answer.data).count(b'session-more"') == 800
    assert len(answer.data) < 60_000


@pytest.mark.browser
def test_an_abstract_is_fetched_when_its_row_is_opened_and_without_a_network_the_link_stays(
    app, chromium, meeting, now
):
    bring(meeting, a_day(LONG), now)
    publish(meeting, now)
    db.session.rollback()
    with serving(app) as address:
        page = chromium.new_context(base_url=address).new_page()
        page.goto(DAY, wait_until="networkidle")
        row = page.locator("#s7")

        page.context.set_offline(True)
        row.locator("summary").click()
        expect(row.get_by_role("link", name="Read on")).to_be_visible()
        page.context.set_offline(False)
        row.locator("summary").click()
        row.locator("summary").click()

        expect(row.locator(".prose")).to_contain_text(f"7 {SPOKEN[:100]}")
        expect(row.get_by_role("link", name="Read on")).to_have_count(0)
        page.context.close()
