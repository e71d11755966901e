"""The journal of a month: every booking with what it posts, in order of time, tax of documents among them, then what became revenue by the calendar."""

from datetime import date
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import false, func, literal, or_, select, union_all

from conference.books import clearings, output_tax, recognising, rules, selecting, words
from conference.books.rules import Posting
from conference.kernel import db
from conference.payments import LedgerEntry, Order, documents, payouts
from conference.web import Page

BalanceRow = payouts.BalanceRow
Document, TaxShare = output_tax.Document, output_tax.TaxShare
Clearing = clearings.Clearing

AT_ONCE = 5000
PER_PAGE = 25  # bookings, of two lines or more


class Booking(NamedTuple):
    """One booking: `what` it is (a kind of the ledger or of a document, a category of Stripe's, or "recognised"), `why` in the words of whoever booked it.

    `source` is by what the books name it; `order`, `other` and `line` are references: the order it is about, the one that money was carried from,
    the bank line whose payout it is. `papers` are (number, reference) of the documents that it names, which an entry has once it is `documented`,
    or whose tax it is.
    """

    at: object
    day: date
    part: str
    what: str
    why: str
    source: str
    scope: str | None
    order: str | None
    other: str | None
    postings: list[Posting]
    papers: tuple | list = ()
    line: str | None = None


class Wanted(NamedTuple):
    """What of a journal is looked at: bookings that touch an account, are for a scope, or have words in them."""

    role: rules.Role | None = None
    scope: str = ""
    text: str = ""


ALL = Wanted()


def bookings(period):
    """Every Booking of a period; only some of them stand in memory at once."""
    known = recognising.delivered_for(period)
    by_time = _entries(period, ALL, known).order_by(LedgerEntry.at, LedgerEntry.id)
    entries = _streamed(by_time, lambda row: _of_entry(row, period, known))
    by_time = _rows(period, ALL).order_by(BalanceRow.created_at, BalanceRow.id)
    rows = _streamed(by_time, lambda row: _of_row(row, period))
    by_time = _taxes(period, ALL, known).order_by(Document.issued_at, TaxShare.id)
    taxes = _streamed(by_time, lambda row: _of_tax(row, period, known))
    by_time = _clearings(period, ALL).order_by(Clearing.at, Clearing.id)
    cleared = _streamed(by_time, lambda row: _of_clearing(row, period))
    yield from merge(entries, rows, taxes, cleared, key=attrgetter("at"))
    yield from _recognised(period, ALL, known)


def documented(found):
    """The Bookings, with the documents that entries of the ledger name; some of them at a time."""
    found = iter(found)
    while some := list(islice(found, AT_ONCE)):
        named = documents.entry_documents.documents_of([each.source for each in some if each.part == "entry"])
        yield from (each._replace(papers=named[each.source]) if each.part == "entry" else each for each in some)


def page(period, wanted, *, number):
    """A Page of the Bookings of a period that are wanted, each documented and with what it posts there."""
    known = recognising.delivered_for(period)
    parts = union_all(
        _entries(period, wanted, known).with_only_columns(
            literal("entry").label("part"), LedgerEntry.at.label("at"), LedgerEntry.id.label("key")
        ),
        _rows(period, wanted).with_only_columns(literal("row"), BalanceRow.created_at, BalanceRow.id),
        _taxes(period, wanted, known).with_only_columns(literal("tax"), Document.issued_at, TaxShare.id),
        _clearings(period, wanted).with_only_columns(literal("cleared"), Clearing.at, Clearing.id),
    ).subquery()
    last = list(_recognised(period, wanted, known))
    total = db.session.scalar(select(func.count()).select_from(parts))
    number = min(number, max(1, -(-(total + len(last)) // PER_PAGE)))
    start = (number - 1) * PER_PAGE
    asked = select(parts.c.part, parts.c.key).order_by(parts.c.at, parts.c.part, parts.c.key)
    found = db.session.execute(asked.limit(PER_PAGE).offset(start)).all()
    items = _loaded(found, period, known) + last[max(start - total, 0) : max(start + PER_PAGE - total, 0)]
    return Page([_narrowed(each, wanted) for each in documented(items)], number, total + len(last), PER_PAGE)


def scopes(period):
    """Everything that bookings of a period are for, in order."""
    known = recognising.delivered_for(period)
    booked = select(LedgerEntry.scope).where(selecting.entries_of(period), LedgerEntry.scope.is_not(None)).distinct()
    made = [*recognising.by_calendar(period, known), *output_tax.sums(period, known)]
    return sorted({*db.session.scalars(booked), *(each.scope for each in made if each.scope)})


def is_touched(booking, wanted):
    """Whether a booking that is made up rather than read posts what is wanted."""
    touches = wanted.role is None or any(each.role is wanted.role for each in booking.postings)
    named = not wanted.text or wanted.text.casefold() in f"{booking.source} {booking.scope}".casefold()
    return touches and named and wanted.scope in ("", booking.scope)


def _entries(period, wanted, known):
    clauses = [selecting.entries_of(period)]
    if wanted.role:
        clauses.append(selecting.entries_touching(wanted.role, known))
    if wanted.scope:
        clauses.append(LedgerEntry.scope == wanted.scope)
    if wanted.text:
        by_number = documents.entry_documents.entries_naming(_named(wanted.text, Document.number))
        clauses.append(or_(_named(wanted.text, LedgerEntry.why, LedgerEntry.source, Order.ref), by_number))
    return selecting.entries(*clauses)


def _rows(period, wanted):
    clauses = [selecting.rows_of(period)]
    if wanted.role:
        clauses.append(selecting.rows_touching(wanted.role))
    if wanted.scope:
        clauses.append(Order.scope == wanted.scope)
    if wanted.text:
        clauses.append(
            _named(
                wanted.text,
                BalanceRow.row_id,
                BalanceRow.description,
                BalanceRow.category,
                Order.ref,
            )
        )
    return selecting.rows(*clauses)


def _taxes(period, wanted, known):
    clauses = [output_tax.of_period(period)]
    if wanted.role:
        clauses.append(output_tax.touching(wanted.role, known))
    if wanted.scope:
        clauses.append(TaxShare.scope == wanted.scope)
    if wanted.text:
        clauses.append(_named(wanted.text, Document.number, Order.ref))
    return output_tax.booked(*clauses)


def _clearings(period, wanted):
    clauses = [clearings.of_period(period)]
    if wanted.role:
        clauses.append(clearings.touching(wanted.role))
    if wanted.scope:
        clauses.append(false())
    if wanted.text:
        clauses.append(clearings.named(wanted.text))
    return clearings.booked(*clauses)


def _named(text, *columns):
    return or_(*(each.icontains(text, autoescape=True) for each in columns))


def _streamed(statement, made):
    """Bookings made of rows that are read some at a time."""
    return map(made, db.session.execute(statement, execution_options={"yield_per": AT_ONCE}))


def _loaded(found, period, known):
    """Bookings of [(part, key)], in that order, in four statements."""
    keys = {part: [key for each, key in found if each == part] for part in ("entry", "row", "tax", "cleared")}
    entries = db.session.execute(selecting.entries(LedgerEntry.id.in_(keys["entry"])))
    rows = db.session.execute(selecting.rows(BalanceRow.id.in_(keys["row"])))
    made = {("entry", row[0]): _of_entry(row, period, known) for row in entries}
    taxes = db.session.execute(output_tax.booked(TaxShare.id.in_(keys["tax"])))
    made |= {("row", row[0]): _of_row(row, period) for row in rows}
    made |= {("tax", row[0]): _of_tax(row, period, known) for row in taxes}
    cleared = db.session.execute(clearings.booked(Clearing.id.in_(keys["cleared"])))
    made |= {("cleared", row[0]): _of_clearing(row, period) for row in cleared}
    return [made[part, key] for part, key in found]


def _of_entry(row, period, known):
    _key, at, kind, minor, currency, source, why, scope, order, carrier, other = row
    postings = rules.of_entry(kind, minor, currency, carrier)
    if kind in rules.SOLD and rules.is_at_once(scope, at, known):
        postings += rules.at_once(-minor, currency)
    return Booking(at, at.astimezone(period.zone).date(), "entry", kind, why, source, scope, order, other, postings)


def _of_row(row, period):
    _key, at, *movement, name, description, scope, order = row
    moved = rules.Movement(*movement)
    day = max(at.astimezone(period.zone).date(), period.first)
    return Booking(at, day, "row", moved.category, description, name, scope, order, None, rules.of_movement(moved))


def _of_tax(row, period, known):
    _key, at, kind, number, paper, minor, currency, *rate, scope, is_fee, order = row
    against = rules.taxed_role(is_fee, rules.is_at_once(scope, at, known))
    day, postings = at.astimezone(period.zone).date(), rules.of_tax(minor, currency, against)
    return Booking(at, day, "tax", kind, words.taxed(*rate), number, scope, order, None, postings, [(number, paper)])


def _of_clearing(row, period):
    _key, at, minor, currency, kind, is_undone, text, payout, line = row
    day, what = max(at.astimezone(period.zone).date(), period.first), f"{kind}_undone" if is_undone else kind
    return Booking(
        at, day, "cleared", what, text, payout, None, None, None, rules.of_clearing(minor, currency), line=line
    )


def _recognised(period, wanted, known):
    for each in recognising.by_calendar(period, known):
        postings = rules.at_once(each.minor, each.currency)
        made = Booking(period.ends_at, each.day, "recognised", "recognised", "", f"{period.month}:{each.scope}", each.scope,
                       None, None, postings)  # fmt: skip
        if is_touched(made, wanted):
            yield made


def _narrowed(booking, wanted):
    """The booking with its postings on the wanted account only."""
    if wanted.role is None:
        return booking
    return booking._replace(postings=[each for each in booking.postings if each.role is wanted.role])
