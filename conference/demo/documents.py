"""Invoices of the demo: who sells, rates of tax where the meeting is, invoices, one made out anew, one to be paid, a pro-forma. All fictional."""

from datetime import date, timedelta

from sqlalchemy import select

from conference import checkout, payments, people
from conference.demo.society import FACTS
from conference.demo.stories import FINANCE
from conference.kernel import db, transaction
from conference.payments import Line, Order, OrderState, documents
from conference.registration import groups

SELLER = {
    "name": FACTS["name"], "address": "1 Example Square, Suite 400", "postcode": "21200", "city": "Baltimore, Maryland", "country": "US",
    "tax_id": "04-0000000", "registration": "A fictional non-profit society", "email": FACTS["email"],
    "bank": "Example Bank of Nowhere, account 0000 0000 0000, routing 000000000", "iban": "", "bic": "", "invoice_pattern": "INV-{year}-{number}",
    "credit_pattern": "CN-{year}-{number}", "digits": 5, "style": "exclusive", "embeds": True, "language": "en",
    "footer": "This society, its numbers and its taxes are fictional.",
}  # fmt: skip
# (kind of line, country, buyers, category, hundredths of a percent, sentence)
RATES = (
    ("", "", "anyone", "E", 0, "Education by a non-profit society (a fictional rule)."),
    ("add_on", "US", "anyone", "S", 600, ""),
    ("", "", "abroad", "AE", 0, "Reverse charge: the customer owes the tax (a fictional rule)."),
)
# Whom invoices are made out to: (organisation, department, street, postcode, city, country, purchase order, tax number).
BUYERS = (
    ("Example University", "Accounts payable", "100 Example Avenue", "02100", "Boston, Massachusetts", "US", "PO-28-0042", ""),
    ("Institut d’Exemple", "Service financier", "12 rue de l’Exemple", "75001", "Paris", "FR", "", ""),
    ("Beispielklinik", "Rechnungswesen", "Beispielweg 3\nHaus C", "10115", "Berlin", "DE", "BK-7713", "DE999999995"),
)  # fmt: skip
LANGUAGES = {"DE": "de", "FR": "fr"}  # of documents, by the country of whom they are made out to; English for others
PAST = 6  # invoices of the meeting before


def build_documents(before, meeting, now):
    """The seller, the rates and a few documents of the meeting's orders and of those of the meeting before: how many documents."""
    finance = people.by_email(FINANCE)
    with transaction():
        seller = documents.save_seller(version=0, by=finance, now=now, sends_letters=False, **SELLER)
        for kind, country, buyers, category, hundredths, note in RATES:
            facts = {"kind": kind, "country": country, "category": category, "hundredths": hundredths, "note": note}
            documents.add_rate(by=finance, now=now, buyers=buyers, starts=date(2025, 1, 1), ends=None, **facts)
    past = [_invoice(order, buyer, finance, order.settled_at + timedelta(days=1)) for order, buyer in _past(before)]
    with transaction():
        documents.save_seller(version=seller.id, by=finance, now=now, sends_letters=True, **SELLER)
    made = [_invoice(order, buyer, finance, now) for order, buyer in zip(_paid(meeting), BUYERS, strict=False)]
    with transaction():
        order = payments.order_by_id(made[0].order_id)
        right = _buyer(BUYERS[0], organisation="Example University Hospital")
        checkout.invoicing.correct(made[0], order, buyer=right, by=finance, now=now)
    return len(past) + len(made) + 2 + _for_groups(meeting, finance, now)


def _paid(meeting):
    """Orders of the meeting that somebody paid for themselves, those with an add-on."""
    asked = (
        select(Order).join(Line, Line.order_id == Order.id).where(Order.state == OrderState.PAID, Order.total_minor > 0)
    )
    asked = asked.where(Line.kind == "add_on", Line.scope == f"meeting:{meeting.code}", Line.ended_at.is_(None))
    found = db.session.scalars(asked.distinct().order_by(Order.id).limit(40)).all()
    whole = [payments.order_by_id(each.id) for each in found if groups.group_of_orders([each.id]) is None]
    return [order for order in whole if all(line.ended_at is None for line in order.lines)]


def _past(meeting):
    """[(order, whom it is made out to)] of some of its orders, in the order in which they were paid, so that numbers follow the days."""
    some = sorted(_paid(meeting), key=lambda order: order.settled_at)[:PAST]
    return [(order, BUYERS[number % len(BUYERS)]) for number, order in enumerate(some)]


def _for_groups(meeting, finance, now):
    """An invoice to be paid within a month, and a pro-forma, of orders that wait: how many."""
    asked = select(Order.id).where(Order.state == OrderState.OPEN, Order.scope == f"meeting:{meeting.code}")
    waiting = [
        payments.order_by_id(key) for key in db.session.scalars(asked.order_by(Order.total_minor.desc()).limit(2))
    ]
    if len(waiting) < 2:
        return 0
    _invoice(waiting[0], BUYERS[0], finance, now, due_on=(now + timedelta(days=30)).date())
    with transaction():
        checkout.invoicing.pro_forma(waiting[1], buyer=_buyer(BUYERS[1]), by=None, now=now)
    return 2


def _invoice(order, told, finance, now, **due):
    with transaction():
        return checkout.invoicing.invoice(order, buyer=_buyer(told), by=finance, now=now, **due)


def _buyer(told, **others):
    organisation, name, address, postcode, city, country, po_number, tax_id = told
    facts = {"organisation": organisation, "name": name, "address": address, "postcode": postcode, "city": city}
    facts["language"] = LANGUAGES.get(country, "en")
    return documents.Buyer(
        **{**facts, "country": country, "po_number": po_number, "tax_id": tax_id, "email": "", **others}
    )
