"""Orders that are invoiced with tax, taken back with a credit note, and made out anew, on days of one's own choosing."""

from datetime import date, timedelta

from sqlalchemy import case, func, select

from conference import books, payments
from conference.kernel import Money, db, transaction
from conference.payments import NewLine, documents
from tests.books.telling import at
from tests.payments.documents.selling import ABOUT, BUYER, a_rate, a_seller

EUR = "EUR"
SP26, TERM = "meeting:SP26", "term:2026-09-01/2027-08-31"


def taxed(now=None):
    """Who sells, at 19 % for everything."""
    now = now or at("2026-09-01 12:00")
    with transaction():
        a_rate(now, 1900)
        a_seller(now)


def invoiced(person, now, *parts, issued=None, kind="ticket"):
    """(order, invoice) over parts of (scope, minor units), paid, and invoiced on that day or on another."""
    lines = [NewLine(kind, n, "Ticket", Money(minor, EUR), scope=scope) for n, (scope, minor) in enumerate(parts, 1)]
    facts = {"currency": EUR, "now": now, "expires_at": now + timedelta(hours=1), "scope": parts[0][0]}
    with transaction():
        order = payments.open_order(person_id=person.id, lines=lines, **facts)
        payments.receive(order, provider="hand", provider_ref=order.ref, amount=order.total, now=now)
        payments.finish(order, now=now)
    with transaction():
        return order, documents.issue(order.id, buyer=BUYER, about=ABOUT, told={}, now=issued or now)


def credited(order, now, *, keep=0, by):
    """Its lines are taken back but for a fee, and credited on that day."""
    with transaction():
        order = payments.locked(order.id)
        ended, back = [each for each in order.lines if not each.ended_at], Money(order.total_minor - keep, EUR)
        for line in ended:
            payments.end_line(order, line, now=now, by=by)
        payments.book_difference(order, ended=ended, refunded=back, now=now, by=by, why="ill")
        if back:
            payments.promise_refund(order=order, amount=back, reason="ill", now=now, by=by)
        documents.follow_order(order.id, now=now)


def unpaid(person, now):
    """The invoice over 119.00 of an order that is to be paid until a day."""
    line = NewLine("ticket", 1, "Ticket", Money(11900, EUR))
    with transaction():
        facts = {"currency": EUR, "now": now, "expires_at": now + timedelta(days=90), "scope": SP26}
        order = payments.open_order(person_id=person.id, lines=[line], **facts)
        return documents.issue(order.id, buyer=BUYER, about=ABOUT, told={}, now=now, due_on=date(2026, 12, 1))


def balances(month):
    """{role: minor} by which a month moves its accounts."""
    return {str(each.role): each.balance.minor for each in books.of_period(books.period(month)) if each.balance}


def tax_of_documents():
    """What all documents of account say: minor units of tax, of credit notes below zero."""
    tax, kind = documents.DocumentTax.tax_minor, documents.Document.kind
    signed = func.sum(case((kind == "credit_note", -tax), else_=tax))
    asked = select(func.coalesce(signed, 0)).join(
        documents.Document, documents.Document.id == documents.DocumentTax.document_id
    )
    return int(db.session.scalar(asked))
