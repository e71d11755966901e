"""A group of Ada's at a meeting of three places, where giving a place to somebody else costs nothing."""

from datetime import timedelta

import pytest

from conference import registration
from conference.kernel import transaction
from conference.registration import groups
from tests.cast import a_meeting


@pytest.fixture
def meeting(context, now):
    with transaction():
        found = a_meeting(now, places=3)
        for code, amount in (("dinner", 8500), ("workshop", 5000)):
            registration.offer_add_on(found, code=code, title=code.title(), amount_minor=amount, places=2)
        registration.changes.set_steps(found, steps(now), by=None, now=now)
    return found


def steps(now, fee=0):
    """Cancelling keeps 100, everything else costs nothing but for a `fee` of giving a place away."""
    until = now + timedelta(days=90)
    free = [{"kind": kind, "until": until} for kind in ("switch", "add", "drop")]
    return [
        *free,
        {"kind": "cancel", "until": until, "amount_minor": 10000},
        {"kind": "substitute", "until": until, "amount_minor": fee},
    ]


@pytest.fixture
def group(meeting, ada, now):
    facts = {"name": "Example Lab", "bill_to": "Accounts\nExample University", "tax_id": "", "po_number": "PO-7"}
    with transaction():
        made = groups.make(meeting=meeting, coordinator=ada, by=ada, now=now, note="", **facts)
    return groups.by_ref(meeting, made.ref)
