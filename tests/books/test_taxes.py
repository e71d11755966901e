"""Tax by country and rate of a month: what its documents say, to the minor unit, and a closed month takes no document."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from conference import books, payments
from conference.books.taxes import Sold
from conference.kernel import Money, db, transaction
from conference.payments import NewLine, documents
from tests.books.telling import at, exchange, sell, take_back
from tests.payments.documents.selling import ABOUT, BUYER, a_rate, a_seller

SEPTEMBER, OCTOBER = at("2026-09-03 12:00"), at("2026-10-20 12:00")
LATER = at("2026-12-05 12:00")
TICKETS, DUES = Sold("US", "S", 1900, "EUR"), Sold("DE", "E", 0, "EUR")


@pytest.fixture
def seller(ada, spring):
    with transaction():
        a_rate(SEPTEMBER, 1900)
        a_rate(SEPTEMBER, 0, kind="dues", note="Exempt")
        return a_seller(SEPTEMBER)


@pytest.fixture(autouse=True)
def ties_out(context):
    yield
    assert documents.differences() == payments.differences() == []


def sold_together(ada, now, *amounts):
    """A paid order over lines of (kind, minor units)."""
    lines = [NewLine(kind, number, kind, Money(minor, "EUR")) for number, (kind, minor) in enumerate(amounts, 1)]
    with transaction():
        order = payments.open_order(person_id=ada.id, currency="EUR", lines=lines, now=now, expires_at=now)
        payments.receive(order, provider="hand", provider_ref=order.ref, amount=order.total, now=now)
        payments.finish(order, now=now)
    return order


def invoiced(order, now, **buyer):
    made_out_to = documents.Buyer(**{**vars(BUYER), **buyer})
    with transaction():
        return documents.issue(order.id, buyer=made_out_to, about=ABOUT, told={}, now=now)


def report(month):
    return {each.sold: (each.number, each.net.minor, each.tax.minor, each.gross.minor)
            for each in books.taxes.by_rate(books.period(month))}  # fmt: skip


def behind(month, sold):
    return [row[0].number for row in db.session.execute(books.taxes.listed(books.period(month), sold))]


def test_invoices_count_in_the_month_of_their_issue_and_credit_notes_in_theirs(seller, ada):
    order = sold_together(ada, SEPTEMBER, ("registration", 11900), ("dues", 5000))
    invoice = invoiced(order, SEPTEMBER)
    with transaction():
        kept = payments.locked(order.id)
        payments.end_line(kept, kept.lines[0], now=OCTOBER)
        payments.book_difference(kept, ended=kept.lines[:1], refunded=Money(11900, "EUR"), now=OCTOBER)
        payments.promise_refund(order=kept, amount=Money(11900, "EUR"), reason="", now=OCTOBER)
        documents.follow_order(order.id, now=OCTOBER)
    (note,) = documents.queries.notes_on(invoice)

    assert report("2026-09") == {TICKETS: (1, 10000, 1900, 11900), DUES: (1, 5000, 0, 5000)}
    assert report("2026-10") == {TICKETS: (1, -10000, -1900, -11900)}
    assert behind("2026-09", TICKETS) == behind("2026-09", DUES) == [invoice.number]
    assert behind("2026-10", TICKETS) == [note.number]
    assert behind("2026-09", Sold()) == [invoice.number] * 2


def test_the_sums_of_a_month_are_those_of_its_documents_to_the_minor_unit(seller, ada):
    for number in range(1, 40):
        amounts = [("registration", 99 + number * number), ("add_on", 31 * number + 1), ("dues", 13 * number)]
        invoiced(sold_together(ada, SEPTEMBER, *amounts[: number % 3 + 1]), SEPTEMBER)

    period = books.period("2026-09")
    (together,) = books.taxes.together(books.taxes.by_rate(period), period)

    made = db.session.query(documents.Document).all()
    said = [sum(getattr(each, f"{name}_minor") for each in made) for name in ("net", "tax", "rounding", "gross")]
    assert [each.minor for each in together[2:]] == said
    assert (together.number, len(made)) == (39, 39)
    assert any(each.rounding_minor for each in made)


def test_the_database_keeps_documents_out_of_a_closed_month_and_it_stays_what_it_was(seller, ada):
    invoice = invoiced(sold_together(ada, SEPTEMBER, ("registration", 11900)), SEPTEMBER)
    late = sold_together(ada, SEPTEMBER, ("registration", 2380))
    with transaction():
        books.close("2026-09", by=None, now=LATER)
    before = report("2026-09")

    with pytest.raises(IntegrityError, match="the month is closed"):
        invoiced(late, at("2026-09-30 12:00"))
    invoiced(late, LATER)
    with transaction():
        documents.correct(invoice, buyer=BUYER, now=LATER, by=ada)

    assert report("2026-09") == before == {TICKETS: (1, 10000, 1900, 11900)}
    assert report("2026-12") == {TICKETS: (3, 2000, 380, 2380)}


def test_the_first_month_of_tax_is_listed_though_nothing_was_paid_in_it(seller, ada):
    line = NewLine("registration", 1, "registration", Money(11900, "EUR"))
    with transaction():
        facts = {"lines": [line], "currency": "EUR", "now": SEPTEMBER, "expires_at": LATER}
        waits = payments.open_order(person_id=ada.id, **facts)
        documents.issue(waits.id, buyer=BUYER, about=ABOUT, told={}, now=SEPTEMBER, due_on=date(2026, 10, 5))
    sell(ada, None, 700, OCTOBER)

    assert [each.month for each in books.months(LATER)] == ["2026-12", "2026-11", "2026-10", "2026-09"]


def test_what_came_without_a_document_is_told_as_far_as_none_covers_it(seller, ada):
    bare = sell(ada, "meeting:SP26", 44000, SEPTEMBER)
    covered = sold_together(ada, SEPTEMBER, ("registration", 11900))
    invoiced(covered, SEPTEMBER)
    late = sold_together(ada, SEPTEMBER, ("registration", 3000))
    invoiced(late, OCTOBER)
    gone = sell(ada, "meeting:SP26", 700, SEPTEMBER)
    take_back(gone, SEPTEMBER, by=ada)

    listed = [tuple(row) for row in db.session.execute(books.taxes.uncovered(books.period("2026-09")))]

    assert listed == [(late.ref, "EUR", 0, 3000), (bare.ref, "USD", 0, 44000)]
    assert books.taxes.uncovered_sums(books.period("2026-09")) == [(1, Money(3000, "EUR")), (1, Money(44000, "USD"))]
    # The invoice of October covers it then: with its tax, nothing counts twice.
    assert books.taxes.uncovered_sums(books.period("2026-10")) == [(1, Money(-3000, "EUR"))]
    assert books.taxes.uncovered_sums(books.period("2026-11")) == []


def test_money_that_is_carried_or_sent_back_later_comes_off_where_it_was_listed(ada):
    first, other = (sell(ada, "meeting:SP26", minor, SEPTEMBER) for minor in (10000, 700))
    exchange(first, 12000, OCTOBER)
    take_back(other, OCTOBER, by=ada)

    months = [books.taxes.uncovered_sums(books.period(month)) for month in ("2026-09", "2026-10")]

    assert months == [[(2, Money(10700, "USD"))], [(3, Money(1300, "USD"))]]  # 12000 stand uncovered at the end


def test_reverse_charge_is_listed_by_the_customers_number(seller, ada):
    with transaction():
        documents.add_rate(
            by=None, now=SEPTEMBER, hundredths=0, category="AE", buyers="business", starts=date(2020, 1, 1), ends=None
        )
    for minor, buyer in ((10000, {"tax_id": "FR40303265045", "country": "FR", "organisation": "Institut"}),
                         (2500, {"tax_id": "FR40303265045", "country": "FR", "organisation": "Institut"}),
                         (700, {}),  # of the seller's own state
                         (300, {"tax_id": "91-1144442", "country": "US", "organisation": "Example Inc"})):  # fmt: skip
        invoiced(sold_together(ada, SEPTEMBER, ("registration", minor)), SEPTEMBER, **buyer)

    found = books.taxes.customers(books.period("2026-09"))

    assert [(each.state, each.own_number, each.name.partition(",")[0], each.number, each.net.minor) for each in found] == [
        ("", "91-1144442", "Example Inc", 1, 300), ("FR", "40303265045", "Institut", 2, 12500),
    ]  # fmt: skip
