"""Badges at the desk, as its browser meets them."""

from pathlib import Path

import pymupdf
import pytest
from sqlalchemy import event

from conference import jobs, people
from conference.badges import actions, queries
from conference.badges.models import Run
from conference.kernel import clock, db, transaction
from tests.badges.cast import a_badge_meeting, registered
from tests.signing_in import signed_in


@pytest.fixture
def meeting(context, now):
    return a_badge_meeting(now)


@pytest.fixture
def cleo(context, meeting):
    """The browser of Cleo of the registration desk."""
    return signed_in(context, "cleo@example.org", roles=["registration"], given_name="Cleo")


def text_of(answer):
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("roles", "status"), [(["registration"], 200), (["door"], 200), (["programme"], 403), (["finance"], 403), ([], 403)]
)
def test_badges_are_for_the_registration_desk_and_the_door(context, meeting, now, roles, status):
    entry = registered(meeting, now, "Ada")
    client = signed_in(context, "eve@example.org", roles=roles)

    addresses = [f"/staff/badges/{meeting.code}", f"/staff/badges/{entry.ref}.pdf"]

    assert [client.get(address).status_code for address in addresses] == [status, status]
    assert client.post(f"/staff/badges/{entry.ref}").status_code == (303 if status == 200 else 403)


def test_the_list_counts_and_filters(cleo, meeting, now):
    registered(meeting, now, "Ada", family_name="Lovelace")
    registered(meeting, now, "Ben", family_name="Baker")
    registered(meeting, now, "Vic", mode="virtual")

    everybody = text_of(cleo.get("/staff/badges/T1"))
    one = text_of(cleo.get("/staff/badges/t1?q=lovel&category=full&since=2026-01-01&printed=never"))

    assert "Lovelace" in everybody and "Baker" in everybody and "Vic" not in everybody
    assert "1 person takes part virtually" in everybody
    assert "Make one file of these 2 badges" in everybody
    assert "Lovelace" in one and "Baker" not in one


@pytest.mark.parametrize(
    "query",
    [
        "printed=x",
        "since=yesterday",
        "since=0001-01-01",
        "category=%00",
        "q=%F0%9F%A7%AC",
        "page=99999",
        "since=9999-12-31",
    ],
)
def test_nonsense_in_the_address_is_left_out(cleo, meeting, now, query):
    registered(meeting, now, "Ada")

    assert cleo.get(f"/staff/badges/T1?{query}").status_code == 200


def test_a_file_is_ordered_made_and_downloaded(cleo, meeting, now):
    registered(meeting, now, "Ada", family_name="Lovelace")
    registered(meeting, now, "Ben", family_name="Baker")

    ordered = cleo.post("/staff/badges/T1/runs", data={"q": "lovelace"})
    waiting = cleo.get(ordered.headers["Location"])
    jobs.run("prints")
    done = cleo.get(ordered.headers["Location"])
    file = cleo.get(ordered.headers["Location"] + ".pdf")

    assert ordered.status_code == 303
    assert "wait for the printer" in text_of(waiting) and waiting.headers["Refresh"] == "2"
    assert "Download 1 badge" in text_of(done) and "Refresh" not in done.headers
    with pymupdf.open(stream=file.data) as document:
        assert ["Lovelace" in page.get_text() for page in document] == [True]
    assert file.headers["Content-Disposition"].startswith("attachment; filename=badges-T1-")
    assert "Download" in text_of(cleo.get("/staff/badges/T1"))


def test_how_far_a_run_is_can_be_seen(cleo, meeting, now):
    registered(meeting, now, "Ada")
    registered(meeting, now, "Ben")
    address = cleo.post("/staff/badges/T1/runs").headers["Location"]
    with transaction():
        run = actions.take_up(now=clock.now())
    with transaction():
        actions.advance(run, done=1, now=clock.now())

    page = cleo.get(address)

    assert "Badges are being made" in text_of(page) and "1 of 2" in text_of(page)
    assert page.headers["Refresh"] == "2"
    assert "1 of 2" in text_of(cleo.get("/staff/badges/T1"))


def test_a_failed_run_is_tried_again_and_no_other(cleo, meeting, now):
    registered(meeting, now, "Ada")
    address = cleo.post("/staff/badges/T1/runs").headers["Location"]
    assert cleo.post(f"{address}/again").status_code == 409
    with transaction():
        run = actions.take_up(now=clock.now())
    with transaction():
        actions.fail(run, failure="The disk is full", now=clock.now())

    failed = text_of(cleo.get(address))
    again = cleo.post(f"{address}/again")

    assert "The disk is full" in failed and "Try again" in failed
    assert again.status_code == 303
    assert "wait for the printer" in text_of(cleo.get(address))


def test_ordering_a_file_of_nobody_says_so(cleo, meeting):
    answer = cleo.post("/staff/badges/T1/runs", data={"q": "nobody"})

    assert answer.status_code == 409
    assert "nobody matches" in text_of(answer)
    assert db.session.query(Run).count() == 0


def test_a_file_that_is_not_ready_or_of_another_meeting_is_not_found(cleo, meeting, now):
    registered(meeting, now, "Ada")
    a_badge_meeting(now, code="T2")
    address = cleo.post("/staff/badges/T1/runs").headers["Location"]

    assert cleo.get(address + ".pdf").status_code == 404
    jobs.run("prints")
    assert cleo.get(address + ".pdf").status_code == 200
    assert cleo.get(address.replace("T1", "T2") + ".pdf").status_code == 404


def test_a_removed_file_says_how_to_get_it_again(cleo, meeting, now, context):
    registered(meeting, now, "Ada")
    address = cleo.post("/staff/badges/T1/runs").headers["Location"]
    jobs.run("prints")
    for path in (Path(context.instance_path) / "prints").glob("*.pdf"):
        path.unlink()

    assert cleo.get(address + ".pdf").status_code == 404
    assert "The file has been removed" in text_of(cleo.get(address))


def test_printing_one_badge_keeps_that_it_was_printed(cleo, meeting, now):
    ada = registered(meeting, now, "Ada", degrees="PhD")

    printed = cleo.post(f"/staff/badges/{ada.ref}")
    with transaction():
        people.update(people.by_id(ada.person_id), by=None, now=now, degrees="MD")
    as_it_was = cleo.get(printed.headers["Location"])
    as_it_is = cleo.get(f"/staff/badges/{ada.ref}.pdf")

    texts = [pymupdf.open(stream=answer.data)[0].get_text() for answer in (as_it_was, as_it_is)]
    assert [("PhD" in text, "MD" in text) for text in texts] == [(True, False), (False, True)]
    [one] = queries.prints_of(ada)
    assert (one.by.given_name, one.run_id, one.snapshot.version) == ("Cleo", None, 1)
    assert "Reprint" in text_of(cleo.get("/staff/badges/T1"))


def test_looking_at_a_badge_does_not_count_as_printing(cleo, meeting, now):
    ada = registered(meeting, now, "Ada")

    cleo.get(f"/staff/badges/{ada.ref}.pdf")

    assert queries.prints_of(ada) == []


@pytest.mark.parametrize("version", ["0", "7", "x", "-1", "99999999999999999999", "²"])
def test_a_version_that_never_was_is_not_found(cleo, meeting, now, version):
    ada = registered(meeting, now, "Ada")

    assert cleo.get(f"/staff/badges/{ada.ref}.pdf", query_string={"version": version}).status_code == 404


@pytest.mark.parametrize("facts", [{"until": "draft"}, {"until": "held"}, {"until": "cancelled"}, {"mode": "virtual"}])
def test_without_a_badge_nothing_is_printed(cleo, meeting, now, facts):
    ada = registered(meeting, now, "Ada", **facts)

    assert cleo.get(f"/staff/badges/{ada.ref}.pdf").status_code == 404
    assert cleo.post(f"/staff/badges/{ada.ref}").status_code == 404


def test_the_list_asks_no_more_as_it_grows(cleo, meeting, now):
    asked = []
    for number in range(2):
        registered(meeting, now, f"Person{number}")
    cleo.get("/staff/badges/T1")
    event.listen(db.engine, "before_cursor_execute", lambda *facts: asked.append(facts[2]))
    cleo.get("/staff/badges/T1")
    few = len(asked)
    for number in range(2, 12):
        registered(meeting, now, f"Person{number}")
    asked.clear()

    cleo.get("/staff/badges/T1")

    assert len(asked) == few
