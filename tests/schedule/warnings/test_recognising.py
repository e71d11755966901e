"""Saying at the desk who somebody of the programme is, without inviting them."""

import pytest
from sqlalchemy import select

from conference import audit, people, schedule
from conference.kernel import db, transaction
from conference.schedule.models import Contributor
from tests.schedule.warnings.looking import told
from tests.schedule.warnings.test_pages import WARNINGS

BEN = "Ben B. Muster"


@pytest.fixture
def namesakes(crowded, now):
    """Two who are called Ben Muster, and somebody who is not."""
    known = [
        ("ben@example.org", "Ben", "Muster Clinic"),
        ("other@example.org", "Ben", ""),
        ("ada@example.org", "Ada", ""),
    ]
    with transaction():
        return [
            people.enter(now=now, email=email, given_name=given, family_name="Muster", institution=place)
            for email, given, place in known
        ]


def the_key(meeting, kind):
    looked = schedule.warnings.look(meeting, frozenset())
    return next(each.key for each in looked.stand if each.kind == kind and looked.people[each.people[0]].name == BEN)


def test_those_of_the_name_are_offered_without_their_addresses(cleo, crowded, namesakes):
    page = cleo.get(f"{WARNINGS}/{the_key(crowded, 'unknown')}").text

    assert [person.ref in page for person in namesakes] == [True, True, False]
    assert "Ben Muster (Muster Clinic)" in page
    assert "@example.org" not in page.split("</header>")[-1]


def test_who_is_said_to_be_somebody_is_known_from_then_on(cleo, crowded, namesakes):
    ben = namesakes[0]

    answer = cleo.post(f"{WARNINGS}/{the_key(crowded, 'unknown')}/person", data={"person": ben.ref})

    assert answer.status_code == 303
    assert db.session.scalar(select(Contributor.person_id).where(Contributor.name == BEN)) == ben.id
    assert [each[0] for each in told(crowded, frozenset()) if each[1] == [BEN]].count("unregistered") == 1
    assert "unregistered" not in [each[0] for each in told(crowded, frozenset([ben.id])) if each[1] == [BEN]]
    (entry,) = db.session.scalars(select(audit.Entry).where(audit.Entry.verb == "recognised somebody of"))
    assert entry.after == {"contributor": BEN, "person": ben.ref}


def test_nobody_else_can_be_named_and_another_warning_asks_for_nobody(cleo, crowded, namesakes):
    key = the_key(crowded, "unknown")

    answers = [cleo.post(f"{WARNINGS}/{key}/person", data=sent) for sent in ({}, {"person": namesakes[2].ref})]
    room = next(each.key for each in schedule.warnings.look(crowded).stand if each.kind == "room")

    assert [answer.status_code for answer in answers] == [422, 422]
    assert cleo.post(f"{WARNINGS}/{room}/person", data={"person": namesakes[0].ref}).status_code == 404
    assert db.session.scalar(select(Contributor.person_id).where(Contributor.name == BEN)) is None
