"""Documents that follow the books: what ends of an invoiced order is credited in the transaction in which it ends, and by a sweep."""

from itertools import groupby

from conference.kernel import before_commit, clock, db, in_parts
from conference.payments.documents import issuing, queries, standing
from conference.payments.queries import locked


def to_be_followed(*order_ids):
    """Have what ends of these orders credited as the last thing before the surrounding transaction is committed.

    Then every order is locked and every fee is booked, and the numbers of the credit notes are taken last of all.
    """
    before_commit(_follow_touched, order_ids)


def follow(order_ids, *, now):
    """Credit what stands in invoices of these orders and should not any more; the credit notes. One for each invoice."""
    db.session.flush()
    outlived = [row for some in in_parts(sorted(order_ids, reverse=True)) for row in standing.outlived(some)]
    return [
        _credit(order_id, invoice_id, [source for _order, _invoice, source in rows], now)
        for (order_id, invoice_id), rows in groupby(outlived, key=lambda row: row[:2])
    ]


def follow_order(order_id, *, now):
    """The same for one order that nobody has locked yet."""
    locked(order_id)
    return follow([order_id], now=now)


def behind():
    """Keys of orders whose documents do not follow yet."""
    return sorted({order_id for order_id, _invoice, _source in standing.outlived()}, reverse=True)


def _follow_touched(order_ids):
    follow(order_ids, now=clock.now())


def _credit(order_id, invoice_id, sources, now):
    order, invoice = locked(order_id), queries.by_id(invoice_id)
    is_given_up = order.state in standing.GIVEN_UP
    fees = [] if is_given_up else standing.fees_of(order, invoice.language)
    return issuing.credit(invoice, sources, reason="not paid" if is_given_up else "ended", fees=fees, now=now)
