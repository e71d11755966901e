"""A month's tax at the desk: by country and rate, the documents behind each figure, and the list of supplies within the Union."""

from flask import abort, render_template

from conference import books
from conference.payments import documents
from conference.staff import tax_keeping
from conference.staff.access import treasurer
from conference.staff.routes.blueprint import bp
from conference.web import allow, csv_response, page_number, paginate, xlsx_response

ORDERS = 25  # without a document, at once


@bp.get("/money/books/<month>/tax")
@allow(treasurer)
def books_tax(month):
    """What the documents of a month come to, what came without one, and who owes the tax themselves."""
    found = _period(month)
    sums = books.taxes.by_rate(found)
    return render_template(
        "staff/money/books_tax.html",
        period=found,
        bars=tax_keeping.bars(found, sums),
        together=books.taxes.together(sums, found),
        uncovered=books.taxes.uncovered_sums(found),
        page=paginate(books.taxes.uncovered(found), number=page_number(), per_page=ORDERS, scalars=False),
        customers=books.taxes.customers(found),
        asked=tax_keeping.asked,
        rate=tax_keeping.rate,
        categories=documents.words.CATEGORIES,
        words=books.words,
    )


@bp.get("/money/books/<month>/tax/documents")
@allow(treasurer)
def books_tax_documents(month):
    """The documents behind a figure, each with its part of it."""
    found, wanted = _period(month), tax_keeping.wanted_of_request()
    return render_template(
        "staff/money/books_tax_documents.html",
        period=found,
        wanted=wanted,
        asked=tax_keeping.asked(wanted),
        page=paginate(books.taxes.listed(found, wanted), number=page_number(), scalars=False),
        rate=documents.words.rate_in_words,
        kinds=documents.words.KINDS,
        words=books.words,
    )


@bp.get("/money/books/<month>/tax.<any('csv','xlsx'):kind>")
@allow(treasurer)
def books_tax_file(month, kind):
    """The sums by country and rate."""
    found = _period(month)
    return _table(f"tax-{found.month}", kind, *tax_keeping.summary(found))


@bp.get("/money/books/<month>/tax/documents.<any('csv','xlsx'):kind>")
@allow(treasurer)
def books_tax_documents_file(month, kind):
    """The documents behind a figure, as a table."""
    found = _period(month)
    return _table(f"tax-documents-{found.month}", kind, *tax_keeping.rows(found, tax_keeping.wanted_of_request()))


@bp.get("/money/books/<month>/sales-list.csv")
@allow(treasurer)
def books_sales_list(month):
    """Supplies within the Union by customer, as they are filed."""
    found = _period(month)
    return _table(f"sales-list-{found.month}", "csv", *tax_keeping.sales_list(found))


def _table(name, kind, header, rows):
    if kind == "csv":
        return csv_response(f"{name}.csv", header, rows)
    return xlsx_response(f"{name}.xlsx", name, header, rows)


def _period(month):
    return books.period(month) or abort(404)
