"""Which orders texts name, looked up by index: by their references, the numbers of their invoices, and those of their purchase orders."""

import re

from sqlalchemy import select, tuple_

from conference.kernel import REF_ALPHABET, db, fold, in_parts
from conference.payments.bank.rules import FEWEST_LETTERS, LENGTH, normal
from conference.payments.documents import Document, DocumentKind, Series
from conference.payments.models import Order
from conference.payments.purchase_orders import PurchaseOrder

MOST_WORDS = 4  # that a purchase order is typed in
MOST_DIGITS = 9  # of a number in a series
AT_ONCE = 10_000  # values that are looked up by one statement; SQLite and PostgreSQL bind some 32,000
MOST_NAMED = 100  # orders by one purchase order: more are no help to whoever looks
_REFERENCE = re.compile(rf"(?=([{REF_ALPHABET}]{{{LENGTH}}}))")
_WORD = re.compile(r"\w+")


def named_in(texts):
    """{order id} of orders that one of these texts names, in whatever state they are."""
    texts = set(texts)
    said = {normal(each) for each in texts}
    return {*_by_reference(said), *_by_invoice(said), *_by_purchase_order(texts)}


def _by_reference(said):
    refs = {each for text in said for each in _REFERENCE.findall(text)}
    return _found(Order.id, Order.ref, refs)


def _by_invoice(said):
    numbers = {each for key, pattern in _patterns() for text in said for each in _numbers(key, pattern, text)}
    in_series = tuple_(Document.series_id, Document.number_in_series)
    return _found(Document.order_id, in_series, numbers, Document.kind == DocumentKind.INVOICE)


def _patterns():
    """[(key of a series, what its numbers look like in a text)]."""
    return [(key, _pattern(code)) for key, code in db.session.execute(select(Series.id, Series.code))]


def _pattern(code):
    """A number may begin where another seems to go on: a day before one that begins with its year."""
    before, _number, after = map(normal, code.partition("{number}"))
    return re.compile(rf"(?={before}([0-9]+){after})" if before else rf"(?<![0-9])([0-9]+)(?={after})")


def _numbers(key, pattern, text):
    """(series, number) of whatever a text may mean: more digits may follow a number without anything between."""
    for digits in pattern.findall(text):
        for length in range(1, len(digits) + 1):
            number = int(digits[:length].lstrip("0")[:MOST_DIGITS] or 0)
            if number:
                yield key, number


def _by_purchase_order(texts):
    numbers = {each for text in texts for each in _runs(_WORD.findall(fold(text)))}
    asked = select(PurchaseOrder.said, PurchaseOrder.order_id)
    found: dict = {}
    for some in in_parts(sorted(numbers), AT_ONCE):
        for said, key in db.session.execute(asked.where(PurchaseOrder.said.in_(some)).order_by(PurchaseOrder.order_id)):
            found.setdefault(said, []).append(key)
    return {key for keys in found.values() for key in keys[:MOST_NAMED]}


def _runs(words):
    """Words and those that follow each other, typed as one."""
    words = ["".join(letter for letter in word if letter.isalnum()) for word in words]
    for start in range(len(words)):
        for length in range(1, MOST_WORDS + 1):
            run = "".join(words[start : start + length])
            if len(run) >= FEWEST_LETTERS and any(letter.isdigit() for letter in run):
                yield run


def _found(wanted, column, values, *where):
    """What of these values is known, asked for some at a time."""
    parts = in_parts(sorted(values), AT_ONCE // 2)  # some are pairs
    return [key for some in parts for key in db.session.scalars(select(wanted).where(column.in_(some), *where))]
