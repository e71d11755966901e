"""Whom a release concerns as people: also what is newly theirs, which nobody else is told of."""

import json

import pytest
from sqlalchemy import select

from conference import people, schedule
from conference.kernel import db, transaction
from conference.schedule import itineraries
from conference.schedule.models import Presentation, Session
from tests.schedule.changes.test_releases import known, starring, the_release
from tests.schedule.conftest import bring, publish
from tests.schedule.programmes import AUTHORS, a_program


def told(meeting, number, now):
    """{address: [(kind, title)]} of whom a release concerns."""
    release, _found = the_release(meeting, number)
    found = schedule.changes.concerned(meeting, release, now)
    return {
        db.session.get(people.Person, key).email: sorted((each.kind, each.title) for each in changes)
        for key, changes in found.items()
    }


def program_with(**changes):
    """The usual programme; `changes` are those of the poster session."""
    talks, posters = json.loads(a_program())["sessions"]
    return a_program(sessions=[talks, {**posters, **changes}])


def test_a_chair_is_told_of_becoming_one_and_nobody_who_has_starred_it(released, now):
    known(released, "Ben B. Muster", "ben@example.org", now)
    starring(released, now)
    with transaction():
        ada = db.session.scalar(select(people.Person).where(people.Person.email == "ada@example.org"))
        posters = db.session.scalar(select(Session.guid).where(Session.number == 41))
        itineraries.star(itinerary=itineraries.of(person=ada), meeting_id=released.id, item=posters, now=now)

    bring(released, program_with(chairIds=[21]), now)
    publish(released, now)

    assert told(released, 2, now) == {"ben@example.org": [("authors", "Posters")]}


@pytest.mark.parametrize("first", [True, False])
def test_who_presents_is_told_of_being_placed_unless_it_is_the_first_release(meeting, now, first):
    paper = {"id": 31, "typeId": 4, "trackId": 3, "title": "Vectors", "abstract": "", "authors": AUTHORS[1:]}
    contents = [*json.loads(a_program())["contents"][:1], paper]
    talks, posters = json.loads(a_program())["sessions"]
    if not first:
        bring(meeting, a_program(sessions=[posters]), now)
        publish(meeting, now)
    bring(meeting, a_program(contents=contents, sessions=[{**talks, "chairIds": []}, posters]), now)
    with transaction():
        talk = db.session.scalars(select(Presentation).where(Presentation.title == "Vectors")).one()
        for author in talk.authors:
            author.presenting = True
    known(meeting, "Ben B. Muster", "ben@example.org", now)
    publish(meeting, now)

    expected = {} if first else {"ben@example.org": [("new", "Vectors")]}
    assert told(meeting, 1 if first else 2, now) == expected
