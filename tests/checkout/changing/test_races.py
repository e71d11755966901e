"""Fifty processes at once: people cancel (twice) while staff refund the same registrations (twice): each ends once."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from conference import payments, registration
from conference.kernel import clock, db, transaction
from conference.payments import Refund
from tests.cast import a_meeting, a_person
from tests.checkout.acting import paid, place, settle
from tests.checkout.changing import racing as changing
from tests.checkout.racing import in_processes
from tests.checkout.test_races import settings
from tests.conftest import empty_tables

__all__ = ["settings"]
PEOPLE = 25


@pytest.fixture
def crowd(context):
    """The addresses of people who have paid 440 each, of which cancelling keeps 100."""
    now = clock.now()
    with transaction():
        meeting = a_meeting(now, code="R1", places=PEOPLE)
        step = {"kind": "cancel", "until": meeting.windows[-1].ends_at, "amount_minor": 10000}
        registration.changes.set_steps(meeting, [step], by=None, now=now)
        people = [a_person(f"Buyer{number}", now) for number in range(PEOPLE)]
    for person in people:
        order = place(meeting, person, now)
        settle(order, paid(order), now)
    return [person.email for person in people]


def clicks(crowd, times):
    """Fifty shares: for each registration somebody who cancels and somebody of the staff who refunds, so many times."""
    return [[(what, email)] * times for email in crowd for what in ("cancel", "refund")]


def sent_back():
    """(how many refunds, how many places are still taken)."""
    db.session.rollback()
    taken = db.session.scalar(select(func.sum(registration.Pool.taken)))
    return db.session.scalar(select(func.count()).select_from(Refund)), taken


def test_cancelling_and_refunding_at_once_ends_each_registration_once(crowd, settings):
    results = in_processes(changing.act, settings, clicks(crowd, 2))

    wins = Counter(email for email, done in results if done)
    assert (set(wins.values()), len(wins)) == ({1}, PEOPLE)
    assert sent_back() == (PEOPLE, 0)
    assert (payments.differences(), registration.miscounted()) == ([], [])


def test_without_the_guards_the_same_registration_is_paid_back_twice(crowd, settings):
    """The control; on SQLite the single writer is a guard of its own."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")
    in_processes(changing.act_unguarded, settings, clicks(crowd, 1))

    assert sent_back()[0] == 2 * PEOPLE
    empty_tables()  # nothing of it ties out, and the next test begins with nothing
