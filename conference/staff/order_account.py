"""An order's account at the desk: every entry of the ledger, what the account came to with it, and the document that carries it."""

from collections import defaultdict
from typing import Any, NamedTuple

from sqlalchemy import select

from conference import books
from conference.kernel import Money, db
from conference.payments import EntryKind, LedgerEntry, documents
from conference.people import Person

# Kind of entry: (what its source begins with, what the source of a document's line begins with instead)
_AS_LINE = {EntryKind.SALE: ("line:", "line:"), EntryKind.REVERSAL: ("line-ended:", "line:")}
_CARRIES = {
    EntryKind.SALE: (documents.DocumentKind.INVOICE,),
    EntryKind.REVERSAL: (documents.DocumentKind.CREDIT_NOTE,),
    EntryKind.FEE: (documents.DocumentKind.INVOICE, documents.DocumentKind.CREDIT_NOTE),
}


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


def account(order, found):
    """[Booked] of an order in the order of booking; `found` are its documents."""
    carriers, rows, minor = _carriers(found), [], 0
    asked = select(LedgerEntry, Person).outerjoin(Person, Person.id == LedgerEntry.by_id)
    for entry, person in db.session.execute(asked.where(LedgerEntry.order_id == order.id).order_by(LedgerEntry.id)):
        minor += entry.amount_minor
        source = _source(entry)
        mine = [each for each in carriers[source] if _carries(each, entry)]
        by = person.full_name if person else None
        amounts = (Money(entry.amount_minor, order.currency), Money(minor, order.currency))
        what = books.words.entry(entry.kind)
        named = source if entry.kind == EntryKind.FEE else entry.source
        rows.append(Booked(entry.at, what, entry.why, by, *amounts, mine, anchor(named)))
    return rows


def anchor(source):
    """By what an entry is named on its order's page: of the source of an entry, or of a document's line."""
    return f"booked-{source.replace(':', '-')}"


def _carries(document, entry):
    """Whether a document that has a line stands for this entry of it: what was made out anew took nothing back."""
    was_anew = entry.kind == EntryKind.REVERSAL and document.content["reason"] == "corrected"
    return document.kind in _CARRIES.get(entry.kind, ()) and not was_anew


def _source(entry):
    """The source that a document's line has which carries an entry: its line of the order, or, of a fee, itself."""
    if entry.kind == EntryKind.FEE:
        return f"ledger:{entry.id}"
    begins, instead = _AS_LINE.get(entry.kind, ("", ""))
    return entry.source.replace(begins, instead, 1) if begins and entry.source.startswith(begins) else ""


def _carriers(found):
    """{source of a line: the documents of account that have it}."""
    carriers: dict = defaultdict(list)
    for each in found:
        if each.kind != documents.DocumentKind.PRO_FORMA:
            for source in dict.fromkeys(line["source"] for line in each.content["lines"]):
                carriers[source].append(each)
    return carriers
