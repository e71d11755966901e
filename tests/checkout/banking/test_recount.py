"""What a bank line says was given or sent back is what its matches and the bank say: it is named, or not committed at all."""

import json

import pytest
from sqlalchemy import update

from conference import payments
from conference.kernel import Money, db, transaction
from conference.payments import BooksDoNotTieOut, bank
from conference.payments.bank.rules import CounterpartKind as Kind
from tests.checkout.acting import place
from tests.checkout.banking.acting import came, lines, match, undo
from tests.payments.bank.writing import Said


@pytest.fixture
def line(account, meeting, ada, now):
    """A line of 500.00, of which 440.00 pay Ada's order."""
    order = place(meeting, ada, now)
    (line,) = came(account, now, Said(50000, "Registration", "Ada Demo"))
    match(line, order, now, order.total_minor)
    return lines()[0]


def tamper(line, **values):
    """Behind the application's back."""
    of_line = update(bank.StatementLine).where(bank.StatementLine.id == line.id)
    db.session.execute(of_line.values(**values), execution_options={"synchronize_session": False})


def check(app):
    """The exit code of `flask ledger check`, and what it names."""
    done = app.test_cli_runner().invoke(args=["ledger", "check", "--json"])
    return done.exit_code, json.loads(done.output.splitlines()[-1])["differences"]


def test_a_line_that_is_changed_behind_the_books_is_named_by_the_check(context, line):
    assert check(context) == (0, [])
    with transaction():
        tamper(line, matched_minor=44001)

    code, found = check(context)

    assert (code, found[0]) == (1, f"bank line {line.ref}: 44001 marked as given to orders, its matches sum to 44000")
    assert found[1].startswith(
        "bank account Current account in USD does not tie out: matched 44001, returned 0, waiting 5999"
    )
    with transaction():
        tamper(line, matched_minor=44000)


def test_money_that_was_sent_back_is_what_the_bank_shows(context, account, line, now):
    with transaction():
        bank.send_back(line, Money(6000, "USD"), note="too much", by=None, now=now)
    *_others, shown = came(account, now, Said(-6000, "Returned", "Ada Demo"), name="later.xml")
    with transaction():
        bank.tie(shown.id, Kind.RETURNED, line.id, by=None, now=now)
    with transaction():
        tamper(line, returned_minor=5000, state="open")

    assert f"bank line {line.ref}: 5000 marked as sent back, line {shown.ref} shows 6000" in check(context)[1]
    with transaction():
        tamper(line, returned_minor=6000, state="matched")


def test_what_does_not_sum_is_not_committed(line, now):
    for act in (
        lambda: bank.send_back(line, Money(100, "USD"), note="", by=None, now=now),
        lambda: bank.reopen(line, by=None, now=now),
    ):
        with pytest.raises(BooksDoNotTieOut, match="its matches sum to 44000"), transaction():
            tamper(line, matched_minor=43000, returned_minor=1)
            act()

    undo(line, now)
    assert (lines()[0].matched_minor, bank.differences(), payments.differences()) == (0, [], [])
