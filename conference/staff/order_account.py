"""An order's account at the desk: every entry of the ledger, what the account came to with it, and the documents that it names."""

from typing import Any, NamedTuple

from sqlalchemy import select

from conference import books
from conference.kernel import Money, db
from conference.payments import EntryKind, LedgerEntry, documents
from conference.people import Person


class Booked(NamedTuple):
    """An entry in words: `balance` is the account with it; `by` is None when it was booked by itself; `anchor` names it on the page."""

    at: Any
    what: str
    why: str
    by: str | None
    amount: Money
    balance: Money
    documents: list
    anchor: str


def account(order):
    """[Booked] of an order in the order of booking, `documents` as (number, reference) of each."""
    rows, minor = [], 0
    asked = select(LedgerEntry, Person).outerjoin(Person, Person.id == LedgerEntry.by_id)
    found = db.session.execute(asked.where(LedgerEntry.order_id == order.id).order_by(LedgerEntry.id)).all()
    papers = documents.entry_documents.documents_of([entry.source for entry, _person in found])
    for entry, person in found:
        minor += entry.amount_minor
        by = person.full_name if person else None
        amounts = (Money(entry.amount_minor, order.currency), Money(minor, order.currency))
        what = books.words.entry(entry.kind)
        named = f"ledger:{entry.id}" if entry.kind == EntryKind.FEE else entry.source  # as a document's line names it
        rows.append(Booked(entry.at, what, entry.why, by, *amounts, papers.get(entry.source, []), anchor(named)))
    return rows


def anchor(source):
    """By what an entry is named on its order's page: of the source of an entry, or of a document's line."""
    return f"booked-{source.replace(':', '-')}"
