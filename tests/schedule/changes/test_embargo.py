"""What has changed of something under embargo is read by nobody before its time, wherever it could stand."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from conference import jobs, mail, people, schedule
from conference.kernel import db, transaction
from conference.schedule import itineraries, releasing
from conference.schedule.changes import telling
from conference.schedule.formats import programme as values
from conference.schedule.formats import write_nested
from tests.schedule.conftest import bring, publish
from tests.schedule.test_embargo import GUIDS, NOTIFIED, a_programme

CANARIES = ("Xanthophyll", "Wolframite", "Quillfeather")
PUBLIC = "/meetings/EX27/schedule/changes"
PATHS = (PUBLIC, f"{PUBLIC}/2", f"{PUBLIC}/3", f"{PUBLIC}.atom")
HELD = (values.EmbargoRule("listing", "instant", at=NOTIFIED),)


@pytest.fixture
def renamed(meeting, now):
    """Two releases: in the second, what is under embargo has another title, and has moved with its session."""
    first = a_programme(rules=HELD)
    abstract = replace(first.abstracts[0], title="Wolframite in capsids")
    (session,) = first.sessions
    talk = values.presenting(session.presentations[0], abstract)
    later = replace(session, room="Aula", presentations=(talk, *session.presentations[1:]))
    for programme in (first, replace(first, abstracts=(abstract,), sessions=(later,))):
        bring(meeting, write_nested(programme), now)
        publish(meeting, now)
    return meeting


def words_in(client):
    """The canaries that anything public holds."""
    pages = [client.get(path) for path in PATHS]
    return {word for word in CANARIES for page in pages if word in page.get_data(as_text=True)}


def test_titles_before_and_after_open_at_their_moment_without_a_new_release(client, renamed):
    with time_machine.travel(NOTIFIED - timedelta(seconds=1), tick=False):
        before, session = words_in(client), client.get(PUBLIC).get_data(as_text=True)
    with time_machine.travel(NOTIFIED + timedelta(seconds=2), tick=False):
        after = words_in(client)

    assert before == set()
    assert "From Hall to Aula" in session
    assert {"Xanthophyll", "Wolframite"} <= after


def test_what_was_withdrawn_before_its_time_is_told_to_nobody_also_later(client, renamed, now):
    bare = a_programme(rules=HELD)
    (session,) = bare.sessions
    left = replace(bare, abstracts=(), sessions=(replace(session, presentations=session.presentations[1:]),))
    bring(renamed, write_nested(left), now)
    publish(renamed, now)

    with time_machine.travel(NOTIFIED + timedelta(days=30), tick=False):
        assert words_in(client) & {"Xanthophyll", "Wolframite"} == set()


def test_a_letter_to_who_has_starred_it_names_nothing_that_is_closed(renamed, now):
    with transaction():
        ada = people.enter(now=now, email="ada@example.org", given_name="Ada", family_name="Star")
        itinerary = itineraries.begin(person=ada, now=now)
        for guid in (GUIDS[5], GUIDS[13]):
            itineraries.star(itinerary=itinerary, meeting_id=renamed.id, item=guid, now=now)
    with transaction():
        schedule.changes.begin(releasing.current(renamed), by=None, now=now)
    assert jobs.run(telling.JOB) == 1

    (letter,) = db.session.scalars(db.select(mail.Letter).where(mail.Letter.kind == "programme-release"))

    assert "From Hall to Aula" in letter.body
    assert not [word for word in CANARIES if word in letter.body]
