"""What Stripe sends stands on its way to the bank until a bank line shows it; whatever is tied and untied, closed months stay what they were."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from conference import books, people
from conference.books import Role, Wanted, transit
from conference.kernel import Refusal, db, transaction
from conference.payments import bank, payouts
from tests.books.telling import a_row, at, told
from tests.cast import a_person, a_society
from tests.checkout.banking.acting import a_payout, an_account, bring_in, lines
from tests.databases import empty_tables, without_guards
from tests.payments.bank.writing import Said, as_camt

LATER = at("2026-12-05 12:00")
PAID = ((date(2026, 9, 10), 9000), (date(2026, 9, 30), 700), (date(2026, 10, 1), 31), (date(2026, 11, 3), 12345))
MONTHS = ("2026-09", "2026-10", "2026-11", "2026-12")


@pytest.fixture
def sent(context):
    """Four payouts, the bank lines that show them, and one by which the bank sent the first back."""
    return send_all()


def send_all():
    with transaction():
        a_society()
        a_person("Ada", LATER)
    account = an_account(LATER)
    for day, minor in PAID:
        a_payout(f"po_{minor}", minor, arrives=day)
        row = a_row(f"po_{minor}", at(f"{day} 12:00"), "payout", -minor, 0)
        told(replace(row, source=f"po_{minor}"), now=LATER)
    said = [Said(minor, "Payout", "STRIPE", day=day) for day, minor in PAID]
    bring_in(account, as_camt([*said, Said(-PAID[0][1], "Payout", "STRIPE", day=date(2026, 10, 2))]), LATER)
    return list(db.session.scalars(select(payouts.Payout).order_by(payouts.Payout.id)))


def tie(number, sent):
    """The line of this number is tied to its payout; the last one says that the first went back."""
    kind = bank.CounterpartKind.PAYOUT_BACK if number == len(PAID) else bank.CounterpartKind.PAYOUT
    with transaction():
        bank.tie(lines()[number].id, kind, sent[number % len(PAID)].id, by=None, now=LATER)


def untie(number):
    with transaction():
        bank.untie(lines()[number], reason="a slip", by=None, now=LATER)


def close(month):
    with transaction():
        return books.close(month, by=None, now=LATER)


def moved(month, role=Role.TRANSIT):
    """By how much a month moves an account."""
    return sum(each.balance.minor for each in books.of_period(books.period(month)) if each.role is role)


def journal(month):
    """[(day, what, role, minor, payout)] of the month's lines on the account."""
    found = books.page(books.period(month), Wanted(role=Role.TRANSIT), number=1)
    return [(f"{each.day}", each.what, post.minor, each.source) for each in found.items for post in each.postings]


def test_a_bank_line_takes_its_payout_from_the_way_on_the_banks_day(sent):
    tie(1, sent)

    assert journal("2026-09") == [
        ("2026-09-10", "payout", 9000, "txn_po_9000"), ("2026-09-30", "payout", 700, "txn_po_700"),
        ("2026-09-30", "payout", -700, "po_700"),
    ]  # fmt: skip
    assert (moved("2026-09"), moved("2026-09", Role.BANK)) == (9000, 700)
    [found] = [each for each in books.bookings(books.period("2026-09")) if each.part == "cleared"]
    assert found.line == lines()[1].ref


def test_a_payout_that_goes_back_is_on_its_way_again(sent):
    tie(0, sent)
    tie(4, sent)

    assert (moved("2026-09"), moved("2026-10"), moved("2026-10", Role.BANK)) == (700, 31 + 9000, -9000)


def test_what_is_tied_or_untied_after_its_month_was_closed_is_booked_in_the_next(sent):
    tie(1, sent)
    close("2026-09")
    tie(0, sent)
    untie(1)

    assert (moved("2026-09"), moved("2026-10")) == (9000, 31 - 9000 + 700)
    assert [each[:3] for each in journal("2026-10") if each[3].startswith("po_")] == [
        ("2026-10-01", "payout", -9000), ("2026-10-01", "payout_undone", 700),
    ]  # fmt: skip
    assert books.differences() == []


def test_what_is_on_its_way_is_what_no_line_shows(sent):
    tie(1, sent)
    close("2026-09")
    tie(3, sent)

    [found] = transit.on_their_way()
    assert (found.journal.minor, found.unseen.minor) == (9031, 9031)
    on_their_way = db.session.scalars(payouts.payouts().where(bank.is_on_its_way()))
    assert [each.payout_id for each in on_their_way] == ["po_31", "po_9000"]


def test_a_clearing_that_is_lost_is_named(context, sent):
    tie(1, sent)
    with db.engine.connect() as connection, connection.begin(), without_guards(connection):
        connection.exec_driver_sql("DELETE FROM payments_bank_clearing")

    result = context.test_cli_runner().invoke(args=["ledger", "check"])

    assert result.exit_code == 1
    assert result.output.splitlines() == [
        f"bank line {lines()[1].ref}: 700 of its payout stand at the bank, the books know of 0",
        "on the way to the bank in USD: 22076 in the journal, 21376 not seen at the bank",
    ]


steps = st.lists(
    st.tuples(st.sampled_from(["tie", "tie", "untie", "close", "reopen"]), st.integers(0, len(PAID))), max_size=14
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_is_tied_and_closed_transit_is_what_no_line_shows(app, steps):
    with app.app_context():
        empty_tables()
        sent, kept = send_all(), {}
        for what, number in steps:
            with suppress(Refusal):
                happen(what, number, sent, kept)

            assert books.differences() == []
            assert {each.month: each.digest for each in books.closures()} == kept
            assert sum(map(moved, MONTHS)) == unseen()
            for month in MONTHS:
                assert books.summed(books.period(month)) == books.held(books.period(month)).totals


def happen(what, number, sent, kept):
    newest = books.closures()
    match what:
        case "tie":
            tie(number, sent)
        case "untie":
            untie(number)
        case "close":
            month = books.period(newest[0].month).after if newest else "2026-09"
            kept[month] = close(month).digest
        case "reopen" if newest:
            with transaction():
                books.reopen(newest[0].month, why="a slip", by=people.by_email("ada@example.org"), now=LATER)
            del kept[newest[0].month]


def unseen():
    """Minor units of the payouts, less what the lines that are tied show."""
    shown = sum(each.amount_minor for each in lines() if each.state == bank.LineState.PAYOUT)
    return sum(minor for _day, minor in PAID) - shown
