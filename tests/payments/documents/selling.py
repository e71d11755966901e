"""Who sells in tests, at which rates, and whom documents are made out to."""

from datetime import date

from conference import society
from conference.kernel import db
from conference.payments import documents

BUYER = documents.Buyer(
    name="Ada Demo",
    organisation="Example University",
    address="1 Example Road\nDepartment of Examples",
    postcode="12345",
    city="Exampleville",
    country="DE",
    tax_id="DE136695976",
    po_number="PO-4711",
    email="accounts@example.org",
    language="en",
)
ABOUT = documents.About("Meeting T1", date(2027, 5, 11), date(2027, 5, 15), "Example Hall, Baltimore", "US")
SELLER = {
    "name": "Society of Tests",
    "address": "1 Example Square",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
    "tax_id": "DE136695976",
    "registration": "Register of Examples VR 1",
    "email": "office@example.org",
    "bank": "Example Bank",
    "iban": "DE89 3704 0044 0532 0130 00",
    "bic": "COBADEFFXXX",
    "invoice_pattern": "INV-{year}-{number}",
    "credit_pattern": "CN-{year}-{number}",
    "digits": 5,
    "style": "inclusive",
    "embeds": True,
    "language": "en",
    "footer": "",
}


def a_seller(now, **facts):
    """Who sells from now on."""
    before = documents.queries.seller()
    return documents.save_seller(version=before.id if before else 0, by=None, now=now, **{**SELLER, **facts})


def a_rate(now, hundredths=1900, **facts):
    """A rate of tax for everything everywhere, if nothing else is told."""
    category = "S" if hundredths else "E"
    told = {"category": category, "starts": date(2020, 1, 1), "ends": None, **facts}
    return documents.add_rate(by=None, now=now, hundredths=hundredths, **told)


def a_society():
    """The one society, of which documents ask for its time zone."""
    found = society.current()
    if found is None:
        found = society.Society(id=1, name="Society of Tests", short_name="SoT", currency="EUR", timezone="UTC")
        db.session.add(found)
        db.session.flush()
    return found
