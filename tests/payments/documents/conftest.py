"""Somebody who sells at 19 per cent."""

import pytest

from conference import checkout, payments
from conference.kernel import transaction
from conference.payments import documents
from tests.cast import a_draft, a_meeting, a_person
from tests.payments.documents.selling import a_rate, a_seller


@pytest.fixture
def meeting(context, now):
    with transaction():
        return a_meeting(now, places=50)


@pytest.fixture
def ada(context, now):
    with transaction():
        return a_person("Ada", now)


@pytest.fixture
def seller(meeting, now):
    with transaction():
        a_rate(now)
        return a_seller(now)


@pytest.fixture
def order(meeting, ada, now):
    """Ada's order over 440.00 USD, waiting for a payment."""
    with transaction():
        draft = a_draft(meeting, ada, now)
    with transaction():
        return checkout.place(draft=draft, meeting=meeting, person=ada, now=now)


@pytest.fixture
def paid(order, now):
    """The same, paid at the desk."""
    with transaction():
        return checkout.settle_paid_by_hand(order.id, reference="cash", by=None, now=now)


@pytest.fixture(autouse=True)
def books(context):
    """However a test ends, the books and the documents must agree."""
    yield
    assert payments.differences() == documents.differences() == []
