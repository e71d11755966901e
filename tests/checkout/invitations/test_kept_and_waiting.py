"""Kept places and the waiting list: who waits is not passed without a reason, and nobody has two places."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conference import checkout, registration
from conference.kernel import Refusal, db, transaction
from conference.registration import Pool, waiting
from tests.cast import a_draft
from tests.checkout.acting import paid, place, settle
from tests.checkout.invitations.acting import (
    hands,
    in_step,
    invite,
    register,
    shown,
    sweep,
)
from tests.checkout.waiting.acting import give_back

ADA, BEN = "ada@example.org", "ben@example.org"
NAMES = ("a", "b", "c")
ALL = [f"{name}@example.org" for name in NAMES]
DAY = timedelta(days=1)


def test_lapsed_it_is_free_and_goes_to_whoever_waits(meeting, kept, ben, now, monkeypatch):
    invite(meeting, kept, ALL, now)
    with transaction():
        draft = a_draft(meeting, ben, now)
        wait = waiting.join(draft, category=draft.category, now=now)

    sweep(monkeypatch, now + 31 * DAY)
    with transaction():
        waiting.offer_next(wait.pool_id, now=now + 31 * DAY)

    assert (hands(), waiting.wait_of(ben, wait.ref).state) == ({"offered": 1, "free": 2}, "offered")
    assert in_step()


def test_places_are_kept_before_those_who_wait_only_with_a_reason(meeting, kept, ada, ben, now):
    with transaction():
        pool = db.session.scalar(select(Pool).where(Pool.name == "Venue"))
        registration.resize(pool, places=1, by=None, now=now)
    order = place(meeting, ada, now)
    with transaction():
        draft = a_draft(meeting, ben, now)
        waiting.join(draft, category=draft.category, now=now)
    give_back(order, now)

    with pytest.raises(Refusal, match="say why"):
        invite(meeting, kept, [ALL[0]], now)
    (found,) = invite(meeting, kept, [ALL[0]], now, reason="Gives the keynote")

    assert (shown(found), hands(), in_step()) == ("kept", {"offered": 1, "free": 0}, True)


def test_whoever_waits_and_is_invited_waits_no_more(meeting, kept, ada, ben, now):
    with transaction():
        pool = db.session.scalar(select(Pool).where(Pool.name == "Venue"))
        registration.resize(pool, places=1, by=None, now=now)
    order = place(meeting, ada, now)
    with transaction():
        draft = a_draft(meeting, ben, now)
        wait = waiting.join(draft, category=draft.category, now=now)
    give_back(order, now)

    (found,) = invite(meeting, kept, [BEN], now, reason="Chairs a session")

    assert (shown(found), waiting.wait_of(ben, wait.ref).state) == ("kept", "closed")
    assert (hands(), in_step()) == ({"offered": 1, "free": 0}, True)


def test_nobody_is_sent_instead_for_whom_a_place_is_kept(meeting, kept, ada, ben, now):
    with transaction():
        steps = [{"kind": "substitute", "until": now + 90 * DAY}]
        registration.changes.set_steps(meeting, steps, by=None, now=now)
    order = place(meeting, ada, now)
    settle(order, paid(order), now)
    invite(meeting, kept, [BEN], now)

    with pytest.raises(Refusal, match=r"kept for ben@example\.org by an invitation"):
        entry = registration.by_id(registration.registration_in(meeting, ada).id)
        checkout.quote_substitute(entry, email=BEN, now=now)


def test_an_offer_from_the_waiting_list_is_place_enough(meeting, kept, ada, ben, now):
    with transaction():
        pool = db.session.scalar(select(Pool).where(Pool.name == "Venue"))
        registration.resize(pool, places=1, by=None, now=now)
    order = place(meeting, ada, now)
    with transaction():
        draft = a_draft(meeting, ben, now)
        wait = waiting.join(draft, category=draft.category, now=now)
    give_back(order, now)
    with transaction():
        waiting.offer_next(wait.pool_id, now=now)

    (found,) = invite(meeting, kept, [BEN], now)
    order = register(found, now)

    assert (shown(found), waiting.wait_of(ben, wait.ref).state, hands()) == (
        "registered",
        "done",
        {"kept": 1, "free": 0},
    )
    assert (order.total_minor, in_step()) == (0, True)
