"""The books at the desk: a month's totals lead to its lines, it is closed by finance and opened again by an administrator."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from conference import books, checkout, payments
from conference.kernel import Money, clock, db, transaction
from conference.payments.payouts import BalanceRow
from tests.books.telling import a_row, sell, take_back, told
from tests.payments.documents.selling import BUYER, a_rate, a_seller
from tests.signing_in import account_of, signed_in
from tests.staff.cast import a_registration, an_order, follow, page, somebody

BOOKS = "/staff/money/books"


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def past(meeting, now):
    """A sale by card and a fee of the month before, and one whose fee is kept: (month, first order)."""
    person = account_of("ada@example.org", given_name="Ada").person
    when = now.replace(day=1) - timedelta(days=9)
    scope = f"meeting:{meeting.code}"
    order = sell(person, scope, 44000, when, provider="stripe")
    take_back(sell(person, scope, 30000, when), when, keep=5000, by=person)
    told(a_row("old", when, fee=306), now=when)
    return books.month_of(when), order


@pytest.fixture
def admin(context):
    return signed_in(context, "ann@example.org", roles=("administrator",), given_name="Ann")


def close(fay, month):
    return follow(fay, fay.post(f"{BOOKS}/{month}/close"))


def test_a_month_shows_its_accounts_and_each_leads_to_its_lines(fay, past):
    month, order = past
    text = page(fay.get(f"{BOOKS}/{month}"))

    assert "740.00 USD" in text and "Deferred revenue" in text and "3.06 USD" in text
    assert f'href="{BOOKS}/{month}/journal?account=stripe_fees"' in text
    fees = page(fay.get(f"{BOOKS}/{month}/journal?account=stripe_fees"))
    assert f"{'/staff/money/row/txn_old'}" in fees and order.ref not in fees
    kept = page(fay.get(f"{BOOKS}/{month}/journal?account=fees"))
    assert "50.00 USD" in kept and "Kept as a fee" in kept


def test_lines_lead_to_their_orders_and_are_found_by_words_and_scope(fay, past, meeting):
    month, order = past
    found = page(fay.get(f"{BOOKS}/{month}/journal?q={order.ref}"))

    assert f'<a href="/staff/order/{order.ref}"' in found and "306" not in found
    assert "No line matches" in page(fay.get(f"{BOOKS}/{month}/journal?q=nothing+of+the+kind"))
    assert order.ref in page(fay.get(f"{BOOKS}/{month}/journal?scope=meeting:{meeting.code}&account=nonsense&page=99"))


def test_both_files_hold_every_line(fay, past):
    month, order = past
    lines = page(fay.get(f"{BOOKS}/{month}/journal.csv")).splitlines()
    sheet = load_workbook(io.BytesIO(fay.get(f"{BOOKS}/{month}/journal.xlsx").data)).active

    assert lines[0].lstrip("\ufeff") == "date,account,name,debit,credit,currency,dimension,text,document,order,source"
    assert len(lines) == sheet.max_row == 1 + sum(len(each.postings) for each in books.bookings(books.period(month)))
    assert sum(f",{order.ref}," in line for line in lines) == 4


OPEN = {
    "rows of Stripe's balance that nobody has explained": "/staff/money/balance?show=open",
    "orders that wait for staff": "/staff/orders?state=trouble",
    "refunds on their way": "/staff/orders?state=refunding",
    "bank lines that wait": "/staff/bank/lines",
    "payments to approve": "/staff/approvals",
}


def test_finance_closes_a_month_once_and_sees_first_what_is_open(fay, past):
    month, _order = past
    shown = page(fay.get(f"{BOOKS}/{month}"))
    for what, address in OPEN.items():
        assert what in shown and f'href="{address}"' in shown and fay.get(address).status_code == 200

    text = close(fay, month)

    assert "Closed. Nothing can be booked" in text and "Digest of the journal" in text
    assert fay.post(f"{BOOKS}/{month}/close").status_code == 409
    assert fay.post(f"{BOOKS}/{books.month_of(clock.now())}/close").status_code == 409
    assert "An administrator can open it again" in page(fay.get(f"{BOOKS}/{month}"))
    assert "Fay" in page(fay.get(BOOKS))


def test_an_administrator_opens_the_newest_closed_month_again_with_a_reason(fay, admin, past):
    month, _order = past
    close(fay, month)

    assert fay.post(f"{BOOKS}/{month}/reopen", data={"why": "mine"}).status_code == 403
    empty = admin.post(f"{BOOKS}/{month}/reopen", data={"why": " "})
    assert (empty.status_code, "Say why." in page(empty)) == (422, True)
    text = follow(admin, admin.post(f"{BOOKS}/{month}/reopen", data={"why": "A transfer was forgotten"}))
    assert "A transfer was forgotten" in text and "Opened again before" in text
    assert admin.post(f"{BOOKS}/{month}/reopen", data={"why": "again"}).status_code == 409


def test_accounts_are_renamed_at_their_fields_and_a_closed_month_keeps_its_own(fay, past):
    month, _order = past
    close(fay, month)
    form = {f"{part}_{role}": text for role, named in books.accounts.current().items()
            for part, text in zip(("number", "name"), named, strict=True)}  # fmt: skip

    for wrong, said in (({"number_fees": ""}, "Give the account a number."), ({"number_fees": "=1+1"}, "Letters, digits"),
                        ({"number_fees": "4000"}, "an account has one name")):  # fmt: skip
        answer = fay.post("/staff/money/accounts", data={**form, **wrong})
        assert (answer.status_code, said in page(answer)) == (422, True)
    follow(fay, fay.post("/staff/money/accounts", data={**form, "number_fees": "8400", "name_fees": "Storno"}))

    assert books.accounts.current()[books.Role.FEES] == ("8400", "Storno")
    assert "8400" not in page(fay.get(f"{BOOKS}/{month}/journal.csv"))
    assert "Storno" in page(fay.get(f"{BOOKS}/{books.month_of(clock.now())}/journal"))


def test_reports_say_what_came_what_is_deferred_and_what_is_open(fay, past, meeting):
    month, _order = past
    text = page(fay.get(f"{BOOKS}/{month}/reports"))

    assert "Stripe" in text and "by hand" in text
    assert "Every order's account was settled." in text
    assert "Fees kept" in text and "Stripe: Payment" in text
    [deferred] = books.reports.deferred(books.period(month))
    assert deferred == (f"meeting:{meeting.code}", *(Money(minor, "USD") for minor in (0, 74000, 30000, 0, 0, 44000)))


def test_an_account_that_is_not_zero_is_listed_by_age(fay, meeting, now):
    _entry, order = a_registration(meeting, "Ada")
    with transaction():
        payments.receive(order, provider="stripe", provider_ref="pi_more", amount=Money(700, "USD"), now=now)
        payments.queries.locked(order.id).state = "parked"

    text = page(fay.get(f"{BOOKS}/{books.month_of(now)}/reports"))

    assert "7.00 USD" in text and "Up to 30 days" in text and order.ref in text
    with transaction():
        payments.send_back(order=payments.locked(order.id), amount=Money(700, "USD"), reason="twice", now=now)


def test_open_invoices_are_listed_with_their_days_and_as_a_file(fay, meeting, now):
    _entry, order = an_order(meeting, somebody("Ada"))
    with transaction():
        a_rate(now)
        a_seller(now)
        facts = {"buyer": BUYER, "by": None, "now": now, "due_on": now.date() + timedelta(days=90)}
        checkout.invoicing.invoice(payments.order_by_ref(order.ref), **facts)
    month = books.month_of(now)

    report, listed = (page(fay.get(f"{BOOKS}/{month}/{name}")) for name in ("reports", "invoices"))

    assert "Not due yet" in report and f"{BOOKS}/{month}/invoices" in report
    assert all(words in listed for words in ("INV-", order.ref, "440.00 USD", "Example University"))
    header, row = fay.get(f"{BOOKS}/{month}/invoices.csv").text.lstrip("\ufeff").splitlines()
    assert header.startswith("invoice,order,billed_to,due_on,days_overdue,open,currency") and order.ref in row
    assert fay.get(f"{BOOKS}/{month}/invoices.xlsx").status_code == 200


def test_only_finance_sees_the_books(cleo, dov, stranger, past):
    month, _order = past
    for path in (
        "books",
        f"books/{month}",
        f"books/{month}/journal",
        f"books/{month}/reports",
        f"books/{month}/invoices",
        f"books/{month}/invoices.csv",
        f"books/{month}/journal.csv",
        "accounts",
    ):
        assert cleo.get(f"/staff/money/{path}").status_code == 403
        assert dov.get(f"/staff/money/{path}").status_code == 403
        assert stranger.get(f"/staff/money/{path}").status_code == 303
    assert cleo.post(f"{BOOKS}/{month}/close").status_code == 403


def test_what_is_no_month_is_not_found_and_an_empty_one_says_so(fay, meeting):
    for path in ("2026-13", "1999-01", "november", "2026-1"):
        assert fay.get(f"{BOOKS}/{path}").status_code == 404
    month = books.month_of(clock.now())
    assert db.session.query(BalanceRow).count() == 0
    for path in ("", "/journal"):
        assert "Nothing was booked" in page(fay.get(f"{BOOKS}/{month}{path}"))
    assert "No money moved." in page(fay.get(f"{BOOKS}/{month}/reports"))
    assert "No invoice was open" in page(fay.get(f"{BOOKS}/{month}/invoices"))
