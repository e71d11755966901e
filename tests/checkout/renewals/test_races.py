"""Several workers come to the same renewal at the same moment: it is charged once."""

import pytest
from sqlalchemy import func, select, update

from conference import membership, payments
from conference.checkout.renewals import Renewal
from conference.kernel import clock, db, transaction
from conference.payments import cards
from tests.checkout import racing
from tests.checkout.renewals import racing as renewal_racing
from tests.checkout.renewals.acting import PRICE, a_member, save, sweep, taken
from tests.checkout.test_races import settings

__all__ = ["settings"]
WORKERS = 8


@pytest.fixture
def due(ada, stripe):
    """Ada's renewal was announced, and today is its day."""
    a_member(ada, days_left=20)
    save(ada, stripe)
    sweep("renewals")
    today = membership.local_day(clock.now())
    with transaction():
        db.session.execute(update(Renewal).values(charge_on=today, try_on=today))
    return ada


def counts():
    """(orders, charges, payments) that there are."""
    db.session.rollback()
    tables = (payments.Order, cards.Charge, payments.Payment)
    return tuple(db.session.scalar(select(func.count()).select_from(table)) for table in tables)


def test_eight_workers_charge_one_renewal_once(due, stripe, settings):
    racing.in_processes(renewal_racing.work, settings, list(range(WORKERS)))
    sweep("charges")

    assert taken(stripe, due) == [PRICE]
    assert counts() == (1, 1, 1)


def test_without_the_guards_the_same_race_charges_twice(due, stripe, settings):
    """The control: it shows that the race is a race. SQLite's single writer is a guard of its own, so there it holds."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")
    racing.in_processes(renewal_racing.work_unguarded, settings, list(range(2)))

    assert taken(stripe, due) == [PRICE, PRICE]
