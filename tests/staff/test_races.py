"""Several at once: what is done to many is begun once and done once to each; two presses of Enter are one registration."""

import pytest
from sqlalchemy import func, select

from conference import mail, payments, registration
from conference.kernel import db
from conference.registration import Registration
from conference.staff.models import Bulk, BulkItem
from tests.checkout.racing import in_processes
from tests.checkout.test_races import settings
from tests.signing_in import account_of
from tests.staff import racing
from tests.staff.cast import a_meeting, a_registration
from tests.staff.test_walk_in import ADA

__all__ = ["settings"]

PROCESSES, MANY = 4, 12


@pytest.fixture
def crowd(context):
    """A dozen people who are registered, and Cleo."""
    meeting = a_meeting(places=None)
    account_of("cleo@example.org", roles=("registration",), given_name="Cleo", family_name="Desk")
    for number in range(MANY):
        a_registration(meeting, f"Somebody{number}")
    db.session.rollback()  # nothing stays open while the processes start
    return meeting


def count(table, *where):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table).where(*where))


def letters():
    """How many letters were sent again: the first ones came before the race."""
    return count(mail.Letter) - MANY


def test_four_who_begin_the_same_at_once_begin_it_once(crowd, settings):
    begun = in_processes(racing.begin, settings, list(range(PROCESSES)))

    assert sorted(begun) == [False, False, False, True]
    assert (count(Bulk), count(BulkItem)) == (1, MANY)


def test_without_the_guard_it_is_begun_four_times(crowd, settings):
    """The control."""
    begun = in_processes(racing.begin_unguarded, settings, list(range(PROCESSES)))

    assert (sorted(begun), count(Bulk)) == ([True] * PROCESSES, PROCESSES)


def test_four_workers_do_it_once_to_each(crowd, settings):
    in_processes(racing.begin, settings, [0])
    db.session.rollback()

    done = in_processes(racing.work, settings, list(range(PROCESSES)))

    assert sum(done) >= MANY
    assert letters() == MANY
    assert count(BulkItem, BulkItem.state == "done") == MANY
    assert count(Bulk, Bulk.finished_at.is_not(None)) == 1


def test_without_the_lock_something_is_done_twice(crowd, settings):
    """The control: SQLite's single writer is a guard of its own, so there it holds."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")
    in_processes(racing.begin, settings, [0])

    in_processes(racing.work_unguarded, settings, list(range(PROCESSES)))

    assert letters() > MANY


def test_two_presses_of_enter_in_two_processes_are_one_registration(crowd, settings):
    found = in_processes(racing.walk_in, settings, [ADA] * PROCESSES)

    assert sorted(was_made for _ref, was_made in found) == [False, False, False, True]
    assert len({ref for ref, _was_made in found}) == 1
    assert count(Registration) == MANY + 1
    assert count(payments.Payment, payments.Payment.provider == "hand") == 1
    assert payments.differences() == registration.miscounted() == []
