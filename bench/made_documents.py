"""Invoices of the made orders, and credit notes of those that were taken back: with contents, sums and digests as the product writes them."""

from sqlalchemy import insert, select

from conference.kernel import db, in_parts
from conference.payments import Order, documents
from conference.payments.documents.composing import digest, line_of, rated, seller_part, summed
from conference.payments.documents.rules import Category, Rate, RateRow
from conference.payments.documents.told import About, Told, packed

CANCELLED, NOTES = 50, 1_000_000  # one order in so many is taken back; a note's key is its invoice's and this
_SELLER = documents.Seller(name="Bench Society", address="1 Bench Road", postcode="10115", city="Berlin", country="DE", tax_id="DE136695976",
                           registration="VR 1", email="office@example.org", bank="Bench Bank", iban="DE89 3704 0044 0532 0130 00", bic="", footer="")  # fmt: skip
_BUYER = documents.Buyer(name="Accounts payable", organisation="Example", city="Paris", country="FR", po_number="PO-1")
_NOTHING = {"payments": [], "carried": 0, "due": 0, "due_on": None, "replaces": None, "reason": "", "corrects": None}


def write(first, last, *, series_ids, day):
    """Write an invoice for each order from `first` to `last`, and a credit note for each that was taken back."""
    frame, sums = _frame(day), {}
    for keys in in_parts(range(first, last + 1), 1000):
        orders = select(Order.id, Order.ref, Order.placed_at, Order.total_minor).where(Order.id.in_(keys))
        rows = [row for order in db.session.execute(orders) for row in _papers(*order, frame, sums, first, series_ids)]
        db.session.execute(insert(documents.Document), rows)


def _frame(day):
    about = About("Annual Meeting", day, day, "Example Hall, Berlin", "DE")
    facts = {"language": "en", "currency": "USD", "paper": "A4", "style": "inclusive", "facturx": False}
    who = {"seller": seller_part(_SELLER, is_fictional=True), "buyer": packed(_BUYER), "about": packed(about)}
    return {**_NOTHING, **who, **facts, "issued_on": day.isoformat(), "settled_on": day.isoformat()}


def _papers(key, ref, at, total, frame, sums, first, series_ids):
    told = {**frame, **_summed(key, total, sums), "order": ref}
    number = f"MADE-{key}"
    content = {
        **told,
        "kind": "invoice",
        "number": number,
        "payments": [{"on": frame["issued_on"], "way": "stripe", "reference": "", "amount": total}],
    }
    yield _row(key, content, key, at, series_ids[0], key - first + 1, None)
    if key % CANCELLED == 0:
        corrects = {"number": number, "issued_on": frame["issued_on"]}
        content = {**told, "kind": "credit_note", "number": f"BACK-{key}", "reason": "ended", "corrects": corrects}
        yield _row(key + NOTES, content, key, at, series_ids[1], (key - first) // CANCELLED + 1, key)


def _summed(key, total, sums):
    """The line of an order with its tax: there are few amounts, so each is worked out once."""
    if total not in sums:
        rates = [RateRow(Rate(Category.STANDARD, 1900, ""), "", "", documents.Buyers.ANYONE, _day(), None)]
        line = line_of("", kind="registration", gross=total, told=Told("Full registration"), why=["Early price"])
        sums[total] = summed(rated([line], rates, country="DE", buyers={documents.Buyers.ANYONE}, day=_day()))
    return {**sums[total], "lines": [{**sums[total]["lines"][0], "source": f"line:{key}"}]}


def _day():
    return documents.queries.as_day("2020-01-01")


def _row(key, content, order_id, at, series_id, number, corrects):
    return {
        "id": key, "ref": f"D{key}", "kind": content["kind"], "number": content["number"], "series_id": series_id,
        "number_in_series": number, "order_id": order_id, "corrects_id": corrects, "issued_at": at, "issued_by": None,
        "language": "en", "currency": "USD", "net_minor": content["net"], "tax_minor": content["tax"],
        "rounding_minor": content["rounding"], "gross_minor": content["gross"], "buyer": "Example", "buyer_folded": "example",
        "content": content, "sha256": digest(content),
    }  # fmt: skip
