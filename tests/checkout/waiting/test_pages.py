"""The pages of those who wait: join, take, leave; once each, and only one's own."""

import pytest
from sqlalchemy import func, select

from conference import checkout, registration
from conference.kernel import db, transaction
from conference.registration.waiting import Wait
from tests.checkout.waiting.acting import give_back, in_step, places, states, sweep
from tests.signing_in import signed_in

LISTS = "/meetings/T1/register/waiting"


@pytest.fixture
def as_dov(context, people, adas):
    return signed_in(context, people[3].email)


@pytest.fixture
def offered(adas, line, now, monkeypatch):
    """What Ben is offered."""
    give_back(adas, now)
    sweep(monkeypatch, now)
    return line[0]


def how_many():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Wait))


def test_joining_twice_is_one_wait_and_the_page_says_how_many_are_ahead(as_dov, line):
    assert "2 people wait" in as_dov.get(LISTS).text

    first, second = (as_dov.post(LISTS, data={"what": "category-full"}) for _ in range(2))

    assert (first.status_code, second.location, how_many()) == (303, first.location, 3)
    assert "2 people are ahead of you" in as_dov.get(first.location).text
    assert in_step()


@pytest.mark.parametrize("what", ["", "category-none", "add-on-full", "category-full'--", "x" * 5000])
def test_what_has_no_list_cannot_be_waited_for(as_dov, what):
    answer = as_dov.post(LISTS, data={"what": what})

    assert (answer.status_code, how_many()) == (409, 0)
    assert "There is no waiting list for this" in answer.text


def test_taking_leads_on_into_registering_with_the_choice_made(context, people, offered):
    ben = signed_in(context, people[1].email)
    assert "Kept for you until" in ben.get(f"/waiting/{offered.ref}").text

    answer = ben.post(f"/waiting/{offered.ref}/take")

    assert answer.status_code == 303 and "/meetings/T1/register/" in answer.location
    assert registration.registration_in(offered.meeting, people[1]).category.code == "full"
    assert (states()[offered.id], places()) == ("offered", ["offered"])


def test_taking_again_after_it_was_ordered_leads_to_that_order(context, people, offered, now):
    ben = signed_in(context, people[1].email)
    ben.post(f"/waiting/{offered.ref}/take")
    draft = registration.registration_in(offered.meeting, people[1])
    with transaction():
        registration.answer(draft, answers={}, conduct_code=None, now=now)
        order = checkout.place(draft=draft, meeting=offered.meeting, person=people[1], now=now)

    again = ben.post(f"/waiting/{offered.ref}/take")

    assert (again.status_code, again.location) == (303, f"/orders/{order.ref}")
    assert states()[offered.id] == "accepted"


def test_what_is_not_offered_cannot_be_taken(context, people, line):
    answer = signed_in(context, people[1].email).post(f"/waiting/{line[0].ref}/take")

    assert (answer.status_code, states()[line[0].id]) == (409, "waiting")


def test_declining_gives_the_place_to_the_next(context, people, offered, line, now, monkeypatch):
    ben = signed_in(context, people[1].email)

    answers = [ben.post(f"/waiting/{offered.ref}/leave").status_code for _ in range(2)]
    sweep(monkeypatch, now)

    assert answers == [303, 409]
    assert list(states().values()) == ["declined", "offered"]
    assert in_step()


def test_leaving_is_the_end_of_the_wait(context, people, line):
    answer = signed_in(context, people[2].email).post(f"/waiting/{line[1].ref}/leave")

    assert (answer.status_code, list(states().values())) == (303, ["waiting", "left"])
    assert in_step()


@pytest.mark.parametrize("verb", ["take", "leave"])
def test_nobody_acts_for_somebody_else(as_dov, offered, verb):
    answer = as_dov.post(f"/waiting/{offered.ref}/{verb}")

    assert (answer.status_code, states()[offered.id]) == (404, "offered")
