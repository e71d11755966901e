"""What staff do to a waiting list: its order, its pause, an offer out of turn, more places; each is remembered."""

import pytest
from sqlalchemy import select

from conference import registration
from conference.kernel import Refusal, db, transaction
from conference.registration import Pool
from tests.checkout.waiting.acting import give_back, in_step, places, states, sweep


def test_more_places_are_offered_in_order(meeting, adas, line, now, monkeypatch):
    pool = db.session.scalar(select(Pool).where(Pool.name == "Venue"))
    with transaction():
        registration.resize(pool, places=3, by=None, now=now)

    sweep(monkeypatch, now)

    assert list(states().values()) == ["offered", "offered"]
    assert places() == ["held", "offered", "offered"]
    assert in_step()


def test_nothing_is_offered_while_the_list_is_paused(adas, line, now, monkeypatch):
    pool = db.session.get(Pool, line[0].pool_id)
    with transaction():
        registration.waiting.pause(pool, is_paused=True, by=None, now=now)
    give_back(adas, now)

    sweep(monkeypatch, now)
    paused = list(states().values())
    with transaction():
        registration.waiting.pause(pool, is_paused=False, by=None, now=now)
    sweep(monkeypatch, now)

    assert paused == ["waiting", "waiting"]
    assert list(states().values()) == ["offered", "waiting"]


def test_the_order_of_the_list_is_what_staff_have_made_it(adas, line, now, monkeypatch):
    ahead = [registration.waiting.number_ahead(each) for each in line]
    with transaction():
        registration.waiting.move_to(line[1], 1, reason="Invited speaker", by=None, now=now)
    give_back(adas, now)
    sweep(monkeypatch, now)

    assert ahead == [0, 1]
    assert states() == {line[0].id: "waiting", line[1].id: "offered"}


def test_a_free_place_can_be_offered_out_of_turn_and_none_otherwise(adas, line, now):
    with pytest.raises(Refusal, match="No place is free"), transaction():
        registration.waiting.offer_now(line[1], reason="Speaker", by=None, now=now)
    give_back(adas, now)
    with transaction():
        registration.waiting.offer_now(line[1], reason="Speaker", by=None, now=now)

    assert states() == {line[0].id: "waiting", line[1].id: "offered"}
    assert in_step()
