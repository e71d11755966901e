"""What a release has changed: kept, read by the public without what is under embargo, compared, told once to whom it concerns."""

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from sqlalchemy import select, update

from conference import jobs, mail, people, schedule
from conference.kernel import db, transaction
from conference.schedule import itineraries, queries, releasing
from conference.schedule.changes import telling
from conference.schedule.models import Contributor, Release, Session
from tests.schedule.conftest import bring, publish
from tests.schedule.programmes import a_program
from tests.signing_in import signed_in

DESK = "/staff/schedule/EX27/releases"
PUBLIC = "/meetings/EX27/schedule/changes"


@pytest.fixture
def cleo(context):
    return signed_in(context, "cleo@example.org", roles=["programme"], given_name="Cleo")


@pytest.fixture
def moved(released, now):
    """A second release, in which the talks are in the hall; the first had no changes."""
    sessions = json.loads(a_program())["sessions"]
    bring(released, a_program(sessions=[{**sessions[0], "roomId": 2, "name": "Lectures"}, sessions[1]]), now)
    publish(released, now)
    return released


def the_release(meeting, number):
    return schedule.changes.kept(meeting, number)


def letters():
    return [
        (letter.to_email, letter.body)
        for letter in db.session.scalars(select(mail.Letter).where(mail.Letter.kind == "programme-release"))
    ]


def known(meeting, name, email, now):
    """Somebody of the programme, recognised."""
    with transaction():
        person = people.enter(now=now, email=email, given_name="Ben", family_name="Muster")
        guid = db.session.scalar(select(Contributor.guid).where(Contributor.name == name))
        schedule.recognise(meeting, guid, person)
    return person


def starring(meeting, now):
    """Ada, who has starred the talks in her account."""
    with transaction():
        ada = people.enter(now=now, email="ada@example.org", given_name="Ada", family_name="Star")
        guid = db.session.scalar(select(Session.guid).where(Session.number == 40))
        itinerary = itineraries.begin(person=ada, now=now)
        itineraries.star(itinerary=itinerary, meeting_id=meeting.id, item=guid, now=now)


def test_a_release_keeps_what_it_has_changed(moved):
    assert the_release(moved, 1)[1] == []
    kinds = {(each.kind, each.title) for each in the_release(moved, 2)[1]}
    assert ("moved", "Lectures") in kinds
    assert ("renamed", "Lectures") in kinds
    assert ("moved", "Capsids") in kinds
    assert ("moved", "Posters") not in kinds


def test_the_public_reads_it_by_day_with_from_and_to(client, moved):
    page = client.get(PUBLIC).get_data(as_text=True)

    assert "From Room 1 to Hall; the time stays." in page
    assert "It was called “Talks”." in page
    assert "Tuesday 11 May 2027" in page
    assert "This is the first release" in client.get(f"{PUBLIC}/1").get_data(as_text=True)
    assert client.get(f"{PUBLIC}/3").status_code == 404


def test_the_feed_has_an_entry_for_each_release_and_answers_304(client, moved):
    answer = client.get(f"{PUBLIC}.atom")

    feed = ElementTree.fromstring(answer.data)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")] == ["Release 2", "Release 1"]
    assert "Hall" in feed.find(f"{atom}entry").findtext(f"{atom}content")
    assert client.get(f"{PUBLIC}.atom", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_rss_tells_the_same_and_answers_304(client, moved):
    answer = client.get(f"{PUBLIC}.rss")

    channel = ElementTree.fromstring(answer.data).find("channel")
    assert answer.content_type == "application/rss+xml; charset=utf-8"
    assert [item.findtext("title") for item in channel.iter("item")] == ["Release 2", "Release 1"]
    assert "Hall" in channel.find("item").findtext("description")
    assert (
        channel.find("item").findtext("guid") == channel.find("item").findtext("link") == f"http://localhost{PUBLIC}/2"
    )
    assert all(parsedate_to_datetime(item.findtext("pubDate")) for item in channel.iter("item"))
    assert client.get(f"{PUBLIC}.rss", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_of_many_releases_a_page_and_a_feed_have_the_newest_twenty(client, moved, now):
    with transaction():
        for number in range(21):
            schedule.release(meeting=moved, url="http://localhost/", now=now, note=f"Note {number}")

    atom = client.get(f"{PUBLIC}.atom").get_data(as_text=True)
    first = client.get(PUBLIC).get_data(as_text=True)
    second = client.get(f"{PUBLIC}?page=2").get_data(as_text=True)

    assert (atom.count("<entry>"), "Note 1<" in atom, "Note 0<" in atom) == (20, True, False)
    assert f'{PUBLIC}/23"' in first and f'{PUBLIC}/3"' not in first
    assert f'{PUBLIC}/3"' in second and f'{PUBLIC}/1"' in second
    assert "Release 2 of the programme" in client.get(f"{PUBLIC}/2").get_data(as_text=True)


def test_any_two_releases_are_compared(cleo, moved, now):
    with transaction():
        schedule.go_back(meeting=moved, to=queries.release_numbered(moved, 1), url="http://localhost/", now=now)

    assert "Nothing differs" in cleo.get(f"{DESK}/3?with=1").get_data(as_text=True)
    assert "From Room 1 to Hall" in cleo.get(f"{DESK}/2?with=3").get_data(as_text=True)
    assert "From Hall to Room 1" in cleo.get(f"{DESK}/3").get_data(as_text=True)
    assert cleo.get(f"{DESK}/9").status_code == 404


def test_a_chair_is_told_once(cleo, moved, now):
    known(moved, "Ben B. Muster", "ben@example.org", now)

    answers = [cleo.post(f"{DESK}/2/letters") for _ in range(2)]
    page = cleo.get(f"{DESK}/2")

    assert ([each.status_code for each in answers], letters()) == ([303, 303], [])
    assert ("1 person is still to be told" in page.text, page.headers["Refresh"]) == (True, "5")
    assert (jobs.run(telling.JOB), jobs.run(telling.JOB)) == (1, 0)
    db.session.expire_all()
    assert "Refresh" not in cleo.get(f"{DESK}/2").headers
    cleo.post(f"{DESK}/2/letters")
    assert jobs.run(telling.JOB) == 0
    ((address, body),) = letters()
    assert address == "ben@example.org"
    assert "Lectures – Moved: From Room 1 to Hall; the time stays." in body


def test_letters_that_a_killed_worker_left_are_written_and_no_other_twice(cleo, moved, now):
    known(moved, "Ben B. Muster", "ben@example.org", now)
    cleo.post(f"{DESK}/2/letters")
    jobs.run(telling.JOB)
    starring(moved, now)
    with transaction():  # as if the round had not come to its end
        db.session.execute(update(Release).where(Release.number == 2).values(telling_since=now))

    assert jobs.run(telling.JOB) == 1
    assert sorted(address for address, _body in letters()) == ["ada@example.org", "ben@example.org"]


def test_who_has_starred_it_in_an_account_is_told(cleo, moved, now):
    starring(moved, now)

    cleo.post(f"{DESK}/2/letters")
    jobs.run(telling.JOB)

    ((address, body),) = letters()
    assert address == "ada@example.org"
    assert "Lectures" in body
    assert "Capsids" not in body


def test_nobody_is_told_unless_staff_choose_it(moved, now):
    known(moved, "Ben B. Muster", "ben@example.org", now)

    assert letters() == []
    assert len(schedule.changes.concerned(moved, releasing.current(moved), datetime.now(UTC))) == 1


def test_others_are_kept_out(context, moved):
    dov = signed_in(context, "dov@example.org", roles=["finance"])

    assert dov.get(f"{DESK}/2").status_code == 403
    assert dov.post(f"{DESK}/2/letters").status_code == 403
