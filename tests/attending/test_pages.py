"""Signing up on pages: what the public sees, what is somebody's own, what staff do."""

from datetime import timedelta

import pytest

from conference import attending
from conference.attending.signups import queries
from conference.kernel import Refusal, clock, db
from tests.attending.conftest import BASE, GUIDS, STARTS, hands, needs_sign_up, registered, sign_up
from tests.conftest import browser
from tests.signing_in import account_of, browser_of, signed_in

PAGE = f"{BASE}/sessions/10"
DESK = "/staff/schedule/T1/sessions/10/sign-up"


@pytest.fixture
def ada(app, meeting, now):
    """Ada's browser; she is registered."""
    account = account_of("ada@example.org", given_name="Ada", family_name="Demo", country="US", institution="X")
    registered(meeting, "Ada", now, person=account.person)
    return browser_of(app, account)


@pytest.fixture
def cleo(app, meeting):
    """Staff for the programme."""
    return signed_in(app, "cleo@example.org", roles=("programme",))


def test_the_public_sees_places_hours_and_that_it_is_full(client, meeting, now):
    needs_sign_up(meeting, places=30)
    assert "30 of 30 places left" in client.get(PAGE).text
    assert "Sign in to sign up" in browser(client.application).get(f"{PAGE}?fresh=1").text

    needs_sign_up(meeting, places=30, closes_at=STARTS - timedelta(days=1), only_for=["full"])
    page = client.get(f"{PAGE}?fresh=1b").text
    assert "Sign-up closes on Mon 10 May 2027, 10:00 (Baltimore, EDT)" in page and "<bdi>Full</bdi>" in page

    needs_sign_up(meeting, places=30, opens_at=clock.now() + timedelta(days=1))
    assert "Sign-up opens on" in client.get(f"{PAGE}?fresh=2").text

    needs_sign_up(meeting, places=0)
    assert "Full; 0 people wait" in client.get(f"{PAGE}?fresh=3").text


def test_somebody_signs_up_and_gives_back_on_the_page(ada, meeting):
    needs_sign_up(meeting, places=1)

    answer = ada.post(f"{PAGE}/sign-up")
    page, mine = ada.get(PAGE).text, ada.get(f"{BASE}/my-sessions").text
    assert (answer.status_code, answer.location) == (303, f"{PAGE}#sign-up")
    assert "You have a place." in page
    assert "Hands on" in mine and "Give the place back" in mine
    assert ada.get(f"{BASE}/stars.json").json["starred"] == [10]

    ada.post(f"{PAGE}/sign-up/end"), ada.post(f"{PAGE}/sign-up/end")
    assert hands(meeting) == (0, 0, [])
    assert "1 of 1 place left" in ada.get(PAGE).text


def test_what_is_somebodys_own_is_in_no_page_that_is_kept_for_others(ada, meeting):
    needs_sign_up(meeting)
    ada.post(f"{PAGE}/sign-up")

    ada.get(PAGE)
    other = browser(ada.application).get(PAGE)

    assert "1 of 2 places left" in other.text
    assert "You have a place" not in other.text
    assert "Give the place back" not in other.text


def test_strangers_and_the_unregistered_are_shut_out(app, client, meeting):
    needs_sign_up(meeting)
    ben = signed_in(app, "ben@example.org")

    answers = [client.post(f"{PAGE}/sign-up"), ben.post(f"{PAGE}/sign-up"), ben.post(f"{PAGE}/sign-up/end")]
    none = [ben.post(f"{BASE}/sessions/12/sign-up"), ben.post(f"{BASE}/sessions/99/sign-up")]

    assert [each.status_code for each in (*answers, *none)] == [403, 409, 404, 404, 404]
    assert client.get(f"{BASE}/my-sessions").status_code == 303
    assert "Only who is registered" in ben.get(PAGE).text
    assert [ben.get(DESK).status_code, ben.get(f"{DESK}.csv").status_code] == [403, 403]


def test_staff_set_terms_add_take_out_export_and_print(cleo, ada, meeting, now):
    fields = {"places": "1", "has_list": "y", "only_for": ["full"], "closes_at": "2027-05-10T12:00", "version": "0"}
    assert cleo.post(DESK, data=fields).status_code == 303
    ada.post(f"{PAGE}/sign-up")
    ben = registered(meeting, "Ben", now)
    sign_up(meeting, ben, now)

    row = queries.of_item(meeting.id, GUIDS["Hands on"])
    seat = queries.seat_in(row, ben).id
    page = cleo.get(DESK).text
    assert "in line: 1" in page and "Ada Demo" in page
    assert cleo.post(f"{DESK}/people", data={"email": "ben@example.org", "reason": "VIP"}).status_code == 409
    assert cleo.post(f"{DESK}/people", data={"email": "", "reason": ""}).status_code == 422
    assert cleo.post(f"{DESK}/people/{seat}/out", data={"reason": ""}).status_code == 409
    assert cleo.post(f"{DESK}/people/{seat}/out", data={"reason": "Sorry"}).status_code == 303
    assert cleo.post(f"{DESK}/people/{seat}/out", data={"reason": "Sorry"}).status_code == 404
    assert cleo.post(DESK, data={**fields, "places": "0", "version": "1"}).status_code == 409
    assert hands(meeting) == (1, 0, ["taken"])

    csv = cleo.get(f"{DESK}.csv").text
    assert "ada@example.org" in csv and "ben@example.org" not in csv
    assert cleo.get("/staff/schedule/T1/sessions/10/door-list.pdf").data[:5] == b"%PDF-"
    assert "Hands on" in cleo.get("/staff/schedule/T1/attending?show=sign-up&sort=-left").text


def test_the_door_ticks_off_and_sees_nothing_else(app, ada, meeting):
    needs_sign_up(meeting)
    ada.post(f"{PAGE}/sign-up")
    dov = signed_in(app, "dov@example.org", roles=("door",))
    seat = db.session.query(attending.signups.models.Seat).one().id
    door = "/staff/schedule/T1/sessions/10"

    assert dov.post(f"{door}/sign-up/people/{seat}/came", data={"came": "1"}).status_code == 303
    assert "1 of 1 have come" in dov.get(f"{door}/door").text
    dov.post(f"{door}/sign-up/people/{seat}/came", data={"came": "0"})
    assert "0 of 1 have come" in dov.get(f"{door}/door").text
    assert [dov.get(DESK).status_code, dov.post(f"{DESK}/people").status_code] == [403, 403]


def test_two_editors_of_the_terms_do_not_overwrite_each_other(cleo, meeting):
    needs_sign_up(meeting, places=5)
    cleo.post(DESK, data={"places": "6", "version": "1"})

    late = cleo.post(DESK, data={"places": "9", "version": "1"})

    assert late.status_code == 409
    assert queries.of_item(meeting.id, GUIDS["Hands on"]).places == 6


def test_years_out_of_reach_and_terms_of_a_sign_up_that_has_ended_are_refused(cleo, ada, meeting):
    row = needs_sign_up(meeting)
    years = [
        cleo.post(DESK, data={"places": "6", "version": "1", "opens_at": f"{year}-01-01T00:00"})
        for year in ("0001", "9999")
    ]
    assert [each.status_code for each in years] == [422, 422]

    assert cleo.post(f"{DESK}/end").status_code == 303
    assert cleo.post(DESK, data={"places": "6", "version": "1"}).status_code == 409
    with pytest.raises(Refusal, match="changed meanwhile"):
        queries.lock(row.id)
