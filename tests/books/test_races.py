"""A month is closed while something is booked into it: either it is in what was kept, or closing is refused."""

import pytest

from conference import books, payments
from conference.kernel import db, transaction
from tests.books import racing
from tests.books.telling import at, sell
from tests.checkout.racing import in_processes
from tests.checkout.test_races import settings

__all__ = ["settings"]
BOTH = ("book", "close")


@pytest.fixture
def september(ada):
    sell(ada, None, 44000, at("2026-09-03 12:00"))


def test_nothing_slips_into_a_month_while_it_is_closed(september, settings):
    results = dict(in_processes(racing.book_and_close, settings, BOTH))

    assert results["book"] == "booked"
    if results["close"] == "refused":
        with transaction():
            books.close("2026-09", by=None, now=at("2026-12-05 12:00"))
    assert books.closures()[0].line_count == 12
    assert books.differences() == payments.differences() == []


def test_without_waiting_the_same_race_closes_a_month_that_is_another_one_then(september, settings):
    """The control; on SQLite the single writer is a guard of its own."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")
    results = dict(in_processes(racing.without_waiting, settings, BOTH))

    assert results == {"book": "booked", "close": "closed"}
    assert books.differences() != []
