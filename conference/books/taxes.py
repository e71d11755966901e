"""Tax by country and rate in a month: out of the documents that were issued in it, and what came without one."""

from typing import NamedTuple

from sqlalchemy import BigInteger, and_, case, cast, func, select

from conference.kernel import Money, db
from conference.payments import EntryKind, LedgerEntry, Order, documents

Category, Document, DocumentKind, DocumentTax = (
    documents.Category,
    documents.Document,
    documents.DocumentKind,
    documents.DocumentTax,
)
_KEYS = (DocumentTax.country, DocumentTax.category, DocumentTax.hundredths, Document.currency)
_MINOR = (DocumentTax.net_minor, DocumentTax.tax_minor, DocumentTax.rounding_minor, DocumentTax.gross_minor)
_PAID = (EntryKind.PAYMENT, EntryKind.REFUND, EntryKind.TRANSFER, EntryKind.DISPUTE)


class Sold(NamedTuple):
    """Where, in which way and at which rate something was sold: a line of the report. As a wish, empty or None is any."""

    country: str = ""
    category: str = ""
    hundredths: int | None = None
    currency: str = ""


class TaxSum(NamedTuple):
    """What a month's documents come to for one Sold: invoices less credit notes, as Money, and how many documents."""

    sold: Sold
    number: int
    net: Money
    tax: Money
    rounding: Money
    gross: Money


class Customer(NamedTuple):
    """What was sold to the holder of a number of value added tax who owes the tax: `net` as Money, and how many documents.

    `state` are the letters of the state that gave the number, "" for a number of no state of the Union.
    """

    state: str
    tax_id: str
    name: str
    number: int
    net: Money

    @property
    def own_number(self):
        """The number without the letters of its state."""
        return self.tax_id.removeprefix(self.state)


def issued_in(period):
    """The clause that a document of account was issued in a period."""
    is_numbered = Document.kind != DocumentKind.PRO_FORMA
    return and_(is_numbered, Document.issued_at >= period.starts_at, Document.issued_at < period.ends_at)


def by_rate(period):
    """[TaxSum] by currency, country and rate, the highest rate of a country first."""
    columns = (*_KEYS, func.count(), *(cast(func.sum(each), BigInteger) for each in _signed()))
    asked = select(*columns).join(Document, Document.id == DocumentTax.document_id).where(issued_in(period))
    order = (Document.currency, DocumentTax.country, DocumentTax.hundredths.desc(), DocumentTax.category)
    return [_sum(*row) for row in db.session.execute(asked.group_by(*_KEYS).order_by(*order))]


def together(found, period):
    """[TaxSum] of all countries and rates, one for each currency; a document counts once."""
    issued = select(Document.currency, func.count()).where(issued_in(period)).group_by(Document.currency)
    numbers: dict = dict(db.session.execute(issued).all())
    by_currency: dict = {}
    for each in found:
        by_currency.setdefault(each.sold.currency, []).append(each[2:])
    return [
        TaxSum(
            Sold(currency=currency),
            numbers[currency],
            *(Money.total(each, currency) for each in zip(*rows, strict=True)),
        )
        for currency, rows in by_currency.items()
    ]


def listed(period, wanted):
    """An ordered SELECT of (document, order's reference, country, category, hundredths, net, tax, rounding, gross) of what a Sold asks for.

    A row for each country and rate of a document; signed minor units.
    """
    mine = [column == value for column, value in zip(_KEYS, wanted, strict=True) if value not in ("", None)]
    asked = select(Document, Order.ref, *_KEYS[:3], *_signed()).join(Order, Order.id == Document.order_id)
    asked = asked.join(DocumentTax, DocumentTax.document_id == Document.id).where(issued_in(period), *mine)
    return asked.order_by(Document.issued_at, Document.id, *_KEYS[:3])


def uncovered(period):
    """An ordered SELECT of (order's reference, currency, minor units that no document covered at the beginning, and at the end) that changed in a period.

    What an order has received, also from another order, less what went back, is covered as far as its invoices less its credit notes
    go. A document that comes later covers it then, and what goes back comes off then: so over the months nothing counts twice.
    """
    paid, invoiced = _paid(period).subquery(), _invoiced(period).subquery()
    before, after = (_open(paid.c[name], invoiced.c[name]) for name in ("before", "after"))
    asked = select(Order.ref, Order.currency, before.label("before"), after.label("after"))
    asked = asked.join(paid, paid.c.order_id == Order.id).outerjoin(invoiced, invoiced.c.order_id == Order.id)
    return asked.where(before != after).order_by(Order.currency, Order.id)


def uncovered_sums(period):
    """[(how many orders, Money by which it is more at the end than at the beginning)] of what no document covers, by currency."""
    rows = uncovered(period).order_by(None).subquery()
    change = cast(func.sum(rows.c.after - rows.c.before), BigInteger)
    asked = select(rows.c.currency, func.count(), change).group_by(rows.c.currency).order_by(rows.c.currency)
    return [(number, Money(int(minor), code)) for code, number, minor in db.session.execute(asked)]


def customers(period):
    """[Customer] who owe the tax of what was sold to them in the month (reverse charge), by their numbers.

    Those of the seller's own state are left out, as the list of supplies within the Union has none of them (Directive 2006/112/EC,
    articles 262 to 264); those without a number of the Union have no `state`: they need a look.
    """
    buyer, seller = Document.content["buyer"], Document.content["seller"]
    facts = (Document.id, buyer["tax_id"].as_string(), Document.buyer, seller["country"].as_string(), Document.currency)
    net, *_others = _signed()
    asked = select(*facts, net).join(DocumentTax, DocumentTax.document_id == Document.id)
    asked = asked.where(issued_in(period), DocumentTax.category == Category.REVERSE).order_by(Document.id)
    found: dict = {}
    for document_id, tax_id, name, country, currency, minor in db.session.execute(asked):
        state = documents.state_of(tax_id)
        if state != documents.letters_of(country):
            key = (state, tax_id, currency, "" if tax_id else name)  # who has no number is known by name alone
            mine, total, _name = found.get(key, (set(), 0, ""))
            found[key] = (mine | {document_id}, total + minor, name)
    return [
        Customer(state, tax_id, name, len(mine), Money(total, currency))
        for (state, tax_id, currency, _named), (mine, total, name) in sorted(found.items(), key=lambda each: each[0])
    ]


def _signed():
    """The amounts, of credit notes below zero."""
    sign = case((Document.kind == DocumentKind.CREDIT_NOTE, -1), else_=1)
    return [each * sign for each in _MINOR]


def _sum(country, category, hundredths, currency, number, *minors):
    amounts = (Money(int(minor), currency) for minor in minors)
    return TaxSum(Sold(country, category, hundredths, currency), number, *amounts)


def _open(paid, invoiced):
    rest = paid - func.coalesce(invoiced, 0)
    return case((rest > 0, rest), else_=0)


def _invoiced(period):
    """A SELECT of (order id, invoices less credit notes in minor units `before` a period, and until its end, `after`)."""
    sign = case((Document.kind == DocumentKind.CREDIT_NOTE, -Document.gross_minor), else_=Document.gross_minor)
    asked = _both(Document.order_id, sign, Document.issued_at, period)
    return asked.where(Document.kind != DocumentKind.PRO_FORMA)


def _paid(period):
    """A SELECT of (order id, what it had received in minor units `before` a period, and until its end, `after`)."""
    asked = _both(LedgerEntry.order_id, LedgerEntry.amount_minor, LedgerEntry.at, period)
    return asked.where(LedgerEntry.kind.in_(_PAID))


def _both(key, minor, at, period):
    before = cast(func.sum(case((at < period.starts_at, minor), else_=0)), BigInteger).label("before")
    after = cast(func.sum(minor), BigInteger).label("after")
    return select(key, before, after).where(at < period.ends_at).group_by(key)
