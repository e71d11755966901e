"""One's own badge in the browser."""

from datetime import timedelta

import pymupdf
import pytest
import time_machine

from conference import people
from conference.accounts import rules
from conference.badges import actions, face_of
from conference.kernel import clock, transaction
from tests.badges.cast import a_badge_meeting, registered
from tests.signing_in import account_of, browser_of, signed_in


@pytest.fixture
def meeting(context, now):
    return a_badge_meeting(now)


def ada(context, meeting, now, **facts):
    """Ada's browser and her registration."""
    known = {"given_name": "Ada", "family_name": "Lovelace", "country": "US", "institution": "Example Institute"}
    account = account_of("ada@example.org", **{**known, **facts.pop("known", {})})
    entry = registered(meeting, now, "Ada", person=account.person, **facts)
    return browser_of(context, account), entry


def next_minute():
    """The beginning of a window in which whoever has just signed in is still signed in."""
    return rules.window_start(clock.now(), timedelta(minutes=1)) + timedelta(minutes=1)


def text_of(answer):
    return answer.get_data(as_text=True)


def test_the_badge_is_shown_with_its_text(context, meeting, now):
    client, entry = ada(context, meeting, now, ribbons=["Speaker"])

    page = client.get("/meetings/T1/badge")

    assert page.status_code == 200
    assert f'alt="The badge: {face_of(entry).spoken}"' in text_of(page)
    assert "Ada, Lovelace, Example Institute, United States, Full, Speaker" in text_of(page)
    assert "/account/profile" in text_of(page)
    assert "cannot be printed" not in text_of(page)


def test_the_preview_is_the_badge(context, meeting, now):
    client, _entry = ada(context, meeting, now)

    picture, paper = client.get("/meetings/T1/badge.png"), client.get("/meetings/T1/badge.pdf")

    assert picture.data.startswith(b"\x89PNG") and picture.mimetype == "image/png"
    with pymupdf.open(stream=paper.data) as document:
        assert len(document) == 1
        assert "Lovelace" in document[0].get_text()


def test_a_browser_that_has_the_picture_is_told_so_until_the_details_change(context, meeting, now):
    client, entry = ada(context, meeting, now)
    stamp = client.get("/meetings/T1/badge.png").headers["ETag"]

    same = client.get("/meetings/T1/badge.png", headers={"If-None-Match": stamp})
    with transaction():
        people.update(people.by_id(entry.person_id), by=None, now=now, institution="Elsewhere")
    other = client.get("/meetings/T1/badge.png", headers={"If-None-Match": stamp})

    assert (same.status_code, other.status_code) == (304, 200)
    assert same.headers["Cache-Control"] == "private, no-cache"


def test_a_badge_is_drawn_so_many_times_and_looking_again_costs_nothing(context, meeting, now, monkeypatch):
    monkeypatch.setitem(rules.LIMITS, "badge", (rules.Limit(2, timedelta(minutes=1)),))
    client, _entry = ada(context, meeting, now)
    with time_machine.travel(next_minute(), tick=False):
        first, second = (client.get(f"/meetings/T1/badge.{kind}") for kind in ("png", "pdf"))
        third = client.get("/meetings/T1/badge.png")
        kept = client.get("/meetings/T1/badge.png", headers={"If-None-Match": first.headers["ETag"]})

    assert [each.status_code for each in (first, second, third, kept)] == [200, 200, 429, 304]


def test_characters_that_no_font_has_are_said(context, meeting, now):
    client, _entry = ada(context, meeting, now, known={"institution": "Institute \U000e1000"})

    page = client.get("/meetings/T1/badge")

    assert "Some characters cannot be printed" in text_of(page)
    assert "\U000e1000" in text_of(page)


def test_what_was_printed_and_has_changed_since_is_said(context, meeting, now):
    client, entry = ada(context, meeting, now)
    with transaction():
        actions.record_print(entry, by=entry.person, now=now)

    same = text_of(client.get("/meetings/T1/badge"))
    with transaction():
        people.update(people.by_id(entry.person_id), by=None, now=now, degrees="MD")
    changed = text_of(client.get("/meetings/T1/badge"))

    assert "It was printed on" in same and "changed since" not in same
    assert "changed since" in changed


def test_whoever_takes_part_virtually_has_none(context, meeting, now):
    client, _entry = ada(context, meeting, now, mode="virtual")

    assert "You take part virtually" in text_of(client.get("/meetings/T1/badge"))
    assert [client.get(f"/meetings/T1/badge.{kind}").status_code for kind in ("png", "pdf")] == [404, 404]


@pytest.mark.parametrize("until", ["draft", "held", "cancelled"])
def test_there_is_no_badge_before_a_registration_is_confirmed_or_after_it_ended(context, meeting, now, until):
    client, _entry = ada(context, meeting, now, until=until)

    assert [client.get(f"/meetings/T1/badge{kind}").status_code for kind in ("", ".png", ".pdf")] == [404] * 3


def test_there_is_no_badge_for_others_or_for_strangers(context, client, meeting, now):
    ada(context, meeting, now)
    ben = signed_in(context, "ben@example.org")

    assert [ben.get(f"/meetings/T1/badge{kind}").status_code for kind in ("", ".png", ".pdf")] == [404] * 3
    assert ben.get("/meetings/NONE/badge").status_code == 404
    assert client.get("/meetings/T1/badge").status_code == 303


@pytest.mark.parametrize("name", ["{{7*7}}", "<b>Ada</b>", "W" * 300, "محمد", "王小明", "Z" + "\u0301" * 200])
def test_any_name_can_be_shown(context, meeting, now, name):
    client, _entry = ada(context, meeting, now, known={"given_name": name, "badge_name": name})

    page = client.get("/meetings/T1/badge")

    assert page.status_code == 200
    assert "<b>Ada" not in text_of(page)
    assert client.get("/meetings/T1/badge.png").status_code == 200
