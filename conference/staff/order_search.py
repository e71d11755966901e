"""Orders found by what somebody has in hand: a name, a reference, the number of an invoice or a purchase order, an amount, a payment."""

from sqlalchemy import select, union

from conference import people
from conference.payments import Order, Payment, amount_is, bank, documents, purchase_orders
from conference.people import Person


def found(text):
    """A SELECT of the keys of orders; each of its parts is one that a database answers from an index, but for the names."""
    text = text.strip()
    parts = [
        _of_people(text),
        documents.queries.numbered(text),
        select(Payment.order_id).where(Payment.provider_ref == text),
        purchase_orders.numbered(text),
        select(Order.id).where(Order.ref.in_(bank.refs_said(text))),
    ]
    amounts = [select(Order.id).where(clause) for clause in amount_is(text, Order.total_minor, Order.currency)]
    return union(*parts, *amounts)


def _of_people(text):
    whose = select(Person.id).where(*people.matching(text))
    return select(Order.id).where(Order.person_id.in_(whose))
