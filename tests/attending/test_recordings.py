"""Recordings: for kinds of registration, for members, within their time; the link is in no page, file or cache."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from conference import attending, registration
from conference.attending.recordings import rules
from conference.attending.recordings.models import Recording
from conference.kernel import clock, db, transaction
from conference.schedule.formats import programme as values
from tests.attending.conftest import BASE, GUIDS, TALK, registered, release, session_of
from tests.cast import a_membership
from tests.conftest import browser
from tests.signing_in import account_of, browser_of, signed_in

URL = "https://video.example.org/w/Secretplace?t=1"
DESK = "/staff/schedule/T1/sessions/10/recordings"


def recorded(meeting, item=None, **facts):
    """The address of a recording."""
    usual = {"title": "Film", "url": URL, "opens_at": None, "closes_at": None, "only_for": [], "for_members": False}
    with transaction():
        usual |= {"item": item or GUIDS["Hands on"], "by": None, "now": clock.now()}
        row = attending.add_recording(session_of(meeting), meeting=meeting, **usual | facts)
        return f"{BASE}/recordings/{row.ref}"


@pytest.fixture
def ada(app, meeting, now):
    """Ada's browser; she is registered as "full"."""
    account = account_of("ada@example.org", given_name="Ada", family_name="Demo", country="US", institution="X")
    registered(meeting, "Ada", now, person=account.person)
    return browser_of(app, account)


@pytest.fixture
def ben(app, meeting, now):
    """Ben's browser; he is a member and not registered."""
    account = account_of("ben@example.org", given_name="Ben", family_name="Demo", country="US", institution="X")
    with transaction():
        a_membership(account.person, now)
    return browser_of(app, account)


@pytest.mark.parametrize(
    ("text", "is_link"),
    [
        ("https://video.example.org/w/1?t=1#x", True),
        ("http://video.example.org/", False),
        ("javascript:alert(1)", False),
        ("HTTPS://video.example.org/", False),
        ("https://", False),
        ("https://localhost/", False),
        ("https://user:word@video.example.org/", False),
        ("https://video.example.org/a b", False),
        ("https://video.example.org/\nX: y", False),
        ("//video.example.org/", False),
        ("https://[::1", False),
    ],
)
def test_only_plain_addresses_of_the_secured_web_are_kept(text, is_link):
    assert rules.is_link(text) is is_link


@pytest.mark.parametrize(
    ("only_for", "for_members", "category", "is_member", "may"),
    [
        ([], False, "full", False, True),
        ([], False, None, True, False),
        (["full"], False, "full", False, True),
        (["guest"], False, "full", True, False),
        (["guest"], True, "full", True, True),
        ([], True, None, True, True),
        ([], True, None, False, False),
    ],
)
def test_kind_of_registration_or_membership_opens_it(only_for, for_members, category, is_member, may):
    assert rules.may_watch(only_for, for_members, category=category, is_member=is_member) is may


def test_who_may_is_sent_there_without_a_trace_of_where_from(ada, ben, meeting):
    address = recorded(meeting)

    answer = ada.get(address)

    assert (answer.status_code, answer.location, answer.data) == (302, URL, b"")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]
    assert db.session.scalar(select(Recording.opened)) == 1
    assert ben.get(address).status_code == 403
    stranger = browser(ada.application).get(address)
    assert stranger.status_code == 303 and "Secretplace" not in stranger.text + stranger.location


def test_a_member_may_where_it_says_so_and_another_kind_may_not(ada, ben, meeting):
    refused = ada.get(recorded(meeting, only_for=["guest"]))

    assert ben.get(recorded(meeting, for_members=True)).status_code == 302
    assert refused.status_code == 403 and "Secretplace" not in refused.text


def test_a_registration_that_ends_shuts_it_again(ada, meeting, app):
    address = recorded(meeting)
    assert ada.get(address).status_code == 302
    with transaction():
        entry = db.session.query(registration.Registration).one()
        registration.cancel(entry)

    assert ada.get(address).status_code == 403


def test_it_has_hours_and_ends_with_what_it_is_of(ada, meeting, now):
    hour = timedelta(hours=1)
    soon = recorded(meeting, opens_at=clock.now() + hour)
    over = recorded(meeting, closes_at=clock.now() - hour)
    talk, session = recorded(meeting, TALK), recorded(meeting)

    assert [ada.get(each).status_code for each in (soon, over, talk, session)] == [403, 403, 302, 302]
    assert "from" in ada.get(soon).text
    release(meeting, now, withdrawn=True)
    assert [ada.get(each).status_code for each in (talk, session)] == [404, 404]
    assert ada.get(f"{BASE}/recordings/{'a' * 20}").status_code == 404


def test_what_is_under_embargo_of_a_talk_holds_its_recording_back(ada, meeting, now):
    address = recorded(meeting, TALK, title="Zirconium")
    rule = values.EmbargoRule("text", "instant", at=now + timedelta(hours=1))
    release(meeting, now, embargoes=[rule])
    pages = ("/sessions/10", "/presentations/91", "/my-sessions")

    before, shut = [ada.get(BASE + page).text for page in pages], ada.get(address).status_code
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        after, opened = [ada.get(BASE + page).text for page in pages], ada.get(address).status_code

    assert ["Zirconium" in text for text in (*before, *after)] == [False] * 3 + [True] * 3
    assert (shut, opened) == (404, 302)


def test_the_link_is_in_no_page_file_feed_or_search(app, client, ada, ben, meeting):
    recorded(meeting), recorded(meeting, TALK)
    paths = [
        *(
            "",
            "/sessions/10",
            "/presentations/91",
            "/2027-05-11",
            "/search?q=video",
            "/search?q=Film",
            "/my-sessions",
        ),
        *(".xml", ".json", ".ics", ".nested.json", "/sessions/10.ics", "/changes", "/changes.atom", "/mine"),
    ]

    answers = [(path, each.get(BASE + path)) for path in paths for each in (client, ada, ben)]

    assert {path for path, answer in answers if answer.status_code != 200} == {"/my-sessions"}  # of the stranger
    seen = {path: answer.text for path, answer in answers}
    assert [path for path, answer in answers if "Secretplace" in answer.text or "video.example" in answer.text] == []
    assert "Film" in seen["/sessions/10"] and "Film" in seen["/presentations/91"]
    assert "For participants" in client.get(f"{BASE}/sessions/10").text
    assert "Film" in ada.get(f"{BASE}/my-sessions").text and "Film" not in ben.get(f"{BASE}/my-sessions").text


def test_staff_put_change_and_take_away_and_two_do_not_overwrite(app, meeting):
    cleo, dov = (
        signed_in(app, "cleo@example.org", roles=("programme",)),
        signed_in(app, "dov@example.org", roles=("door",)),
    )
    fields = {"item": TALK, "title": "Film", "url": URL, "only_for": ["full"], "version": "0"}

    assert cleo.post(DESK, data={**fields, "url": "http://x.example/"}).status_code == 409
    assert cleo.post(DESK, data={**fields, "item": GUIDS["Later"]}).status_code == 422
    assert cleo.post(DESK, data=fields).status_code == 303
    ref = db.session.scalar(select(Recording.ref))
    assert cleo.post(f"{DESK}/{ref}", data={**fields, "title": "New", "version": "1"}).status_code == 303
    assert cleo.post(f"{DESK}/{ref}", data={**fields, "title": "Old", "version": "1"}).status_code == 409
    assert "New" in cleo.get(DESK).text
    assert cleo.get(f"/staff/schedule/T1/sessions/11/recordings/{ref}").status_code == 404
    assert [dov.get(DESK).status_code, dov.post(f"{DESK}/{ref}/end").status_code] == [403, 403]
    assert cleo.post(f"{DESK}/{ref}/end").status_code == 303
    assert cleo.get(f"{DESK}/{ref}").status_code == 404
