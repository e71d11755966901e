"""A month that is closed stays what it was: the database refuses entries dated into it, and whatever comes later does not change it."""

import json
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError, IntegrityError

from conference import books, meetings, payments, society
from conference.books import Closure, Role, recognising
from conference.kernel import Refusal, db, transaction
from conference.meetings import Meeting
from tests.books.telling import a_row, at, exchange, sell, take_back, told
from tests.cast import a_person, a_society
from tests.databases import empty_tables, without_guards
from tests.trying import tries

SP26 = "meeting:SP26"
LATER = at("2026-12-05 12:00")


def close(month, *, by=None, now=LATER):
    with transaction():
        return books.close(month, by=by, now=now)


def balances(month):
    return {str(each.role): each.balance.minor for each in books.of_period(books.period(month)) if each.balance}


@pytest.fixture
def september(ada, spring):
    """An order of September, and one of November."""
    order = sell(ada, SP26, 44000, at("2026-09-03 12:00"))
    sell(ada, SP26, 900, at("2026-11-03 12:00"))
    told(a_row("a", at("2026-09-05 12:00")), now=LATER)
    return order


def test_a_closed_month_keeps_its_totals_and_says_who_closed_it(september, ada):
    before = books.summed(books.period("2026-09"))

    closure = close("2026-09", by=ada)

    assert books.of_period(books.period("2026-09")) == before
    assert (closure.closed_by, closure.line_count, closure.starts_at) == (ada.id, 6, at("2026-09-01 04:00"))
    assert closure.accounts[Role.CUSTOMERS] == ["1200", "Customers"]
    assert books.differences() == []


def test_the_database_refuses_entries_dated_into_a_closed_month(september, ada):
    close("2026-09")

    for when in ("2026-10-01 03:59", "2026-09-15 12:00", "2026-08-15 12:00"):  # what came before is closed with it
        with pytest.raises(IntegrityError, match="the month is closed"):
            sell(ada, SP26, 100, at(when))
    assert sell(ada, SP26, 100, at("2026-10-01 04:00")).state == "paid"
    assert payments.differences() == []


def test_nobody_changes_or_removes_what_a_closed_month_held(september):
    close("2026-09")

    with pytest.raises(DBAPIError, match="only added to"), transaction():
        db.session.execute(update(Closure).values(digest="0" * 64))
    with pytest.raises(DBAPIError, match="only added to"), transaction():
        db.session.delete(books.closures()[0])


def test_months_are_closed_one_after_the_other_and_only_when_they_are_over(september):
    with pytest.raises(Refusal, match="not over"):
        close("2026-12", now=at("2027-01-01 04:59"))  # still December in New York
    close("2026-09")
    with pytest.raises(Refusal, match="closed already"):
        close("2026-09")
    with pytest.raises(Refusal, match="closed already"):
        close("2026-08")
    with pytest.raises(Refusal, match="2026-10 comes first"):
        close("2026-11")
    close("2026-10")
    close("2026-11")

    assert [each.month for each in books.closures()] == ["2026-11", "2026-10", "2026-09"]


def test_the_newest_closed_month_can_be_opened_again_with_a_reason(september, ada):
    close("2026-09")
    close("2026-10")
    with pytest.raises(Refusal, match="newest"), transaction():
        books.reopen("2026-09", why="", by=ada, now=LATER)
    with transaction():
        books.reopen("2026-10", why="A transfer was forgotten", by=ada, now=LATER)
    sell(ada, SP26, 300, at("2026-10-20 12:00"))
    close("2026-10")

    assert [(each.reopened_why, each.reopened_by) for each in books.history("2026-10")] == [
        ("", None), ("A transfer was forgotten", ada.id),
    ]  # fmt: skip
    assert books.differences() == []


def test_a_row_that_stripe_tells_late_belongs_to_the_next_month(september):
    close("2026-09")
    told(a_row("late", at("2026-09-20 12:00"), fee=77), a_row("b", at("2026-10-20 12:00"), fee=5), now=LATER)

    assert balances("2026-09")["stripe_fees"] == 320
    assert balances("2026-10")["stripe_fees"] == 77 + 5
    [late] = [each for each in books.bookings(books.period("2026-10")) if each.source == "txn_late"]
    assert late.day == date(2026, 10, 1)
    close("2026-10")
    told(a_row("later", at("2026-09-21 12:00"), fee=1000), now=LATER)
    assert balances("2026-11")["stripe_fees"] == 1000
    assert books.differences() == []


def test_a_row_told_late_is_in_no_month_that_was_closed_with_a_later_one(september):
    close("2026-10")
    told(a_row("late", at("2026-09-20 12:00"), fee=77), now=LATER)

    assert [balances(month).get("stripe_fees", 0) for month in ("2026-09", "2026-10", "2026-11")] == [320, 0, 77]


def test_a_meeting_that_is_moved_afterwards_leaves_closed_months_as_they_were(september, spring):
    close("2026-09")
    close("2026-10")
    with transaction():
        db.session.execute(update(Meeting).values(starts=date(2026, 12, 1), ends=date(2026, 12, 2)))

    assert books.differences() == []
    assert balances("2026-10") == {"deferred": 44000, "revenue": -44000}
    assert balances("2026-11") == {"bank": 900, "deferred": -44900, "revenue": 44000}
    assert balances("2026-12") == {"deferred": 44900, "revenue": -44900}


def test_a_society_that_moves_to_another_zone_counts_nothing_twice(september, ada):
    close("2026-09")
    sell(ada, SP26, 100, at("2026-10-01 06:00"))
    with transaction():
        society.current().timezone = "America/Los_Angeles"

    assert books.period("2026-10").starts_at == books.period("2026-09").ends_at
    assert balances("2026-10")["bank"] == 100


def test_what_was_changed_behind_its_back_is_named(context, september):
    close("2026-09")
    with db.engine.connect() as connection, connection.begin(), without_guards(connection):
        connection.exec_driver_sql(
            "UPDATE payments_ledger SET amount_minor = amount_minor * 2 WHERE kind = 'sale' AND at < '2026-10-01'"
        )

    result = context.test_cli_runner().invoke(args=["books", "check", "--json"])

    assert result.exit_code == 1
    assert json.loads(result.output.splitlines()[-1])["differences"] == [
        "2026-09: customers in USD was 44000 debit, 44000 credit; is 88000, 44000",
        "2026-09: deferred in USD was 0 debit, 44000 credit; is 0, 88000",
    ]


def test_books_that_are_what_they_were_pass(context, september):
    close("2026-09")

    result = context.test_cli_runner().invoke(args=["books", "check"])

    assert result.exit_code == 0
    assert result.output == "Closed months are what they were, and nothing is lost on its way to the bank.\n"


def test_a_journal_is_written_to_a_file(context, september, tmp_path):
    out = tmp_path / "journal.csv"

    result = context.test_cli_runner().invoke(args=["books", "journal", "--month", "2026-09", "--out", str(out)])

    assert result.output == f"6 lines written to {out}\n"
    written = out.read_text("utf-8-sig").splitlines()
    assert written[0] == "date,account,name,debit,credit,currency,dimension,text,document,order,source"
    assert written[1].startswith("2026-09-03,1000,Bank and desk,440.00,,USD,meeting:SP26,Payment: hand-")
    nonsense = context.test_cli_runner().invoke(args=["books", "journal", "--month", "2026-13", "--out", str(out)])
    assert nonsense.exit_code == 2


later = st.lists(
    st.tuples(
        st.sampled_from(["sell", "take back", "exchange", "row"]), st.integers(1, 90_000), st.integers(0, 60 * 24 * 60)
    ),
    max_size=5,
)


@settings(max_examples=tries(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(later)
def test_whatever_comes_later_a_closed_month_comes_to_the_same(app, now, events):
    with app.app_context():
        empty_tables()
        ada, orders = a_beginning(now)
        close("2026-09")
        close("2026-10")
        kept = [each.digest for each in books.closures()]
        for number, (what, minor, minutes) in enumerate(events):
            with suppress(Refusal, IndexError):
                happen(what, minor, at("2026-11-01 05:00") + timedelta(minutes=minutes), ada, orders, number)

        assert books.differences() == []
        assert [each.digest for each in books.closures()] == kept
        assert payments.differences() == []
        assert_sold_is_deferred_or_revenue()


def a_beginning(now):
    """Ada, and her orders of two months."""
    with transaction():
        a_society()
        person = a_person("Ada", now)
        meetings.create(
            code="SP26", title="Spring", starts=date(2026, 10, 4), ends=date(2026, 10, 6), timezone="Australia/Sydney", currency="USD"
        )  # fmt: skip
    scopes = (SP26, "term:2026-09-01/2027-08-31", None)
    days = ("2026-09-03 12:00", "2026-10-08 12:00")
    return person, [sell(person, scope, 1999, at(day)) for scope in scopes for day in days]


def happen(what, minor, when, ada, orders, number):
    match what:
        case "sell":
            orders.append(sell(ada, (SP26, "term:2026-09-01/2027-08-31")[minor % 2], minor, when))
        case "take back":
            take_back(orders.pop(minor % len(orders)), when, keep=minor % 500, by=ada)
        case "exchange":
            orders.append(exchange(orders.pop(minor % len(orders)), minor + 90_000, when))
        case "row":
            told(a_row(f"{number}", when - timedelta(days=minor % 60), fee=minor), now=when)


def assert_sold_is_deferred_or_revenue():
    """Over all months, what is deferred and what is revenue is what was sold."""
    sums = dict.fromkeys((Role.DEFERRED, Role.REVENUE), 0)
    month = "2026-09"
    while month <= "2027-09":
        for each in books.summed(books.period(month)):
            if each.role in sums:
                sums[each.role] -= each.balance.minor
        month = books.period(month).after
    sold = sum(recognising.sold(at("2027-10-01 00:00")).values())
    assert sums == {Role.DEFERRED: 0, Role.REVENUE: sold}
