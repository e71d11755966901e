"""The recount of what entries name: every row of an invoiced order its documents, every document the rows that it comes to."""

from collections import defaultdict

from sqlalchemy import select

from conference.kernel import db
from conference.payments.documents import entry_documents
from conference.payments.documents.entry_rules import COUNTED, Way, named
from conference.payments.models import Order
from conference.payments.rules import OrderState


def differences(papers):
    """In words, what should name some documents of account (Papers; all those of their orders) and does not, what names them and should not, and what does not sum."""
    order_ids = sorted({each.order_id for each in papers})
    entries = entry_documents.entries_of(order_ids)
    kept, wanted = entry_documents.kept(papers), named(entries, papers)
    numbers, sources = {each.id: each for each in papers}, {each.id: each for each in entries}
    for entry_id, document_id in sorted(wanted - kept):
        yield f"document {numbers[document_id].number}: {sources[entry_id].source} does not name it"
    for entry_id, document_id in sorted(kept - wanted):
        source = sources[entry_id].source if entry_id in sources else f"entry {entry_id} of another order"
        yield f"document {numbers[document_id].number}: {source} names it, which is not about it"
    pairs = [(sources[entry], numbers[paper]) for entry, paper in sorted(kept) if entry in sources]
    yield from _sums(papers, [pair for pair in pairs if pair[0].way in COUNTED], order_ids)
    yield from _twice(pair for pair in pairs if pair[0].way is Way.SOLD)


def _sums(papers, pairs, order_ids):
    """What was sold, taken back and kept comes to what its documents say, once the order is settled: before, nothing of it is booked."""
    settled = select(Order.id).where(Order.id.in_(order_ids), Order.state == OrderState.PAID)
    paid, sums = set(db.session.scalars(settled)), defaultdict(int)
    for entry, paper in pairs:
        sums[paper.id] += paper.sign * entry.minor
    for each in papers:
        if each.order_id in paid and sums[each.id] != each.gross:
            yield f"document {each.number}: over {each.gross}, the entries that name it come to {sums[each.id]}"


def _twice(pairs):
    """What was sold stands in one invoice at most, less credit notes that are about an invoice alone."""
    stands: dict = defaultdict(int)
    for entry, paper in pairs:
        stands[entry.source] += 1 if paper.is_invoice else -1
    return [f"{source}: stands in {times} invoices" for source, times in stands.items() if times not in (0, 1)]
