"""Which documents an entry of the ledger names: by what both of them say, so that it is the same whichever is written first. Values only."""

from collections import defaultdict
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from conference.payments.rules import EntryKind


class Way(StrEnum):
    """What an entry is to the documents of its order."""

    SOLD = "sold"
    TAKEN_BACK = "taken_back"
    KEPT = "kept"  # as a fee
    PAID = "paid"  # pays what the invoices ask for, or takes that away again
    SENT_BACK = "sent_back"
    NONE = ""  # changes no document


COUNTED = (Way.SOLD, Way.TAKEN_BACK, Way.KEPT)  # what the lines of documents come to
_WAYS = {
    EntryKind.SALE: Way.SOLD,
    EntryKind.REVERSAL: Way.TAKEN_BACK,
    EntryKind.FEE: Way.KEPT,
    EntryKind.PAYMENT: Way.PAID,
    EntryKind.DISPUTE: Way.PAID,
    EntryKind.WRITE_OFF: Way.PAID,
    EntryKind.REFUND: Way.SENT_BACK,
}


class Paper(NamedTuple):
    """An invoice, or a credit note: `takes_back` when it is about what ended in the books, not about an invoice alone. `sources` are those of its lines."""

    id: int
    order_id: int
    number: str
    gross: int
    takes_back: bool
    is_invoice: bool
    sources: frozenset

    @property
    def sign(self):
        """By which entries are counted to its amount: what was sold is below zero in the ledger."""
        return 1 if self.takes_back else -1


class Entry(NamedTuple):
    """An entry of the ledger: `line` is the source that a document's line has of it, `act` the instant at which it was decided that money goes back."""

    id: int
    order_id: int
    source: str
    minor: int
    at: datetime
    way: Way
    line: str = ""
    act: datetime | None = None


def way_of(kind, source):
    """The Way of an entry: money that is carried between orders pays, or goes back, like any other."""
    if kind != EntryKind.TRANSFER:
        return _WAYS.get(kind, Way.NONE)
    if source.startswith("line:"):
        return Way.PAID
    return Way.NONE if source.endswith(":home") else Way.SENT_BACK


def named(entries, papers):
    """{(entry's key, document's key)} of entries and documents of account of some orders, each of its own order alone."""
    entries_of, papers_of = defaultdict(list), defaultdict(list)
    for each in entries:
        entries_of[each.order_id].append(each)
    for each in papers:
        papers_of[each.order_id].append(each)
    return {pair for key, theirs in papers_of.items() for paper in theirs for pair in _naming(paper, entries_of[key])}


def _naming(paper, entries):
    taken = {each.at for each in entries if each.way is Way.TAKEN_BACK and _names(each, paper, ())}
    return {(each.id, paper.id) for each in entries if _names(each, paper, taken)}


def _names(entry, paper, taken):
    """Whether an entry names a document; `taken` are the instants at which what it takes back was taken back."""
    match entry.way:
        case Way.SOLD:
            return entry.line in paper.sources and not paper.takes_back
        case Way.TAKEN_BACK:
            return entry.line in paper.sources and paper.takes_back
        case Way.KEPT:
            return entry.line in paper.sources
        case Way.PAID:
            return not paper.takes_back
        case Way.SENT_BACK:
            return paper.takes_back and (entry.line in paper.sources or entry.act in taken)
    return False
