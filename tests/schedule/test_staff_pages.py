"""The programme at the desk: files are checked first, changes are told, releases go out and back."""

import io
import re
from datetime import UTC, datetime

import pytest

from conference import audit
from conference.kernel import db, transaction
from conference.schedule import draft, queries, roles
from conference.schedule.models import EmbargoRule
from tests.schedule.programmes import a_program, a_schedule_xml
from tests.signing_in import signed_in

DESK = "/staff/schedule/EX27"
OPENS = datetime(2027, 5, 10, 10, tzinfo=UTC)


@pytest.fixture
def cleo(context):
    return signed_in(context, "cleo@example.org", roles=["programme"], given_name="Cleo")


def upload(client, content, name="schedule.xml"):
    return client.post(f"{DESK}/upload", data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def session_form(**known):
    usual = {
        "title": "Talks",
        "room": "Room 1",
        "starts": "2027-05-11T09:00",
        "ends": "2027-05-11T10:00",
        "chairs": "Ben B. Muster",
        "version": "1",
    }
    return {**usual, **known}


PAGES = [
    "",
    "/upload",
    "/release",
    "/sessions/40",
    "?q=talk&day=2027-05-11&room=1",
    "?q=nothing",
    "?day=never&room=9999999999",
]


@pytest.mark.parametrize("path", PAGES)
def test_the_desk_opens(cleo, released, path):
    answer = cleo.get(DESK + path)

    assert answer.status_code == 200
    assert answer.get_data(as_text=True).count("<h1") == 1


@pytest.mark.parametrize("path", PAGES)
def test_others_are_kept_out(context, released, path):
    dov = signed_in(context, "dov@example.org", roles=["finance"])

    assert dov.get(DESK + path).status_code == 403


def test_a_file_is_checked_and_nothing_changes(cleo, meeting):
    checked = upload(cleo, a_program())

    page = cleo.get(checked.headers["Location"]).get_data(as_text=True)
    assert checked.status_code == 303
    assert "Checked: schedule.xml" in page
    assert "it has no time: Coffee" in page
    assert draft.load(meeting).sessions == ()


def test_a_checked_file_is_imported_once(cleo, meeting):
    place = upload(cleo, a_program()).headers["Location"]

    first, second = cleo.post(place), cleo.post(place)

    assert (first.status_code, second.status_code) == (303, 409)
    assert len(draft.load(meeting).sessions) == 2
    assert "Imported: schedule.xml" in cleo.get(place).get_data(as_text=True)
    assert [entry.actor_name for entry in audit.story_of(meeting)] == ["Cleo"]


@pytest.mark.parametrize("content", [b"", b"{}", b"<html/>", b"\x00\xff" * 50])
def test_a_file_that_is_none_is_refused_at_its_field(cleo, meeting, content):
    answer = upload(cleo, content)

    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#file"' in html
    assert 'id="file-error"' in html


def test_no_file_at_all_is_refused_in_words(cleo, meeting):
    answer = cleo.post(f"{DESK}/upload")

    assert answer.status_code == 422
    assert "Choose a file" in answer.get_data(as_text=True)


def test_a_session_is_changed_in_the_draft_and_the_story_tells(cleo, released):
    answer = cleo.post(
        f"{DESK}/sessions/40",
        data=session_form(
            title="Keynotes",
            room="Aula",
            starts="2027-05-12T01:00",
            ends="2027-05-12T02:00",
            chairs="Ada Example\nNew Name\n",
        ),
    )

    assert answer.status_code == 303
    db.session.expire_all()
    row = queries.session_numbered(released, 40)
    assert (row.title, row.room.name, row.day.isoformat()) == ("Keynotes", "Aula", "2027-05-11")
    assert row.starts_at.isoformat() == "2027-05-12T06:00:00+00:00"
    assert roles.names_by_role(row)["chair"] == ["Ada Example", "New Name"]
    (entry,) = audit.story_of(row)
    assert (entry.before["title"], entry.after["title"]) == ("Talks", "Keynotes")
    assert "Keynotes" not in cleo.get("/meetings/EX27/schedule/2027-05-11").get_data(as_text=True)


def test_saving_without_a_change_tells_nothing(cleo, released):
    cleo.post(f"{DESK}/sessions/40", data=session_form())

    assert audit.story_of(queries.session_numbered(released, 40)) == []


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"starts": "soon"}, "starts"),
        ({"starts": "0001-01-01T00:00"}, "starts"),
        ({"ends": "2027-05-11T08:00"}, "ends"),
        ({"ends": "9999-12-31T23:59"}, "ends"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(cleo, released, known, field):
    answer = cleo.post(f"{DESK}/sessions/40", data=session_form(room="Kept room", **known))

    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'href="#{field}"' in html
    assert 'value="Kept room"' in html
    assert queries.session_numbered(released, 40).title == "Talks"


def test_talks_are_put_in_order(cleo, released):
    cleo.post(f"{DESK}/sessions/40/order", data={"place-31": "2", "place-30": "1", "place-99": "x", "version": "1"})

    db.session.expire_all()
    assert [talk.number for talk in queries.session_numbered(released, 40).presentations] == [30, 31]


@pytest.mark.parametrize("place", ["", "x", "-1", "99999999999", "\x00"])
def test_places_that_are_none_change_nothing(cleo, released, place):
    assert cleo.post(f"{DESK}/sessions/40/order", data={"place-31": place, "version": "1"}).status_code == 303
    db.session.expire_all()
    assert [talk.number for talk in queries.session_numbered(released, 40).presentations] == [31, 30]


def test_a_release_is_reviewed_and_goes_out(cleo, released):
    cleo.post(f"{DESK}/sessions/40", data=session_form(title="Keynotes"))
    page = re.sub(r"<[^>]+>", " ", cleo.get(f"{DESK}/release").get_data(as_text=True))
    assert re.search(r"Renamed\s+1\s", page)
    assert "It was called “Talks”." in page

    cleo.post(f"{DESK}/release", data={"note": "Keynotes are in"})

    page = cleo.get("/meetings/EX27/schedule").get_data(as_text=True)
    assert "Keynotes are in" in page
    assert "sees exactly this draft" in cleo.get(f"{DESK}/release").get_data(as_text=True)


def test_a_rule_of_embargo_alone_is_released_too(cleo, released):
    with transaction():
        rule = EmbargoRule(meeting_id=released.id, part="text", kind="", anchor="instant", at=OPENS)
        db.session.add(rule)
    assert "something behind them" in cleo.get(f"{DESK}/release").get_data(as_text=True)
    cleo.post(f"{DESK}/release")

    with transaction():
        db.session.delete(db.session.get(EmbargoRule, rule.id))
    page = cleo.get(f"{DESK}/release").get_data(as_text=True)
    assert "something would be public earlier than the current release says" in page
    assert "Release these changes" in page


def test_an_empty_draft_is_not_released(cleo, meeting):
    assert cleo.post(f"{DESK}/release").status_code == 409
    assert "nothing to release" in cleo.get(f"{DESK}/release").get_data(as_text=True)


def test_the_desk_goes_back_to_an_earlier_release(cleo, released):
    cleo.post(f"{DESK}/sessions/40", data=session_form(title="Keynotes"))
    cleo.post(f"{DESK}/release")
    assert "Keynotes" in cleo.get("/meetings/EX27/schedule/2027-05-11").get_data(as_text=True)

    answer = cleo.post(f"{DESK}/releases/1/public")

    assert answer.headers["Location"] == f"{DESK}#release-3"
    assert "Keynotes" not in cleo.get("/meetings/EX27/schedule/2027-05-11").get_data(as_text=True)
    assert cleo.post(f"{DESK}/releases/99/public").status_code == 404


def test_an_import_after_a_change_by_hand_wins_and_says_so(cleo, released):
    cleo.post(f"{DESK}/sessions/40", data=session_form(title="Keynotes"))

    place = upload(cleo, a_program()).headers["Location"]

    assert re.search(r"Changed</dt>\s*<dd>(<bdi>)?1", cleo.get(place).get_data(as_text=True))


def test_a_file_of_another_meeting_is_not_found(cleo, released):
    place = upload(cleo, a_schedule_xml()).headers["Location"]

    assert cleo.get(place.replace("EX27", "OTHER")).status_code == 404
