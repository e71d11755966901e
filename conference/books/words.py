"""What bookings and scopes are called."""

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference import payments
from conference.books.rules import term_of
from conference.payments import documents, payouts

_WHAT = {
    "payment": _l("Payment"),
    "sale": _l("Sold"),
    "reversal": _l("Taken back"),
    "refund": _l("Sent back"),
    "fee": _l("Kept as a fee"),
    "goodwill": _l("Goodwill"),
    "write_off": _l("Written off"),
    "dispute": _l("Taken, or given back, by the payer’s bank"),
    "transfer": _l("Carried from another order"),
    "invoice": _l("Tax of an invoice"),
    "credit_note": _l("Tax of a credit note"),
    "payout": _l("A payout has come to the bank"),
    "payout_back": _l("The bank has sent a payout back"),
    "payout_undone": _l("Not that payout after all"),
    "payout_back_undone": _l("Not that payout’s way back after all"),
    "recognised": _l("Revenue by the calendar"),
}


def month(period):
    """A month in words, such as "November 2026"."""
    return format_date(period.first, "MMMM y")


def what(booking):
    """What a booking is, in words."""
    return of_row(booking.what) if booking.part == "row" else _WHAT[booking.what]


def entry(kind):
    """A kind of entry of an order's account, in words."""
    return _WHAT[kind]


def of_row(category):
    """A category of rows of Stripe's balance, in words."""
    return f"Stripe: {payouts.words.category(category)}"


def taxed(country, category, hundredths):
    """Where and at which rate something was taxed, in words, such as "DE, 19 %"."""
    return ", ".join(part for part in (country, documents.words.rate_in_words(category, hundredths)) if part)


def scope(name):
    """For what something is, in words: a meeting's code, the days of a term."""
    kind, _colon, code = (name or "").partition(":")
    if kind == "meeting":
        return code
    term = term_of(name)
    if term is None:
        return name or _("nothing in particular")
    first = format_date(term.starts, "d MMM y")
    if name.endswith("/"):
        return _("Member for life from %(first)s", first=first)
    return _("Member %(first)s to %(last)s", first=first, last=format_date(term.ends, "d MMM y"))


def carrier(name):
    """By which way money came, in words."""
    return payments.words.PROVIDERS[payments.Provider(name)]


def overdue(over):
    """For how many days an invoice is overdue; None: it is not."""
    if over is None:
        return _("Not due yet")
    return _("More than %(days)s days", days=over) if over else _("Up to 30 days")


def age(over):
    """For how many days an account has not been zero."""
    return _("More than %(days)s days", days=over) if over else _("Up to 30 days")
