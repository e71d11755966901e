"""Invoices: from click to PDF, each rendered for the first time."""

from datetime import date

from sqlalchemy import select

from bench import asking
from conference import checkout
from conference.kernel import clock, db, transaction
from conference.payments import Order, OrderState, documents, order_by_id

TIMES, EACH, WARM = 3, 100, 20
SELLER = {
    "name": "Bench Society", "address": "1 Bench Road", "postcode": "10115", "city": "Berlin", "country": "DE", "tax_id": "DE136695976",
    "registration": "VR 1", "email": "office@example.org", "bank": "Bench Bank", "iban": "DE89 3704 0044 0532 0130 00", "bic": "",
    "invoice_pattern": "INV-{year}-{number}", "credit_pattern": "CN-{year}-{number}", "digits": 5, "style": "inclusive", "embeds": True,
    "language": "en", "footer": "",
}  # fmt: skip
BUYER = documents.Buyer(
    name="Accounts payable", organisation="Bench University", city="Paris", country="FR", po_number="PO-1"
)
HOW = (
    f"GET of the PDF of {EACH} different invoices one after the other, none of them rendered before: session, rendering as PDF/A-3 with the"
    f" XML of EN 16931 made and checked, the bytes committed, over HTTP; after {WARM} to warm the processes"
)


def one_click(site):
    """The slowest of twenty first downloads of an invoice."""
    _ = site.attendees
    with site.app.app_context():
        paths, cookie = _issued(WARM + TIMES * EACH), site.finance_cookie
    asking.one_by_one(site.url, paths[:WARM], cookie=cookie)
    shares = [paths[WARM + turn * EACH : WARM + (turn + 1) * EACH] for turn in range(TIMES)]
    runs = [sorted(asking.one_by_one(site.url, share, cookie=cookie)) for share in shares]
    values = [round(asking.percentile(run, 0.95), 1) for run in runs]
    middle = [round(asking.percentile(run, 0.5), 1) for run in runs]
    figure = {"figure": "invoice_pdf_p95", "value": min(values), "unit": "ms", "goal": "<= 150", "how": HOW}
    yield {**figure, "p50_ms": min(middle), "runs": values}


def _issued(count):
    """The addresses of so many invoices."""
    now = clock.now()
    with transaction():
        documents.save_seller(version=0, by=None, now=now, **SELLER)
        documents.add_rate(by=None, now=now, category="S", hundredths=1900, starts=date(2020, 1, 1), ends=None)
    paid = select(Order.id).where(Order.state == OrderState.PAID, Order.total_minor > 0).order_by(Order.id).limit(count)
    return [_issue(order_id, now) for order_id in db.session.scalars(paid).all()]


def _issue(order_id, now):
    with transaction():
        made = checkout.invoicing.invoice(order_by_id(order_id), buyer=BUYER, by=None, now=now)
    return f"/staff/documents/{made.ref}.pdf"
