"""The journal books the tax of documents: what was sold is deferred, and becomes revenue, without it."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conference import books, payments
from conference.books import Role, Wanted
from conference.kernel import Money, Refusal, db, transaction
from conference.payments import documents
from tests.books.taxing import SP26, TERM, balances, credited, invoiced, tax_of_documents, taxed, unpaid
from tests.books.telling import at, sell
from tests.books.test_closing import LATER, a_beginning, close
from tests.databases import empty_tables, without_guards
from tests.payments.documents.selling import BUYER

SEPTEMBER, OCTOBER, NOVEMBER = at("2026-09-03 12:00"), at("2026-10-20 12:00"), at("2026-11-03 12:00")


@pytest.fixture
def seller(ada, spring):
    taxed()


@pytest.fixture(autouse=True)
def ties_out(context):
    yield
    assert documents.differences() == payments.differences() == []


def lines(month, **wanted):
    """[(what, why, source, role, minor)] of a month's journal."""
    found = books.page(books.period(month), Wanted(**wanted), number=1).items
    return [(each.what, each.why, each.source, str(post.role), post.minor) for each in found for post in each.postings]


def test_an_invoice_over_119_is_deferred_and_becomes_revenue_as_100(seller, ada):
    _order, invoice = invoiced(ada, SEPTEMBER, (SP26, 11900))

    assert balances("2026-09") == {"bank": 11900, "tax": -1900, "deferred": -10000}
    assert balances("2026-10") == {"deferred": 10000, "revenue": -10000}
    assert lines("2026-09", role=Role.TAX, scope=SP26, text=invoice.number) == [
        ("invoice", "US, 19 %", invoice.number, "tax", -1900)
    ]
    [deferred] = books.reports.deferred(books.period("2026-09"))
    assert deferred == (SP26, *(Money(minor, "EUR") for minor in (0, 11900, 0, 1900, 0, 10000)))
    [opened] = books.reports.deferred(books.period("2026-10"))
    assert opened == (SP26, *(Money(minor, "EUR") for minor in (10000, 0, 0, 0, 10000, 0)))


def test_the_journal_for_accounting_software_has_the_tax_with_its_document(seller, ada):
    order, invoice = invoiced(ada, SEPTEMBER, (SP26, 11900))

    _header, rows = books.journal_table(books.period("2026-09"))
    found = [list(map(str, row)) for row in rows if "INV" in str(row[-1])]

    said = ["EUR", SP26, "Tax of an invoice: US, 19 %", invoice.number, order.ref, invoice.number]
    assert found == [["2026-09-03", "2400", "Deferred revenue", str(Money(1900, "EUR")), "None", *said],
                     ["2026-09-03", "2300", "Output tax", "None", str(Money(1900, "EUR")), *said]]  # fmt: skip


def test_a_document_that_comes_after_the_meeting_takes_its_tax_out_of_revenue(seller, ada):
    invoiced(ada, SEPTEMBER, (SP26, 11900), issued=NOVEMBER)

    assert balances("2026-10") == {"deferred": 11900, "revenue": -11900}
    assert balances("2026-11") == {"tax": -1900, "revenue": 1900}
    assert ("invoice", "US, 19 %", "INV-2026-00001", "revenue", 1900) in lines("2026-11", role=Role.REVENUE)


def test_a_credit_note_takes_the_tax_back_and_leaves_that_of_the_fee(seller, ada):
    order, _invoice = invoiced(ada, SEPTEMBER, (SP26, 11900))
    credited(order, at("2026-09-20 12:00"), keep=5950, by=ada)

    assert balances("2026-09") == {"bank": 5950, "tax": -950, "fees": -5000}
    assert "deferred" not in balances("2026-10")
    assert books.reports.kept(books.period("2026-09"))[0].balance == Money(-5000, "EUR")


def test_a_price_that_is_kept_as_a_fee_whole_goes_to_the_fees_without_its_tax(seller, ada):
    order, _invoice = invoiced(ada, SEPTEMBER, (SP26, 11900))
    credited(order, at("2026-09-20 12:00"), keep=11900, by=ada)

    assert balances("2026-09") == {"bank": 11900, "tax": -1900, "fees": -10000}
    assert "revenue" not in balances("2026-10")


def test_a_fee_that_was_sold_is_taxed_out_of_what_was_sold(seller, ada):
    invoiced(ada, SEPTEMBER, (SP26, 11900), kind="fee")

    assert balances("2026-09") == {"bank": 11900, "tax": -1900, "deferred": -10000}


def test_a_credit_note_after_the_meeting_gives_its_tax_back_to_revenue(seller, ada):
    order, _invoice = invoiced(ada, SEPTEMBER, (SP26, 11900))
    credited(order, NOVEMBER, by=ada)

    assert balances("2026-11") == {"bank": -11900, "tax": 1900, "revenue": 10000}


def test_each_meeting_and_term_of_an_order_has_its_own_tax(seller, ada):
    _order, invoice = invoiced(ada, SEPTEMBER, (SP26, 11900), (TERM, 23800))

    found = {
        each.scope: (each.tax.minor, each.closing.minor) for each in books.reports.deferred(books.period("2026-09"))
    }
    assert found == {SP26: (1900, 10000), TERM: (3800, 20000 - 20000 * 30 // 365)}
    assert {each.scope for each in books.bookings(books.period("2026-09")) if each.source == invoice.number} == {
        SP26,
        TERM,
    }


def test_without_documents_nothing_is_booked_as_tax(ada, spring):
    sell(ada, SP26, 11900, SEPTEMBER, currency="EUR")

    assert balances("2026-09") == {"bank": 11900, "deferred": -11900}
    assert lines("2026-09", role=Role.TAX) == []


def test_a_pro_forma_books_nothing_and_an_unpaid_invoice_its_tax(seller, ada):
    unpaid(ada, SEPTEMBER)
    assert balances("2026-09") == {"tax": -1900, "deferred": 1900}

    with transaction():
        order = payments.open_order(person_id=ada.id, lines=[payments.NewLine("ticket", 1, "T", Money(11900, "EUR"))],
                                    currency="EUR", now=OCTOBER, expires_at=LATER, scope=SP26)  # fmt: skip
        documents.pro_forma(order.id, buyer=BUYER, about=documents.About("T"), told={}, now=OCTOBER)
    assert "tax" not in balances("2026-10")


def test_each_account_leads_to_exactly_its_lines(seller, ada):
    order, _invoice = invoiced(ada, SEPTEMBER, (SP26, 11900), (TERM, 777))
    invoiced(ada, SEPTEMBER, (SP26, 100), issued=OCTOBER)
    credited(order, OCTOBER, keep=100, by=ada)

    for month in ("2026-09", "2026-10"):
        every = [post for each in books.bookings(books.period(month)) for post in each.postings]
        for role in Role:
            assert sorted(each[-1] for each in lines(month, role=role)) == sorted(
                post.minor for post in every if post.role is role
            ), role


def forget_tax(month):
    """The closure of a month is as it was made before the journal had tax: without an account for it."""
    accounts = {role: named for role, named in books.closures()[0].accounts.items() if role != "tax"}
    with db.engine.connect() as connection, connection.begin(), without_guards(connection):
        table = books.Closure.__table__
        connection.execute(table.update().where(table.c.month == month).values(accounts=accounts))


def test_a_month_that_was_closed_before_keeps_the_journal_that_it_was_closed_with(ada, spring):
    order = sell(ada, SP26, 11900, SEPTEMBER, currency="EUR")
    close("2026-09")
    forget_tax("2026-09")
    kept = books.closures()[0].digest
    taxed()
    with transaction():
        invoice = documents.issue(order.id, buyer=BUYER, about=documents.About("T", country="US"), told={}, now=OCTOBER)

    assert books.differences() == []
    assert books.closures()[0].digest == kept
    assert balances("2026-10") == {"tax": -1900, "deferred": 11900, "revenue": -10000}
    assert invoice.tax.minor == 1900


later = st.lists(
    st.tuples(
        st.sampled_from(["invoice", "take back", "correct", "unpaid", "late"]),
        st.integers(1, 90_000),
        st.integers(0, 100 * 24 * 60),
    ),
    max_size=6,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(later)
def test_whatever_happens_the_journal_is_even_and_its_tax_is_that_of_the_documents(app, now, events):
    with app.app_context():
        empty_tables()
        ada, _orders = a_beginning(now)
        taxed()
        made: list = []
        for what, minor, minutes in events:
            with suppress(Refusal, ZeroDivisionError):
                happen(what, minor, at("2026-09-02 12:00") + timedelta(minutes=minutes), ada, made)

        tax = 0
        for month in ("2026-09", "2026-10", "2026-11", "2026-12"):
            found, held = books.summed(books.period(month)), books.held(books.period(month))
            assert found == held.totals
            assert sum(each.debit_minor - each.credit_minor for each in found) == 0
            tax -= sum(each.balance.minor for each in found if each.role is Role.TAX)
            close(month, now=at("2027-01-03 12:00"))
        assert tax == tax_of_documents()
        assert books.differences() == documents.differences() == payments.differences() == []


def happen(what, minor, when, ada, made):
    scope = (SP26, TERM, None)[minor % 3]
    match what:
        case "invoice":
            made.append(invoiced(ada, when, (scope, minor), (TERM, minor // 2 + 1)))
        case "late":
            made.append(invoiced(ada, when, (scope, minor), issued=when + timedelta(days=minor % 40)))
        case "unpaid":
            unpaid(ada, when)
        case "take back":
            order, invoice = made.pop(minor % len(made))
            credited(order, max(when, invoice.issued_at), keep=min(minor % 500, order.total_minor - 1), by=ada)
        case "correct":
            _order, invoice = made.pop(minor % len(made))
            with transaction():
                documents.correct(invoice, buyer=BUYER, now=max(when, invoice.issued_at), by=ada)
