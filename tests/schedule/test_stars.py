"""My schedule: without an account, carried into one, with clashes, moves and a calendar of one's own."""

import re
from datetime import timedelta

import pytest
import time_machine

from conference import schedule
from conference.kernel import clock, db, transaction
from conference.schedule import itineraries, jobs
from conference.schedule.models import Itinerary, Star
from tests.conftest import browser
from tests.schedule.conftest import bring, publish
from tests.schedule.programmes import OTHER, a_schedule_xml, an_event
from tests.signing_in import account_of, browser_of, signed_in

BASE = "/meetings/EX27/schedule"


def star(client, number, *, starred="1", **headers):
    return client.post(f"{BASE}/stars/{number}", data={"starred": starred}, headers=headers)


def starred(client):
    return client.get(f"{BASE}/stars.json").json["starred"]


def rows(table):
    return db.session.query(table).count()


def test_a_star_without_an_account_is_kept_under_a_cookie(client, released):
    answer = star(client, 40)

    cookie = answer.headers["Set-Cookie"]
    assert answer.status_code == 303
    assert re.match(r"plenary_stars=[\w-]{43}; .*HttpOnly; Path=/; SameSite=Lax", cookie)
    assert starred(client) == [40]
    assert starred(browser(client.application)) == []


def test_the_cookie_itself_is_not_in_the_database(client, released):
    star(client, 40)

    kept = db.session.query(Itinerary).one()
    assert client.get_cookie("plenary_stars").value not in (kept.visitor, kept.feed)


def test_starring_twice_is_once_and_unstarring_takes_it_away(client, released):
    for _ in range(2):
        star(client, 30)
    assert starred(client) == [30]

    star(client, 30, starred="0")

    assert starred(client) == []


def test_unstarring_what_was_never_starred_makes_nothing(client, released):
    answer = star(client, 30, starred="0")

    assert answer.status_code == 303
    assert "plenary_stars" not in answer.headers.get("Set-Cookie", "")
    assert rows(Itinerary) == 0


def test_what_does_not_exist_cannot_be_starred(client, released):
    assert star(client, 999).status_code == 404
    assert rows(Itinerary) == 0


def test_another_site_cannot_star(client, released):
    assert star(client, 40, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_a_script_gets_json_and_stays_on_the_page(client, released):
    answer = star(client, 40, Accept="application/json")

    assert (answer.status_code, answer.json) == (200, {"number": 40, "starred": True})


@pytest.mark.parametrize(
    ("referrer", "place"),
    [
        (f"http://localhost{BASE}/2027-05-11?room=Hall", f"{BASE}/2027-05-11?room=Hall#s40"),
        ("http://evil.example/x", f"{BASE}/mine#s40"),
        ("http://localhost//evil.example", f"{BASE}/mine#s40"),
        ("", f"{BASE}/mine#s40"),
    ],
)
def test_without_a_script_one_comes_back_to_the_same_place(client, released, referrer, place):
    assert star(client, 40, Referer=referrer).headers["Location"] == place


@pytest.mark.parametrize("path", ["sessions/40", "presentations/30", "mine"])
def test_without_a_script_pages_show_the_true_state(client, released, path):
    star(client, 40)
    star(client, 30)
    html = client.get(f"{BASE}/{path}").get_data(as_text=True)

    forms = dict(re.findall(r'action="[^"]*/stars/(\d+)".*?aria-pressed="(\w+)"', html, re.DOTALL))
    assert forms[path.rpartition("/")[2] if "/" in path else "40"] == "true"


def test_a_page_with_stars_is_never_kept_for_others(client, released):
    star(client, 40, Accept="application/json")
    assert 'aria-pressed="true"' in client.get(f"{BASE}/sessions/40").get_data(as_text=True)

    assert 'aria-pressed="true"' not in browser(client.application).get(f"{BASE}/sessions/40").get_data(as_text=True)


def test_stars_follow_into_an_account(client, released):
    star(client, 40)
    visitor = client.get_cookie("plenary_stars").value
    account = account_of("ada@example.org")
    ada = browser_of(client.application, account)
    ada.set_cookie("plenary_stars", visitor)

    answer = ada.get(f"{BASE}/stars.json")

    assert answer.json["starred"] == [40]
    assert "plenary_stars=;" in answer.headers["Set-Cookie"]
    assert starred(browser_of(client.application, account)) == [40]
    assert starred(client) == []


def test_what_was_starred_before_joins_what_was_starred_after(client, released, now):
    account = account_of("ada@example.org")
    ada = browser_of(client.application, account)
    star(ada, 30)
    star(ada, 40)
    star(client, 40)
    star(client, 41)

    with transaction():
        carried = schedule.adopt_stars(visitor=client.get_cookie("plenary_stars").value, person=account.person, now=now)

    assert carried == 2
    assert starred(ada) == [30, 40, 41]
    assert (rows(Itinerary), rows(Star)) == (1, 3)


def test_signed_in_nothing_is_kept_under_a_cookie(client, released):
    ada = signed_in(client.application, "ada@example.org")

    answer = star(ada, 40, Accept="application/json")

    assert "plenary_stars" not in str(answer.headers)
    assert starred(ada) == [40]


@pytest.mark.parametrize("cookie", ["x", "é" * 50, "a" * 3000, "'; drop table", "%00"])
def test_a_cookie_made_up_is_nobody(client, released, cookie):
    client.set_cookie("plenary_stars", cookie)

    assert starred(client) == []
    assert client.get(f"{BASE}/mine").status_code == 200


def test_overlapping_items_are_marked(client, flat, now):
    bring(flat, a_schedule_xml(an_event(), an_event(guid=OTHER, id=12, date="2027-05-11T10:30:00+02:00")), now)
    publish(flat, now)
    star(client, 11)
    assert "Overlaps" not in client.get(f"{BASE}/mine").get_data(as_text=True)

    star(client, 12)

    html = client.get(f"{BASE}/mine").get_data(as_text=True)
    assert html.count("Overlaps") == 2
    assert "At the same time in your schedule" in client.get(f"{BASE}/sessions/12").get_data(as_text=True)


def test_a_talk_does_not_clash_with_its_own_session(client, released):
    star(client, 40)
    star(client, 30)

    assert "Overlaps" not in client.get(f"{BASE}/mine").get_data(as_text=True)


def test_stars_survive_a_move_and_tell_of_it(client, flat):
    star(client, 11)
    later = db.session.query(Star).one().at.replace(year=2027)
    bring(flat, a_schedule_xml(an_event(date="2027-05-11T15:00:00+02:00")), later)
    publish(flat, later)

    html = client.get(f"{BASE}/mine").get_data(as_text=True)

    assert "1 of your items has moved" in html
    assert "08:00" in html


def test_other_words_are_not_a_move(client, flat):
    star(client, 11)
    later = db.session.query(Star).one().at.replace(year=2027)
    bring(flat, a_schedule_xml(an_event(title="Other words")), later)
    publish(flat, later)

    html = client.get(f"{BASE}/mine").get_data(as_text=True)

    assert "Other words" in html
    assert "moved since" not in html


def test_a_calendar_of_ones_own_holds_what_is_starred(client, released):
    star(client, 41)
    star(client, 30)
    address = re.search(
        r'value="http://localhost(/meetings/[^"]+\.ics)"', client.get(f"{BASE}/mine").get_data(as_text=True)
    )[1]

    answer = browser(client.application).get(address)

    assert answer.mimetype == "text/calendar"
    assert re.findall(rb"SUMMARY:(\w+)", answer.data) == [b"Capsids", b"Posters"]
    assert answer.data.count(b"BEGIN:VEVENT") == 2


def test_a_new_address_ends_the_old_one(client, released):
    star(client, 41)
    before = itineraries.of(visitor=client.get_cookie("plenary_stars").value).feed
    client.post(f"{BASE}/mine/feed")
    db.session.expire_all()
    after = itineraries.of(visitor=client.get_cookie("plenary_stars").value).feed

    assert client.get(f"{BASE}/mine/{before}.ics").status_code == 404
    assert client.get(f"{BASE}/mine/{after}.ics").status_code == 200


def test_nobody_without_stars_has_an_address_to_renew(client, released):
    assert client.post(f"{BASE}/mine/feed").status_code == 404


def test_visitors_are_forgotten_when_their_cookie_has_ended(client, released):
    star(client, 40)
    ada = signed_in(client.application, "ada@example.org")
    star(ada, 40)
    forget = jobs.forget_visitors

    assert forget() == 0
    with time_machine.travel(clock.now() + timedelta(days=400), tick=False):
        assert forget() == 1

    assert (rows(Itinerary), starred(ada)) == (1, [40])
