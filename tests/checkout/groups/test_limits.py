"""A payer holds only so much unpaid, and asks only so often about others; the desk is not bound."""

from datetime import timedelta
from io import BytesIO

import pytest

from conference import checkout, registration
from conference.accounts import rules
from conference.kernel import Refusal, transaction
from conference.registration import groups
from tests.cast import a_person
from tests.checkout.acting import paid, place, settle, taken
from tests.checkout.groups.acting import order, ordered, people_of, seat, seat_id
from tests.signing_in import signed_in

BEN = "ben@example.org"


@pytest.fixture
def few(context, meeting, now, monkeypatch):
    """Three seats may wait at once, in a meeting with room for more."""
    monkeypatch.setitem(context.config, "GROUP_SEATS_UNPAID", 3)
    with transaction():
        registration.resize(registration.category_by_code(meeting, "full").pool, places=50, by=None, now=now)


def seats(group, now, count, start=0):
    for number in range(start, start + count):
        seat(group, f"n{number}@example.org", now)


def test_so_many_seats_of_one_payer_wait_at_once_over_all_their_groups(few, meeting, group, ada, now):
    with transaction():
        made = groups.make(meeting=meeting, coordinator=ada, by=ada, now=now, name="Other")
    other = groups.by_ref(meeting, made.ref)
    seats(group, now, 2)
    first = order(group, now, client="192.0.2.1")
    seats(other, now, 2, start=10)

    with pytest.raises(Refusal, match="No more than 3 seats may wait"):
        order(other, now, client="198.51.100.9", by_transfer=True)
    settle(first, paid(first), now)

    assert order(other, now, client="198.51.100.9").state == "open"


def test_so_many_seats_of_one_network_wait_at_once_whoever_pays(few, meeting, group, now):
    with transaction():
        bob = a_person("Bob", now)
        made = groups.make(meeting=meeting, coordinator=bob, by=bob, now=now, name="Bobs")
    theirs = groups.by_ref(meeting, made.ref)
    seats(group, now, 2)
    order(group, now, client="192.0.2.1")
    seats(theirs, now, 2, start=10)

    with pytest.raises(Refusal, match="may wait for payment"):
        order(theirs, now, client="192.0.2.1")

    assert order(theirs, now, client="198.51.100.9").state == "open"


def test_the_desk_orders_as_many_as_are_needed(few, group, now):
    seats(group, now, 5)

    assert (order(group, now, client=None).state, taken()) == ("open", 5)


def test_a_group_that_waits_keeps_nobody_of_its_network_from_registering(
    context, meeting, group, ben, now, monkeypatch
):
    monkeypatch.setitem(context.config, "HOLDS_PER_NETWORK", 1)
    seats(group, now, 2)
    order(group, now, client="192.0.2.1")

    with transaction():
        draft = registration.start(meeting=meeting, person=ben, now=now)
        wish = registration.Wish("full", mode="virtual")
        registration.choose(
            draft, category=registration.category_by_code(meeting, "full"), wish=wish, dues_code="", now=now
        )
        registration.answer(draft, answers={}, conduct_code=None, now=now)
    with transaction():
        draft = registration.registration_in(meeting, ben)
        assert checkout.place(draft=draft, meeting=meeting, person=ben, now=now, client="192.0.2.1").state == "open"


def test_whose_seat_it_could_be_is_asked_so_often_a_day(context, group, ben, now, monkeypatch):
    monkeypatch.setitem(rules.LIMITS, "heir", (rules.Limit(2, timedelta(days=1)),))
    ordered(group, now, BEN)
    ada = signed_in(context, "ada@example.org")
    path = f"/meetings/T1/group/{group.ref}/seats/{seat_id(group, BEN)}/give"

    answers = [
        ada.post(f"{path}/check", data={"email": f"n{number}@example.org", "given_name": "N"}).status_code
        for number in range(3)
    ]
    done = ada.post(path, data={"email": "cleo@example.org", "given_name": "C", "seen": "0:0:1:1:0"}).status_code

    assert (answers, done, people_of(group)) == ([200, 200, 422], 409, {BEN: "paid"})


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_addresses_of_a_file_count_one_by_one_and_those_that_are_refused_too(
    context, meeting, group, ben, now, monkeypatch, end
):
    monkeypatch.setitem(rules.LIMITS, "group-address", (rules.Limit(4, timedelta(days=1)),))
    place(meeting, ben, now)
    ada, path = signed_in(context, "ada@example.org"), f"/meetings/T1/group/{group.ref}"
    one = {"email": BEN, "category": "full", "mode": "in_person", "span": "whole"}

    refused = [ada.post(f"{path}/seats/new", data=one).status_code for _time in range(2)]
    rows = end.join(["email,category", *(f"n{number}@example.org,full" for number in range(3)), ""])
    answer = ada.post(f"{path}/roster", data={"file": (BytesIO(rows.encode()), "lab.csv")})

    assert (refused, answer.status_code) == ([422, 422], 422) and "tried too often" in answer.text
