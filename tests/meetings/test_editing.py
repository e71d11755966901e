"""Changing a meeting at the desk: in the venue's time, kept with what stood before, never over somebody else's words."""

from datetime import UTC, datetime

import pytest

from conference import audit, meetings, registration
from conference.kernel import Refusal, db, transaction
from tests.meetings.conftest import EARLY_ENDS, REGULAR_ENDS
from tests.signing_in import signed_in


def saved():
    """The meeting as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return meetings.by_code("AM28")


def facts_of(meeting, **changes):
    names = (
        "title",
        "number",
        "summary",
        "body",
        "timezone",
        "venue",
        "address",
        "city",
        "country",
        "latitude",
        "longitude",
    )
    kept = {name: getattr(meeting, name) for name in names}
    return {
        **kept,
        "starts": "2027-05-11",
        "ends": "2027-05-15",
        "is_public": "y",
        "version": meeting.version,
        **changes,
    }


def dates_of(meeting, **changes):
    rows = {
        "version": meeting.version, "opens_at": "2026-11-02T09:00",
        "windows-0-code": "early", "windows-0-name": "Early bird", "windows-0-last_day": "2027-02-15",
        "windows-1-code": "regular", "windows-1-name": "Regular", "windows-1-last_day": "2027-05-15",
        "windows-2-code": "", "windows-2-name": "", "windows-2-last_day": "",
        "deadlines-0-title": "Abstracts", "deadlines-0-at": "2026-12-10T17:00", "deadlines-0-url": "",
    }  # fmt: skip
    return {**rows, **changes}


def test_facts_change_and_the_front_page_knows_at_once(editor, client, meeting):
    client.get("/")

    response = editor.post(
        "/staff/meetings/AM28", data=facts_of(meeting, title="The Baltimore Meeting", venue="Other Hall")
    )

    assert response.status_code == 303
    assert "The Baltimore Meeting" in client.get("/").text
    entry = audit.story_of(saved())[0]
    assert (entry.before["venue"], entry.after["venue"]) == ("Example Hall", "Other Hall")


def test_dates_are_typed_and_kept_in_the_venues_time(editor, meeting):
    response = editor.post("/staff/meetings/AM28/dates", data=dates_of(meeting))

    found = saved()
    assert response.status_code == 303
    assert found.opens_at == datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
    assert [(each.code, each.name, each.ends_at) for each in found.windows] == [
        ("early", "Early bird", EARLY_ENDS),
        ("regular", "Regular", REGULAR_ENDS),
    ]
    assert meetings.deadlines_of(found)[0].at == datetime(2026, 12, 10, 22, 0, tzinfo=UTC)
    form = editor.get("/staff/meetings/AM28/dates").text
    assert 'value="2027-02-15"' in form and 'value="2026-12-10T17:00"' in form


def test_saving_what_is_shown_changes_no_date(editor, meeting):
    before = [(each.code, each.ends_at) for each in meeting.windows]

    editor.post("/staff/meetings/AM28/dates", data=dates_of(meeting))

    assert [(each.code, each.ends_at) for each in saved().windows] == before


def test_windows_change_places_without_losing_their_prices(meeting, now):
    kept = {each.code: each.id for each in meeting.windows}

    with transaction():
        swapped = [("early", "Early", REGULAR_ENDS), ("regular", "Regular", EARLY_ENDS)]
        meetings.set_dates(meeting, opens_at=None, windows=swapped, deadlines=[], by=None, version=2, now=now)

    found = saved().windows
    assert {each.code: each.id for each in found} == kept
    assert [each.code for each in found] == ["regular", "early"]


def test_a_window_that_has_prices_cannot_be_taken_away(editor, meeting):
    with transaction():
        category = registration.add_category(meeting, code="full", name="Full")
        registration.set_price(category, meeting.windows[0], amount_minor=44000)

    response = editor.post("/staff/meetings/AM28/dates", data=dates_of(meeting, **{"windows-0-code": ""}))

    assert response.status_code == 422 and "Take the prices away first" in response.text
    assert [each.code for each in saved().windows] == ["early", "regular"]


@pytest.mark.parametrize(("path", "form_of"), [("", facts_of), ("/dates", dates_of)])
def test_two_who_save_at_once_see_it(editor, meeting, path, form_of):
    opened = form_of(meeting)
    first = editor.post(f"/staff/meetings/AM28{path}", data={**opened, "title": "One", "windows-0-name": "One"})

    second = editor.post(f"/staff/meetings/AM28{path}", data={**opened, "title": "Two", "windows-0-name": "Two"})

    assert (first.status_code, second.status_code) == (303, 409)
    assert "What stands now" in second.text and "One" in second.text and 'value="Two"' in second.text
    assert saved().version == opened["version"] + 1


@pytest.mark.parametrize(
    ("path", "changes", "words"),
    [
        ("", {"ends": "2027-05-01"}, "The meeting ends before it starts"),
        ("", {"timezone": "Mars/Olympus"}, "There is no such time zone"),
        ("", {"country": "usa"}, "Two capital letters"),
        ("", {"starts": "soon"}, "Not a valid date value"),
        ("/dates", {"windows-0-last_day": ""}, "Finish this window"),
        ("/dates", {"windows-1-last_day": "2027-02-15"}, "Two price windows end on the same day"),
        ("/dates", {"windows-1-code": "early"}, "Two price windows have the same code"),
        ("/dates", {"windows-0-code": "", "windows-1-code": ""}, "at least one price window"),
        ("/dates", {"deadlines-0-at": ""}, "Say when it ends"),
        ("/dates", {"deadlines-0-url": "javascript:alert(1)"}, "Begins with https:// or /"),
        ("/dates", {"windows-0-code": "Ä b"}, "Small letters, digits, hyphens"),
    ],
)
def test_what_cannot_be_is_explained_and_changes_nothing(editor, meeting, path, changes, words):
    form = facts_of(meeting) if path == "" else dates_of(meeting)

    response = editor.post(f"/staff/meetings/AM28{path}", data={**form, **changes})

    assert response.status_code == 422 and words in response.text
    assert saved().version == meeting.version


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_dates_at_the_ends_of_time_break_nothing(editor, client, meeting, year):
    editor.post("/staff/meetings/AM28/dates", data=dates_of(meeting, **{"windows-1-last_day": f"{year}-12-31"}))
    editor.post("/staff/meetings/AM28", data=facts_of(meeting, starts=f"{year}-01-01", ends=f"{year}-12-31"))

    for path in ("/meetings/AM28/", "/meetings/", "/", "/meetings/AM28/meeting.ics"):
        assert client.get(path).status_code == 200


def test_a_stale_version_is_refused(meeting, now):
    with pytest.raises(Refusal), transaction():
        meetings.change(meeting, by=None, version=1, now=now, title="Late")


def test_only_administrators_edit_meetings(context, client, meeting):
    ben = signed_in(context, "ben@example.org", roles=("registration",))
    paths = ("/staff/meetings/", "/staff/meetings/AM28", "/staff/meetings/AM28/dates")

    assert [ben.get(path).status_code for path in paths] == [403] * 3
    assert [client.get(path).status_code for path in paths] == [303] * 3
