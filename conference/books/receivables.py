"""Invoices to be paid until a day, at the end of a month: nothing but their tax is booked before they are paid, so no account shows what is due."""

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import BigInteger, case, cast, exists, func, select
from sqlalchemy.orm import aliased

from conference.kernel import Money, db
from conference.payments import EntryKind, LedgerEntry, Order, documents

COLUMNS = ("invoice", "order", "billed_to", "due_on", "days_overdue", "open", "currency")
AGES = (90, 60, 30, 0)  # days past the day until which it was to be paid
Document, DocumentKind = documents.Document, documents.DocumentKind


class OpenInvoice(NamedTuple):
    """An invoice, its order's reference, whom it is made out to, until when it was to be paid, and what of it is open."""

    number: str
    order: str
    buyer: str
    due_on: date
    open: Money

    def overdue(self, period):
        """How many days of a period's end it is late; 0 for one that is not."""
        return max((period.last - self.due_on).days, 0)


class Overdue(NamedTuple):
    """Open invoices that are late by more than so many days (`over`; None: not late at all): how many, and their sum."""

    over: int | None
    number: int
    open: Money


def open_invoices(period):
    """An ordered SELECT of what was open at the end of a month, as `read` reads it; the longest due first.

    Of an order that was given by then the account shows what is missing, and not this.
    """
    found = _open(period).subquery()
    return select(found).where(found.c.minor > 0).order_by(found.c.due_on, found.c.number)


def read(row):
    """The OpenInvoice of a row."""
    return OpenInvoice(
        row.number, row.ref, row.buyer, date.fromisoformat(row.due_on), Money(int(row.minor), row.currency)
    )


def by_age(period):
    """[Overdue] by currency, the longest due last."""
    found = open_invoices(period).order_by(None).subquery()
    late = [(found.c.due_on < (period.last - timedelta(days=days)).isoformat(), days) for days in AGES]
    over = case(*late, else_=-1).label("over")
    columns = (found.c.currency, over, func.count(), cast(func.sum(found.c.minor), BigInteger))
    rows = db.session.execute(select(*columns).group_by(found.c.currency, "over").order_by(found.c.currency, "over"))
    return [Overdue(days if days >= 0 else None, number, Money(int(minor), code)) for code, days, number, minor in rows]


def invoice_table(period):
    """(header, rows) of all that was open, as text, dates and Money."""
    return COLUMNS, (_as_row(read(row), period) for row in db.session.execute(open_invoices(period)))


def _as_row(each, period):
    return each.number, each.order, each.buyer, each.due_on, each.overdue(period), each.open, each.open.currency


def _open(period):
    """What each invoice of an order that is not given asks for, less what was credited of it and what has come for the order."""
    note = aliased(Document)
    credited = select(func.coalesce(func.sum(note.gross_minor), 0)).where(
        note.corrects_id == Document.id, note.issued_at < period.ends_at
    )
    entries = (LedgerEntry.order_id == Document.order_id, LedgerEntry.at < period.ends_at)
    came = select(func.coalesce(func.sum(LedgerEntry.amount_minor), 0)).where(*entries)
    asked = Document.gross_minor - Document.content["carried"].as_integer()
    minor = cast(asked - credited.scalar_subquery() - came.scalar_subquery(), BigInteger)
    due_on = Document.content["due_on"].as_string()
    columns = (
        Document.number,
        Order.ref,
        Document.buyer,
        due_on.label("due_on"),
        minor.label("minor"),
        Document.currency,
    )
    statement = select(*columns).join(Order, Order.id == Document.order_id)
    is_given = exists().where(*entries, LedgerEntry.kind == EntryKind.SALE)
    wanted = (Document.kind == DocumentKind.INVOICE, Document.issued_at < period.ends_at, due_on.is_not(None))
    return statement.where(*wanted, ~is_given)
