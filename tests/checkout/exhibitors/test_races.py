"""Many processes order badges of one exhibitor at once: exactly so many are free of charge as are allotted, whatever else happens."""

import pytest
from sqlalchemy import func, select

from conference import payments, registration
from conference.kernel import clock, db, transaction
from conference.payments import Line
from conference.registration import exhibitors
from tests.checkout.exhibitors import racing
from tests.checkout.exhibitors.acting import a_kind, an_exhibitor, badge, count, order
from tests.checkout.exhibitors.conftest import a_show
from tests.checkout.racing import in_processes
from tests.checkout.test_races import settings, shares

__all__ = ["settings"]
PEOPLE, ALLOTTED = 48, 10


@pytest.fixture
def crowd(context):
    """Forty-eight names for a booth that brings ten badges."""
    now = clock.now()
    with transaction():
        meeting = a_show(now, places=None, code="R1")
        an_exhibitor(meeting, a_kind(meeting, now, badges=ALLOTTED), now)
    return [f"n{number}@example.org" for number in range(PEOPLE)]


def the_exhibitor():
    db.session.rollback()
    (found,) = exhibitors.queries.by_ids(db.session.scalars(select(exhibitors.Exhibitor.id)).all())
    return found


def free_of_charge():
    """How many lines within the allotment were sold."""
    within = Line.rule["allotment"]["id"].as_integer().is_not(None)
    return db.session.scalar(select(func.count()).select_from(Line).where(within))


def test_no_more_badges_are_free_of_charge_than_are_allotted(crowd, settings):
    results = in_processes(racing.badges, settings, shares(crowd))

    assert sorted(free for _email, free in results) == [False] * (PEOPLE - ALLOTTED) + [True] * ALLOTTED
    assert (count(the_exhibitor()), free_of_charge()) == ((ALLOTTED, ALLOTTED, ALLOTTED), ALLOTTED)
    assert registration.miscounted() == []


def test_without_the_guards_the_same_race_gives_too_many(crowd, settings):
    """The control; on SQLite the single writer is a guard of its own."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")
    in_processes(racing.badges_unguarded, settings, shares(crowd))

    assert free_of_charge() > ALLOTTED


def test_orders_that_lapse_are_paid_late_and_taken_back_meanwhile_leave_the_count_true(crowd, settings):
    now, acme = clock.now(), the_exhibitor()
    orders = []
    for number in range(6):
        for name in ("a", "b"):
            badge(acme, f"{name}{number}", now)
        orders.append(order(acme, now).id)
    extras = [("badge", email) for email in crowd[:24]]
    lapsing, paying, ending = ([(what, key) for key in orders] for what in ("lapse", "pay", "take back"))

    in_processes(
        racing.mixed, settings, [[*lapsing, *extras[:8]], [*extras[8:16], *paying], [*ending, *extras[16:], *ending]]
    )

    allotted, used, rows = count(acme)
    assert (allotted, used) == (ALLOTTED, rows) and used <= ALLOTTED
    assert (registration.miscounted(), payments.differences()) == ([], [])
