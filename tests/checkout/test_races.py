"""Two hundred people at once for fifty places, fifty for the last one, fifty clicks of one person: no place is sold twice, no money is without one."""

import random

import pytest
from sqlalchemy import func, select

from conference import mail, payments, registration
from conference.kernel import db, transaction
from tests.cast import a_draft, a_meeting, a_person
from tests.checkout import racing

BUYERS, PLACES, PROCESSES = 200, 50, 4
FIFTY = 50  # processes, each with one click


@pytest.fixture
def crowd(context, now):
    """The addresses of two hundred people with a finished draft in a meeting of fifty places."""
    with transaction():
        meeting = a_meeting(now, code="R1", places=PLACES)
        people = [a_person(f"Buyer{number}", now) for number in range(BUYERS)]
        for person in people:
            a_draft(meeting, person, now)
    return [person.email for person in people]


@pytest.fixture
def settings(context):
    """The application's settings, for other processes."""
    names = [name for name in context.config if name.isupper()]
    plain = {name: context.config[name] for name in names if name != "SQLALCHEMY_ENGINE_OPTIONS"}
    return {**plain, "SQLALCHEMY_ENGINE_OPTIONS": {}}


def shares(items, processes=PROCESSES):
    """The items, dealt out."""
    return [items[number::processes] for number in range(processes)]


def counts():
    """(places counted as taken, place rows, orders by state)."""
    db.session.rollback()
    pool = db.session.scalar(select(registration.Pool).where(registration.Pool.name == "Venue"))
    db.session.refresh(pool)
    rows = db.session.scalar(select(func.count()).select_from(registration.Place))
    states = dict(db.session.execute(select(payments.Order.state, func.count()).group_by(payments.Order.state)).all())
    return pool.taken, rows, states


def test_fifty_places_are_sold_exactly_fifty_times(crowd, settings):
    results = racing.in_processes(racing.buy, settings, shares(crowd))

    assert sum(ref is not None for _, ref in results) == PLACES
    assert counts() == (PLACES, PLACES, {"open": PLACES})
    assert registration.miscounted() == []


def test_without_the_guard_the_same_race_oversells(crowd, settings):
    """The control: it shows that the race is a race. SQLite's single writer is a guard of its own, so there it holds."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")
    results = racing.in_processes(racing.buy_unguarded, settings, shares(crowd))

    assert sum(ref is not None for _, ref in results) > PLACES


@pytest.fixture
def fifty(context, now):
    """The addresses of fifty people with a finished draft in a meeting that has one place left."""
    with transaction():
        meeting = a_meeting(now, code="R1", places=1)
        people = [a_person(f"Buyer{number}", now) for number in range(FIFTY)]
        for person in people:
            a_draft(meeting, person, now)
    return [person.email for person in people]


def test_of_fifty_at_once_one_gets_the_last_place(fifty, settings):
    results = racing.in_processes(racing.buy, settings, shares(fifty, FIFTY))

    assert sum(ref is not None for _, ref in results) == 1
    assert counts() == (1, 1, {"open": 1})
    assert registration.miscounted() == []


def test_without_the_guard_all_fifty_get_the_last_place(fifty, settings):
    """The control; on SQLite the single writer is a guard of its own."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")
    results = racing.in_processes(racing.buy_unguarded, settings, shares(fifty, FIFTY))

    assert sum(ref is not None for _, ref in results) == FIFTY


@pytest.fixture
def clicks(context, now):
    """Fifty clicks of one person, who takes part from afar, so that no place makes them queue."""
    with transaction():
        person = a_person("Buyer", now)
        a_draft(a_meeting(now, code="R1"), person, now, mode="virtual")
    return [[person.email]] * FIFTY


def test_fifty_clicks_at_once_are_one_order(clicks, settings):
    results = racing.in_processes(racing.buy, settings, clicks)

    assert sum(ref is not None for _, ref in results) == 1
    assert db.session.scalar(select(func.count()).select_from(payments.Order)) == 1


def test_without_the_guard_every_click_is_an_order(clicks, settings):
    """The control; on SQLite the single writer is a guard of its own."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")
    results = racing.in_processes(racing.click_unguarded, settings, clicks)

    assert len({ref for _, ref in results}) == FIFTY


def test_doubled_reordered_and_late_money_ends_settled_once_or_on_its_way_back(crowd, settings):
    racing.in_processes(racing.buy, settings, shares(crowd))
    orders = list(db.session.execute(select(payments.Order.id, payments.Order.ref, payments.Order.total_minor)))
    messages = [(key, _paid(ref, total)) for key, ref, total in orders for _ in range(3)]
    messages += [(key, _expired(ref, total)) for key, ref, total in orders]
    random.Random(5).shuffle(messages)
    lapsing = [key for key, _, _ in orders[::3]]
    db.session.rollback()

    racing.in_processes(racing.settle_or_lapse, settings, [*shares(messages)[:3], lapsing + shares(messages)[3]])

    taken, rows, states = counts()
    assert (taken, rows, states) == (PLACES, PLACES, {"paid": PLACES})
    assert (
        db.session.scalar(select(func.count()).select_from(mail.Letter).where(mail.Letter.kind == "confirmed"))
        == PLACES
    )
    assert db.session.scalar(select(func.count()).select_from(payments.Payment)) == PLACES
    assert payments.differences() == registration.miscounted() == []


def _paid(ref, total):
    facts = {"session_id": f"cs_{ref}", "order_ref": ref, "status": "complete", "payment_status": "paid"}
    return {**facts, "amount": total, "currency": "USD", "payment_intent": f"pi_{ref}"}


def _expired(ref, total):
    return {**_paid(ref, total), "status": "expired", "payment_status": "unpaid", "payment_intent": ""}
