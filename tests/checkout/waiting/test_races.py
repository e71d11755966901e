"""Fifty processes at once around one freed place: one offer, for somebody who waits; and one order, however often they click."""

import pytest
from sqlalchemy import func, select

from conference import payments, people, registration
from conference.kernel import clock, db, transaction
from conference.registration import Place, Pool
from tests.cast import a_draft, a_meeting, a_person
from tests.checkout.acting import paid, place, settle
from tests.checkout.racing import in_processes
from tests.checkout.test_races import FIFTY, settings, shares
from tests.checkout.waiting import racing as waiting
from tests.checkout.waiting.acting import give_back, wait
from tests.conftest import empty_tables

__all__ = ["settings"]
NEWCOMERS = [f"new{number}@example.org" for number in range(30)]
LINE = [f"line{number}@example.org" for number in range(4)]
SWEEP = ("sweep", "")


@pytest.fixture
def freed(context):
    """One place of two was given back: four people wait for it, thirty newcomers would like it."""
    now = clock.now()
    with transaction():
        meeting = a_meeting(now, code="R1", places=2)
        keeper, giver = (a_person(name, now) for name in ("Keeper", "Giver"))
        line = [a_person(f"line{number}", now) for number in range(len(LINE))]
    first, second = place(meeting, keeper, now), place(meeting, giver, now)
    settle(first, paid(first), now)
    for person in line:
        wait(meeting, person, now)
    with transaction():
        for number in range(len(NEWCOMERS)):
            a_draft(meeting, a_person(f"new{number}", now), now)
    give_back(second, now)
    return meeting


@pytest.fixture
def offered(freed):
    """The first of the line is offered the place."""
    with transaction():
        registration.waiting.offer_next(pool().id, now=clock.now())


def pool(name="Venue"):
    db.session.rollback()
    return db.session.scalar(select(Pool).where(Pool.name == name), execution_options={"populate_existing": True})


def hands(name="Venue"):
    """{state: how many places} of a pool; held + sold + offered + free is its capacity."""
    found = pool(name)
    rows = select(Place.state, func.count()).where(Place.pool_id == found.id).group_by(Place.state)
    counts = dict(db.session.execute(rows).all())
    assert sum(counts.values()) + found.free == found.places
    return counts


def orders_of(email):
    db.session.rollback()
    person = registration.Registration.person.has(email=email)
    return db.session.scalar(
        select(func.count())
        .select_from(payments.Order)
        .join(registration.Registration, registration.Registration.person_id == payments.Order.person_id)
        .where(person)
    )


def won(results, *kinds):
    return [email for what, email, came in results if what in kinds and came]


def test_one_freed_place_is_offered_once_and_no_newcomer_gets_it(freed, settings):
    newcomers, out_of_turn = [("buy", email) for email in NEWCOMERS], [("offer", email) for email in LINE]
    work = [*newcomers[:16], *[SWEEP] * 8, *out_of_turn, *newcomers[16:], *[SWEEP] * 8]

    results = in_processes(waiting.act, settings, shares(work, FIFTY))

    assert len(results) == FIFTY
    assert won(results, "buy") == []
    assert hands() == {"kept": 1, "offered": 1}
    assert registration.miscounted() == payments.differences() == []


def test_without_those_who_wait_in_the_claim_a_newcomer_gets_it(freed, settings):
    """The control of the claim, on every database."""
    results = in_processes(waiting.act_with_passing, settings, [[("buy", email)] for email in NEWCOMERS])

    assert len(won(results, "buy")) == 1


def test_without_the_guard_the_same_place_is_offered_to_all_fifty(freed, settings):
    """The control of the offer; on SQLite the single writer is a guard of its own."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")
    now, line = clock.now(), LINE + [f"late{number}@example.org" for number in range(FIFTY - len(LINE))]
    for email in line[len(LINE) :]:
        with transaction():
            person = a_person(email.partition("@")[0], now)
        wait(freed, person, now)

    results = in_processes(waiting.act_with_loose_offers, settings, [[("offer", email)] for email in line])

    assert len(won(results, "offer")) == FIFTY
    empty_tables()  # nothing of it ties out, and the next test begins with nothing


def test_fifty_clicks_of_whoever_is_offered_a_place_are_one_order(offered, settings):
    results = in_processes(waiting.act, settings, shares([("buy", LINE[0])] * 42 + [SWEEP] * 8, FIFTY))

    assert len({came for what, _email, came in results if what == "buy" and came}) == 1
    assert (orders_of(LINE[0]), hands()) == (1, {"kept": 1, "held": 1})
    assert registration.miscounted() == payments.differences() == []


def test_without_the_guards_every_click_is_an_order(offered, settings):
    """The control of the taking; on SQLite the single writer is a guard of its own."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")

    in_processes(waiting.act_with_loose_taking, settings, [[("buy", LINE[0])]] * FIFTY)

    assert orders_of(LINE[0]) == FIFTY
    empty_tables()


def test_fifty_clicks_of_somebody_who_has_paid_add_what_is_offered_once(freed, settings):
    now, email = clock.now(), "keeper@example.org"
    with transaction():
        boat = registration.offer_add_on(freed, code="boat", title="Boat", amount_minor=2000, places=0)
        entry = registration.registration_in(freed, people.by_email(email))
        registration.waiting.join(entry, add_on=boat, now=now)
        registration.resize(boat.pool, places=1, by=None, now=now)
        registration.waiting.offer_next(boat.pool_id, now=now)

    results = in_processes(waiting.act, settings, [[("add", email)]] * FIFTY)

    assert len(won(results, "add")) == 1
    assert (orders_of(email), hands("Boat")) == (2, {"held": 1})
    assert registration.miscounted() == payments.differences() == []
