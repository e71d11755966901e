"""Orders found by what somebody has in hand: a name, a reference, the number of an invoice or a purchase order, an amount, a payment."""

from sqlalchemy import and_, select, union

from conference import people
from conference.kernel import THREE_DECIMAL, ZERO_DECIMAL, Refusal, is_ref, parse_minor
from conference.payments import Order, Payment, bank, documents
from conference.people import Person

_STANDS_FOR = {"JPY": ZERO_DECIMAL, "KWD": THREE_DECIMAL}  # one currency of each number of decimals but two


def found(text):
    """A SELECT of the keys of orders; each of its parts is one that a database answers from an index, but for the names."""
    text = text.strip()
    parts = [
        _of_people(text),
        documents.queries.numbered(text),
        select(Payment.order_id).where(Payment.provider_ref == text),
        select(bank.Promise.order_id).where(bank.Promise.po_number == text, text != ""),
    ]
    if is_ref(text.upper()):
        parts.append(select(Order.id).where(Order.ref == text.upper()))
    amounts = [select(Order.id).where(clause) for clause in amount_is(text, Order.total_minor, Order.currency)]
    return union(*parts, *amounts)


def amount_is(text, minor, currency):
    """WHERE clauses, one for each number of decimals, under which a column of minor units is the amount that `text` may say."""
    for example in ("USD", *_STANDS_FOR):
        try:
            wanted = parse_minor(text, example, charged=False)
        except Refusal:
            continue
        others = ZERO_DECIMAL | THREE_DECIMAL
        of_these = currency.in_(_STANDS_FOR[example]) if example in _STANDS_FOR else currency.not_in(others)
        yield and_(minor == wanted, of_these)


def _of_people(text):
    whose = select(Person.id).where(*people.matching(text))
    return select(Order.id).where(Order.person_id.in_(whose))
