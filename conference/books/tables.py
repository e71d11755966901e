"""The journal as a table for accounting software: a row for each line, as values."""

from conference.books import accounts, journal, words
from conference.kernel import Money

COLUMNS = ("date", "account", "name", "debit", "credit", "currency", "dimension", "text", "document", "order", "source")


def journal_table(period):
    """(header, rows) of a month's journal; rows of text, dates and Money, read as they are asked for."""
    return COLUMNS, _lines(period)


def _lines(period):
    named = accounts.of_period(period)
    for each in journal.documented(journal.bookings(period)):
        said = ": ".join(part for part in (str(words.what(each)), each.why) if part)
        papers = ", ".join(number for number, _ref in each.papers) or None
        for post in each.postings:
            amount = Money(abs(post.minor), post.currency)
            sides = (None, amount) if post.minor < 0 else (amount, None)
            order = each.other if post.is_other else each.order
            yield each.day, *named[post.role], *sides, post.currency, each.scope, said, papers, order, each.source
