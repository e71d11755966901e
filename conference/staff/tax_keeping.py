"""Tax by country and rate, made ready for the desk: bars, what is wished for in the address, and tables for spreadsheets."""

from datetime import date

from flask import request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from conference import books, people
from conference.kernel import Money, db, whole_number
from conference.payments import documents
from conference.web import charts, money

Sold = books.taxes.Sold
AT_ONCE = 500  # documents with all that they say, of which a table holds no more in memory


def rate(sold):
    """A rate in words: "19 %", or the category where there is none."""
    return documents.words.rate_in_words(sold.category, sold.hundredths)


def asked(sold):
    """A Sold as parameters of an address."""
    found = {"country": sold.country, "category": sold.category, "rate": sold.hundredths, "currency": sold.currency}
    return {name: value for name, value in found.items() if value not in ("", None)}


def wanted_of_request():
    """The Sold that the address asks for; nonsense is as if it were not there."""
    country, category, code = (request.args.get(name, "") for name in ("country", "category", "currency"))
    return Sold(
        country if _is_code(country, 2) else "",
        category if category in list(documents.Category) else "",
        whole_number(request.args.get("rate", ""), 5),
        code if _is_code(code, 3) else "",
    )


def _is_code(text, letters):
    return len(text) == letters and text.isascii() and text.isalpha()


def bars(period, found):
    """[(TaxSum, [Part])]: what it is without tax, then the tax, the largest of its currency as long as the picture."""
    most: dict = {}
    for each in found:
        most[each.sold.currency] = max(most.get(each.sold.currency, 0), each.gross.minor)
    return [(each, charts.bar(_parts(period, each), most[each.sold.currency])) for each in found]


def summary(period):
    """(header, rows) of the month's tax by country and rate."""
    header = (
        *(_("Country"), _("Kind"), _("Rate in percent"), _("Currency"), _("Documents")),
        *(_("Without tax"), _("Tax"), _("Rounding"), _("Total")),
    )
    return header, ([*_said(each.sold), each.sold.currency, *each[1:]] for each in books.taxes.by_rate(period))


def rows(period, wanted):
    """(header, rows) of documents by country and rate; amounts of credit notes below zero, so that columns sum."""
    header = (
        *(_("Number"), _("Kind of document"), _("Issued"), _("Order"), _("Bill to"), _("Tax number")),
        *(_("Country"), _("Kind"), _("Rate in percent"), _("Without tax"), _("Tax"), _("Rounding"), _("Total")),
        _("Currency"),
    )
    found = db.session.execute(books.taxes.listed(period, wanted).execution_options(yield_per=AT_ONCE))
    return header, (_row(*row) for row in found)


def sales_list(period):
    """(header, rows) of the list of supplies within the Union: those with a number of one of its states."""
    header = (_("State"), _("Number"), _("Customer"), _("Documents"), _("Without tax"), _("Currency"))
    found = (each for each in books.taxes.customers(period) if each.state)
    return header, (
        [each.state, each.own_number, each.name, each.number, each.net, each.net.currency] for each in found
    )


def _parts(period, each):
    href = url_for("staff.books_tax_documents", month=period.month, **asked(each.sold))
    name = f"{people.country_name(each.sold.country, str(get_locale()))}, {rate(each.sold)}"
    yield max(each.net.minor, 0), "registered", f"{name}: {money(each.net)}", href
    yield max(each.tax.minor, 0), "held", f"{name}: {money(each.tax)}", href


def _said(sold):
    whole, part = divmod(sold.hundredths, 100)
    return sold.country, str(documents.words.CATEGORIES[sold.category]), f"{whole}.{part:02d}"


def _row(document, order_ref, country, category, hundredths, *minors):
    issued_on = date.fromisoformat(document.content["issued_on"])
    facts = (document.number, str(documents.words.KINDS[document.kind]), issued_on, order_ref, document.buyer)
    amounts = (Money(minor, document.currency) for minor in minors)
    return [
        *facts,
        document.content["buyer"]["tax_id"],
        *_said(Sold(country, category, hundredths)),
        *amounts,
        document.currency,
    ]
