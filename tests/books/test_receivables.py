"""Invoices to be paid until a day: open until they are paid or credited, by the days that they are late at the end of a month."""

from datetime import date

import pytest

from conference import books, payments
from conference.kernel import Money, transaction
from conference.payments import NewLine, documents
from conference.payments.documents import issuing
from tests.books.telling import at
from tests.payments.documents.selling import ABOUT, BUYER, a_rate, a_seller

BEGUN = at("2026-07-01 12:00")


@pytest.fixture
def invoiced(ada, spring):
    """Make an order over so much that is invoiced to be paid until a day: (order, invoice)."""
    with transaction():
        a_rate(BEGUN)
        a_seller(BEGUN)

    def made(minor, due_on):
        lines = [NewLine("registration", 1, "Full", Money(minor, "EUR"))]
        with transaction():
            facts = {"currency": "EUR", "lines": lines, "now": BEGUN, "expires_at": at("2026-12-31 12:00")}
            order = payments.open_order(person_id=ada.id, **facts)
        with transaction():
            facts = {"buyer": BUYER, "about": ABOUT, "told": {}, "now": BEGUN, "due_on": due_on}
            return order, documents.issue(order.id, **facts)

    return made


def came(order, minor, now):
    with transaction():
        found, ref = payments.locked(order.id), f"{order.ref}-{minor}"
        payments.receive(found, provider="hand", provider_ref=ref, amount=Money(minor, "EUR"), now=now)
        if not payments.missing(found):
            payments.finish(found, now=now)


def still_open(month):
    """[(number, days overdue, minor units)] and [(over, number, minor units)] at the end of a month."""
    period = books.period(month)
    _header, rows = books.receivables.invoice_table(period)
    ages = [(each.over, each.number, each.open.minor) for each in books.receivables.by_age(period)]
    return [(row[0][-1], row[4], row[5].minor) for row in rows], ages


def test_an_invoice_is_open_by_the_days_that_it_is_late_until_it_is_paid_or_credited(ada, invoiced):
    (paid, _one), (credited, two) = invoiced(20000, date(2026, 7, 2)), invoiced(30000, date(2026, 9, 10))
    invoiced(50000, date(2026, 10, 31))
    came(paid, 5000, at("2026-10-02 12:00"))

    assert still_open("2026-09") == (
        [("1", 90, 20000), ("2", 20, 30000), ("3", 0, 50000)],
        [(None, 1, 50000), (0, 1, 30000), (60, 1, 20000)],
    )
    came(paid, 15000, at("2026-10-20 12:00"))
    with transaction():
        payments.locked(credited.id)
        sources = [line["source"] for line in two.content["lines"]]
        issuing.credit(two, sources, reason="ill", now=at("2026-10-21 12:00"))

    assert still_open("2026-10") == ([("3", 0, 50000)], [(None, 1, 50000)])
    assert still_open("2026-09")[0][0] == ("1", 90, 20000)
    assert still_open("2026-11") == ([("3", 30, 50000)], [(0, 1, 50000)])


def test_what_came_in_part_is_open_no_more(ada, invoiced):
    order, _made = invoiced(20000, date(2026, 7, 2))
    came(order, 5000, at("2026-07-20 12:00"))

    assert still_open("2026-07") == ([("1", 29, 15000)], [(0, 1, 15000)])
