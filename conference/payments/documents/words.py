"""The words of documents, and what is typed about them, in the language of the document or the reader."""

from decimal import Decimal

from flask import current_app
from flask_babel import format_decimal, pgettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference.payments.documents.rules import Buyers, Category, DocumentKind, Style
from conference.payments.documents.tax_numbers import state_of

KINDS = {
    DocumentKind.INVOICE: _l("Invoice"),
    DocumentKind.CREDIT_NOTE: _l("Credit note"),
    DocumentKind.PRO_FORMA: _l("Pro-forma invoice"),
}
REASONS = {
    "ended": _l("What was cancelled or taken back is credited."),
    "corrected": _l("Made out anew: the invoice that it names is void to this extent."),
    "not paid": _l("The order was not paid: nothing of it is owed any more."),
}
CATEGORIES = {
    Category.STANDARD: _l("Taxed at a rate (S)"),
    Category.ZERO: _l("Zero rate (Z)"),
    Category.EXEMPT: _l("Exempt from tax (E)"),
    Category.REVERSE: _l("Reverse charge: the customer owes the tax (AE)"),
    Category.OUTSIDE: _l("Not subject to tax (O)"),
}
BUYERS = {
    Buyers.ANYONE: _l("Everybody"),
    Buyers.BUSINESS: _l("Customers with a tax number"),
    Buyers.ABROAD: _l("Customers with a tax number in another country"),
}
STYLES = {
    Style.INCLUSIVE: _l("With the tax in each line"),
    Style.EXCLUSIVE: _l("Without it, and the tax added below"),
}
ITEM_KINDS = {
    "": _l("Everything"),
    "registration": _l("Registrations"),
    "add_on": _l("Add-ons"),
    "dues": _l("Membership dues"),
    "fee": _l("Fees"),
}


def words_of(content):
    """What a document says besides its values: its title, how tax was counted, why a credit note was made."""
    return {
        "title": KINDS[DocumentKind(content["kind"])],
        "reason": REASONS.get(content["reason"], ""),
        "rounding": _rounding(content),
    }


def rate_in_words(category, hundredths):
    """ "19 %", "5,5 %" where commas are written, or the category in words where there is no rate."""
    if category == Category.STANDARD:
        return f"{format_decimal(Decimal(hundredths) / 100)} %"
    return {
        Category.ZERO: _("0 %"),
        Category.EXEMPT: _("exempt"),
        Category.REVERSE: _("reverse charge"),
        Category.OUTSIDE: _("not taxed"),
    }[Category(category)]


def noted(tax):
    """The sentence on a rate of tax, as its seller wrote it, after what the law calls that in the language of the document."""
    word = _called(tax)
    is_said = tax["note"].lower().startswith(word.lower())
    return tax["note"] if is_said else _("%(word)s: %(note)s", word=word, note=tax["note"])


def tax_number(number):
    """A tax number with what it is called; one for value added tax in the Union has a name of its own in many languages."""
    if state_of(number):
        return pgettext("of the European Union", "Tax number %(number)s", number=number)
    return _("Tax number %(number)s", number=number)


def is_spoken(language):
    """Whether pages speak it: the reasons of a price were kept in the words of a page, and are no help in a paper of another language."""
    return language in current_app.config["LANGUAGES"]


def _called(tax):
    """Directive 2006/112/EC, article 226 (11a), wants "Reverse charge" in so many words, which each language has of its own."""
    names = {
        Category.EXEMPT: pgettext("law", "Exempt"),
        Category.REVERSE: pgettext("law", "Reverse charge"),
        Category.OUTSIDE: pgettext("law", "Not taxed"),
    }
    return names.get(Category(tax["category"])) or rate_in_words(tax["category"], tax["hundredths"])


def _rounding(content):
    if not any(group["hundredths"] for group in content["taxes"]):
        return ""
    return _("Tax is counted on the sum of each rate and rounded to the smallest unit of the currency, halves up.")
