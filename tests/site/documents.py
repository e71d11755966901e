"""Documents of money on the site: a seller, a rate, Ada's invoice, one that was credited, and Eve's pro-forma."""

from datetime import date

from conference import payments
from conference.checkout import documents as papers
from conference.checkout import invoicing, kept_papers
from conference.kernel import transaction
from conference.payments import documents
from tests.site import people

SELLER = {
    "name": "Εταιρεία Δοκιμών", "address": "Οδός 1", "postcode": "10431", "city": "Αθήνα", "country": "GR", "tax_id": "EL094259216",
    "registration": "ΓΕΜΗ 1", "email": "office@example.org", "bank": "Τράπεζα", "iban": "", "bic": "", "digits": 5, "style": "inclusive",
    "invoice_pattern": "INV-{year}-{number}", "credit_pattern": "CN-{year}-{number}", "embeds": True, "language": "el", "footer": "Σημείωση",
}  # fmt: skip


def of_documents(orders, now):
    """{key: value} for the addresses of documents."""
    ada = people.person("ada")
    with transaction():
        documents.save_seller(version=0, by=None, now=now, **SELLER)
        rate = documents.add_rate(by=None, now=now, category="S", hundredths=2400, starts=date(2020, 1, 1), ends=None)
    first = invoice(orders["ada"], ada, now)
    with transaction():
        _note, made = invoicing.correct(first, orders["ada"], buyer=bill_to(ada), by=None, now=now)
        invoicing.pro_forma(orders["eve"], buyer=bill_to(people.person("eve")), by=None, now=now)
    papers.receipt(orders["ada"])
    asking = next(order for order in payments.orders_of(ada) if invoicing.may_ask(order))
    return {
        "document_ref": made.ref,
        "rate_id": rate.id,
        "staff.order_paper.ref": orders["ada"].ref,
        "paper_ref": kept_papers.kept_of(orders["ada"])[0].ref,
        "ending": "csv",
        **{f"checkout.{view}.ref": asking.ref for view in ("ask_invoice", "make_invoice")},
    }


def invoice(order, person, now):
    """The invoice of somebody's order."""
    with transaction():
        return invoicing.invoice(order, buyer=bill_to(person), by=None, now=now)


def bill_to(person):
    """A Buyer of which no word is English."""
    return documents.Buyer(name=person.full_name, organisation="Ινστιτούτο", city="Αθήνα", country="GR", language="el")
