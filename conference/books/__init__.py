"""The books of a month: double entry over the ledger and Stripe's balance, what becomes revenue when, and months that are closed.

Nothing is booked here: the journal is read from the entries of orders' accounts and the rows of Stripe's balance by rules, so it cannot
say anything else than they do. Only what a closed month held is kept.
"""

from conference.books import accounts, receivables, reports, taxes, transit, words
from conference.books.closing import (
    Standing,
    close,
    differences,
    held,
    history,
    refuse_closing,
    reopen,
    standing,
)
from conference.books.journal import Booking, Wanted, bookings, page, scopes
from conference.books.models import Account, Closure
from conference.books.periods import Period, closures, month_of, months, period
from conference.books.rules import Role
from conference.books.tables import journal_table
from conference.books.totals import Total, of_period, summed

__all__ = [
    "Account",
    "Booking",
    "Closure",
    "Period",
    "Role",
    "Standing",
    "Total",
    "Wanted",
    "accounts",
    "bookings",
    "close",
    "closures",
    "differences",
    "held",
    "history",
    "journal_table",
    "month_of",
    "months",
    "of_period",
    "page",
    "period",
    "receivables",
    "refuse_closing",
    "reopen",
    "reports",
    "scopes",
    "standing",
    "summed",
    "taxes",
    "transit",
    "words",
]
