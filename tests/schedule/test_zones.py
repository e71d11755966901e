"""The programme on the reader's own clock: chosen by them, named on every page, kept apart from what others read, and bounded."""

import re
from types import SimpleNamespace

import html5lib
import pytest

from conference.schedule import zones
from tests.conftest import browser

SCHEDULE = "/meetings/EX27/schedule"
# Chicago 09:00 CDT on 11 May is 23:00 in Tokyo, 12:00 is 02:00 the next day.
PAGES = ["", "/2027-05-11", "/sessions/40", "/presentations/30", "/people/20", "/people", "/search?q=capsids", "/mine", "/sessions?room=Hall", "/changes", "/rooms"]  # fmt: skip


def choose(client, zone, **known):
    return client.post(f"{SCHEDULE}/zone", data={"zone": zone, "next": f"{SCHEDULE}/2027-05-11", **known})


def text(client, path):
    html = client.get(f"{SCHEDULE}{path}").get_data(as_text=True)
    html5lib.HTMLParser(strict=True).parse(html)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_whoever_asks_for_no_zone_reads_the_venues_and_gets_no_cookie(client, released):
    for path in PAGES:
        assert "All times are those of the venue: Chicago, CDT." in text(client, path)
    assert "09:00" in text(client, "/2027-05-11")
    assert "Set-Cookie" not in client.get(f"{SCHEDULE}/zone").headers


def test_a_chosen_zone_is_named_on_every_page_and_leads_back_where_one_was(client, released):
    answer = choose(client, "Asia/Tokyo")

    assert (answer.status_code, answer.location) == (303, f"{SCHEDULE}/2027-05-11")
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    for path in PAGES:
        assert "All times are in your time zone: Tokyo, JST." in text(client, path)


def test_times_are_on_the_readers_clock_with_the_date_where_it_differs(client, released):
    choose(client, "Asia/Tokyo")

    day, session = text(client, "/2027-05-11"), text(client, "/sessions/41")

    assert "23:00 – 00:00" in day and "23:15 Capsids" in day
    assert "12 May, 02:00" in day and "11 May, 23:00" not in day
    assert "Wednesday 12 May 2027, 02:00–04:00 (Tokyo, JST) your time" in session
    assert "at the venue Tuesday 11 May 2027, 12:00–14:00 (Chicago, CDT)" in session


def test_a_zone_in_which_the_clocks_change_is_named_as_it_is_then(client, released):
    choose(client, "Europe/London")

    assert "London, BST" in text(client, "/2027-05-11")
    assert "15:00" in text(client, "/2027-05-11")


def test_readers_in_several_zones_never_see_each_others_times(context, released):
    readers = {}
    for zone, hour in [
        ("venue", "09:00"),
        ("Asia/Tokyo", "23:00"),
        ("Europe/Berlin", "16:00"),
        ("Asia/Kathmandu", "19:45"),
    ]:
        readers[hour] = browser(context)
        choose(readers[hour], zone)

    for _turn in range(2):
        for hour, reader in readers.items():
            listed = re.findall(r'<time datetime="[^"]+">([^<]+)</time>', reader.get(f"{SCHEDULE}/2027-05-11").text)
            assert listed[0] == hour


def test_a_page_in_ones_own_zone_is_not_for_shared_caches(client, released):
    choose(client, "Asia/Tokyo")

    answer = client.get(f"{SCHEDULE}/2027-05-11")
    again = client.get(f"{SCHEDULE}/2027-05-11", headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer.headers["Vary"]
    assert again.status_code == 304


def test_the_venues_zone_takes_the_cookie_away(client, released):
    choose(client, "Asia/Tokyo")
    choose(client, "venue")

    assert "those of the venue" in text(client, "/2027-05-11")


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "EST5EDT", "x" * 5000, "posix/Europe/Berlin"])
def test_what_is_no_zone_is_refused_and_a_made_up_cookie_is_ignored(client, released, zone):
    assert choose(client, zone).status_code == 422
    client.set_cookie("plenary_zone", zone)
    assert "those of the venue: Chicago, CDT" in text(client, "/2027-05-11")


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_the_way_back_stays_on_the_site(client, released, target):
    assert choose(client, "Asia/Tokyo", next=target).location == SCHEDULE


def test_files_and_feeds_stay_on_the_venues_clock(client, released):
    paths = [".ics", ".xml", ".json", "/changes.atom", "/sessions/40.ics"]
    before = [client.get(f"{SCHEDULE}{path}").data for path in paths]
    choose(client, "Asia/Tokyo")

    assert [client.get(f"{SCHEDULE}{path}").data for path in paths] == before


def test_a_kept_page_in_a_zone_asks_one_question(client, released):
    from tests.schedule.test_cost import counted

    choose(client, "Asia/Tokyo")
    client.get(f"{SCHEDULE}/2027-05-11")
    with counted() as statements:
        client.get(f"{SCHEDULE}/2027-05-11")

    assert len(statements) == 1


def test_few_zones_are_kept_at_a_time(app):
    published = SimpleNamespace(kept={}, programme=SimpleNamespace(timezone="Europe/Berlin"), title="X")
    names = ["Asia/Tokyo", "Asia/Tehran", "Asia/Dili", "Asia/Dubai", "Asia/Gaza", "Asia/Tokyo", "Europe/Berlin"]

    for name in names:
        with app.test_request_context(headers={"Cookie": f"plenary_zone={name}"}):
            found = zones.for_reader(published)
        assert (found is published) == (name == "Europe/Berlin")
        assert found.title == "X"

    assert list(published.kept["zones"]) == ["Asia/Dili", "Asia/Dubai", "Asia/Gaza", "Asia/Tokyo"]
