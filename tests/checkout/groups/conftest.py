"""A group of Ada's at a meeting of three places."""

import pytest

from conference import registration
from conference.kernel import transaction
from conference.registration import groups
from tests.cast import a_meeting


@pytest.fixture
def meeting(context, now):
    with transaction():
        found = a_meeting(now, places=3)
        registration.offer_add_on(found, code="dinner", title="Dinner", amount_minor=8500, places=2)
        return found


@pytest.fixture
def group(meeting, ada, now):
    facts = {"name": "Example Lab", "bill_to": "Accounts\nExample University", "tax_id": "", "po_number": "PO-7"}
    with transaction():
        made = groups.make(meeting=meeting, coordinator=ada, by=ada, now=now, note="", **facts)
    return groups.by_ref(meeting, made.ref)
