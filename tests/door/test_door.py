"""Checking in at the door, as its browser meets it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from conference import audit, door, people, registration
from conference.door.models import CheckIn
from conference.kernel import Refusal, db, transaction
from tests.door.cast import a_meeting, a_registration, at_the_door


@pytest.fixture
def meeting(context):
    return a_meeting()


@pytest.fixture
def dov(context, now):
    """The browser of Dov, who stands at the door."""
    return at_the_door(context, now)


def page(answer):
    return answer.get_data(as_text=True)


def post(client, path, **typed):
    """What the browser shows after posting: it follows the redirect."""
    answer = client.post(path, data=typed)
    return client.get(answer.headers["Location"]) if answer.status_code == 303 else answer


def scan(client, text):
    return post(client, "/door/", q=text)


@pytest.mark.parametrize("role", [None, "registration", "programme"])
def test_the_door_is_for_door_staff_only(context, meeting, now, role):
    assert at_the_door(context, now, "Eve", role).get("/door/").status_code == 403


def test_a_scanned_badge_lets_its_holder_in_once(dov, meeting, now):
    ada = a_registration(meeting, now, "Ada")

    first, again = scan(dov, ada.badge_code), scan(dov, f" {ada.badge_code.lower()} ")

    assert "Checked in" in page(first)
    assert "Already in" in page(again)
    assert "1 of 1 are in" in page(again)
    assert db.session.scalar(select(func.count()).select_from(CheckIn)) == 1


def test_a_reload_after_checking_in_changes_nothing(dov, meeting, now):
    ada = a_registration(meeting, now, "Ada")

    answer = dov.post("/door/", data={"q": ada.badge_code})

    assert answer.status_code == 303
    assert [dov.get(answer.headers["Location"]).status_code for _ in range(2)] == [200, 200]
    assert door.arrived(meeting) == (1, 1)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"until": "draft"}, "never finished"),
        ({"until": "held"}, "payment has not arrived"),
        ({"until": "cancelled"}, "was cancelled"),
        ({"mode": "virtual"}, "take part online"),
    ],
)
def test_who_may_not_come_in_is_stopped_with_the_reason(dov, meeting, now, facts, words):
    ada = a_registration(meeting, now, "Ada", **facts)

    answer = dov.post("/door/", data={"q": ada.badge_code})

    assert answer.status_code == 409
    assert words in page(answer)
    assert "Stop" in page(answer)
    assert door.check_in_of(ada) is None


def test_a_day_ticket_is_stopped_on_another_day(meeting, now):
    ada = a_registration(meeting, now, "Ada", span="2028-05-12")
    thursday = datetime(2028, 5, 12, 3, 59, tzinfo=UTC)  # still 11 May in Baltimore

    with pytest.raises(Refusal, match="day ticket for Friday 12 May"), transaction():
        door.check_in(entry=ada, meeting=meeting, by=ada.person, way="scan", now=thursday)


def test_a_badge_of_another_meeting_is_stopped(dov, meeting, now):
    stranger = a_registration(a_meeting("AM27"), now, "Ada")

    answer = dov.post("/door/?meeting=AM28", data={"q": stranger.badge_code})

    assert answer.status_code == 409
    assert "another meeting: Meeting AM27" in page(answer)


def test_a_code_that_no_badge_has_is_said_to_be_unknown(dov, meeting):
    answer = dov.post("/door/", data={"q": "ACDEFGHJKMNP"})

    assert answer.status_code == 404
    assert "No badge has the code ACDEFGHJKMNP" in page(answer)


def test_a_name_finds_people_and_the_card_lets_them_in(dov, meeting, now):
    ada = a_registration(meeting, now, "Ada", institution="Ulm")
    a_registration(meeting, now, "Adam")

    both, one = scan(dov, "ada"), scan(dov, "ada ulm")
    done = post(dov, f"/door/registrations/{ada.ref}/check-in")

    assert "2 people found" in page(both)
    assert "May come in" in page(one)
    assert "Checked in" in page(done)
    assert db.session.scalar(select(CheckIn.way)) == "search"


def test_looking_somebody_up_does_not_let_them_in(dov, meeting, now):
    ada = a_registration(meeting, now, "Ada")

    scan(dov, "ada")
    dov.get(f"/door/?show={ada.ref}")

    assert door.arrived(meeting) == (0, 1)


def test_undo_takes_the_arrival_back_and_keeps_its_trace(dov, meeting, now):
    ada = a_registration(meeting, now, "Ada")
    scan(dov, ada.badge_code)

    undone = post(dov, f"/door/registrations/{ada.ref}/undo")
    twice = post(dov, f"/door/registrations/{ada.ref}/undo")
    again = scan(dov, ada.badge_code)

    assert "May come in" in page(undone)
    assert "nothing to take back" in page(twice)
    assert "Checked in" in page(again)
    assert [entry.verb for entry in audit.story_of(ada)] == ["checked in", "undid check-in", "checked in"]
    assert db.session.scalar(select(func.count()).select_from(CheckIn)) == 2


def test_a_registration_of_another_meeting_is_not_reached_by_reference(dov, meeting, now):
    stranger = a_registration(a_meeting("AM27"), now, "Ada")

    assert dov.get(f"/door/?meeting=AM28&show={stranger.ref}").status_code == 404
    assert dov.post(f"/door/registrations/{stranger.ref}/check-in?meeting=AM28").status_code == 404
    assert dov.post(f"/door/registrations/{stranger.ref}/undo?meeting=AM28").status_code == 404


@pytest.mark.parametrize("text", ["\x00", "", "   ", "x" * 5000, "%_\\", "<b>{{7*7}}", "\ud800", "1" * 40, "ада мария"])
def test_nothing_typed_breaks_the_door(dov, meeting, text):
    answer = scan(dov, text.encode("utf-8", "surrogatepass"))

    assert answer.status_code == 200
    assert "<b>" not in page(answer)


def test_two_doors_scanning_one_badge_at_once_let_in_once(context, meeting, now):
    ada = a_registration(meeting, now, "Ada")
    code, by_id = ada.badge_code, ada.person_id

    def let_in(_):
        with context.app_context(), transaction():
            entry = registration.by_badge_code(code)
            return door.check_in(entry=entry, meeting=entry.meeting, by=people.by_id(by_id), way="scan", now=now)

    with ThreadPoolExecutor(6) as doors:
        results = list(doors.map(let_in, range(6)))

    db.session.rollback()
    assert sorted(results) == [False] * 5 + [True]
    assert door.arrived(meeting) == (1, 1)


def test_the_door_without_a_meeting_is_not_there(dov):
    assert dov.get("/door/").status_code == 404
    assert dov.get("/door/?meeting=NOSUCH").status_code == 404
