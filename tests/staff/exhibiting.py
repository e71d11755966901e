"""What tests of exhibitors at the desk share: a category, a kind of booth, Acme."""

import csv
import io

import pytest
from sqlalchemy import select

from conference import mail, registration
from conference.kernel import clock, db, transaction
from tests.checkout.exhibitors.acting import a_kind, an_exhibitor

LIST = "/staff/exhibitors/T1"
COMPANY = {"company": "Acme", "email": "Contact@Example.org", "booths": "214", "booth_count": "1", "area": "150"}


@pytest.fixture
def expo(meeting):
    """The category as which badges are sold: for 300, and not on offer."""
    with transaction():
        pool = registration.category_by_code(meeting, "full").pool
        found = registration.add_category(meeting, code="expo", name="Exhibitor badge", pool=pool, is_on_offer=False)
        registration.set_price(found, meeting.windows[0], amount_minor=30000)
    return found


@pytest.fixture
def kind(meeting, expo):
    with transaction():
        return a_kind(meeting, clock.now())


@pytest.fixture
def acme(meeting, kind):
    with transaction():
        return an_exhibitor(meeting, kind, clock.now())


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))


def letters():
    return db.session.execute(select(mail.Letter.kind, mail.Letter.to_email).order_by(mail.Letter.id)).all()
