"""A month's tax at the desk: each figure leads to its documents, files hold the same, money without a document is named."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from conference import books
from conference.kernel import clock, transaction
from conference.payments import documents
from tests.payments.documents.selling import ABOUT, BUYER, a_rate, a_seller
from tests.staff.cast import a_registration, page

FRENCH = {"organisation": "Institut d’Exemple", "tax_id": "FR40303265045", "country": "FR"}


@pytest.fixture
def issued(meeting):
    """Ada's invoice at 19 %, Ben's with reverse charge, and Cem's order without one: (month, Ada's invoice, Cem's order)."""
    now = clock.now()
    orders = [a_registration(meeting, name)[1] for name in ("Ada", "Ben", "Cem")]
    with transaction():
        a_seller(now)
        a_rate(now)
        documents.add_rate(
            by=None, now=now, hundredths=0, category="AE", buyers="abroad", starts=date(2020, 1, 1), ends=None
        )
        made = [
            documents.issue(order.id, buyer=documents.Buyer(**{**vars(BUYER), **buyer}), about=ABOUT, told={}, now=now)
            for order, buyer in zip(orders, ({}, FRENCH), strict=False)
        ]
    return books.month_of(now), made[0], orders[2]


def test_each_figure_leads_to_its_documents(fay, issued):
    month, invoice, bare = issued
    here = f"/staff/money/books/{month}/tax"
    text = page(fay.get(here))

    assert "369.75 USD" in text and "70.25 USD" in text and "reverse charge" in text
    assert f'href="{here}/documents?country=US&amp;category=S&amp;rate=1900&amp;currency=USD"' in text
    listed = page(fay.get(f"{here}/documents?country=US&category=S&rate=1900&currency=USD"))
    assert invoice.number in listed and "FR40303265045" not in listed and listed.count("INV-") == 1
    assert page(fay.get(f"{here}/documents")).count('">INV-') == 2
    assert "No document matches" in page(fay.get(f"{here}/documents?country=FR"))
    assert page(fay.get(f"{here}/documents?country=%00%00&currency=%00%00%00&rate=x&category=%00")).count('">INV-') == 2
    assert bare.ref in text and "440.00 USD for 1 order." in text


def test_the_files_hold_what_the_pages_show(fay, issued):
    month, invoice, _bare = issued
    here = f"/staff/money/books/{month}/tax"
    sums = page(fay.get(f"{here}.csv")).splitlines()
    sheet = load_workbook(io.BytesIO(fay.get(f"{here}.xlsx").data)).active

    assert sums[1] == "US,Taxed at a rate (S),19.00,USD,1,369.75,70.25,0.00,440.00"
    assert sheet.max_row == len(sums) == 3
    one = page(fay.get(f"{here}/documents.csv?category=S")).splitlines()
    assert (
        len(one) == 2
        and one[1].startswith(f"{invoice.number},Invoice,")
        and one[1].endswith(",369.75,70.25,0.00,440.00,USD")
    )
    assert load_workbook(io.BytesIO(fay.get(f"{here}/documents.xlsx").data)).active.max_row == 3


def test_the_sales_list_has_customers_by_their_number(fay, issued):
    month, _invoice, _bare = issued
    lines = page(fay.get(f"/staff/money/books/{month}/sales-list.csv")).splitlines()

    assert lines[0].lstrip("\ufeff") == "State,Number,Customer,Documents,Without tax,Currency"
    assert lines[1:] == ['FR,40303265045,"Institut d’Exemple, Ada Demo",1,440.00,USD']


def test_a_month_without_documents_says_so_and_only_finance_sees_it(fay, cleo, stranger, meeting):
    month = books.month_of(clock.now())
    text = page(fay.get(f"/staff/money/books/{month}/tax"))

    assert "No invoice was issued" in text and "Nothing: whatever came stands in an invoice" in text
    assert fay.get("/staff/money/books/2026-13/tax").status_code == 404
    for path in ("tax", "tax.csv", "tax/documents", "tax/documents.csv", "sales-list.csv"):
        assert cleo.get(f"/staff/money/books/{month}/{path}").status_code == 403
        assert stranger.get(f"/staff/money/books/{month}/{path}").status_code == 303
