"""A meeting of three places, with a dinner and a workshop; Ada and Ben have an account, and would like to come."""

from datetime import timedelta

import pytest

from conference import registration
from conference.kernel import transaction
from tests.cast import a_meeting
from tests.checkout.invitations.acting import a_kind


@pytest.fixture
def meeting(context, now):
    with transaction():
        made = a_meeting(now, places=3)
        student = registration.add_category(
            made, code="student", name="Student", pool=registration.add_pool(made, name="Students", places=1)
        )
        registration.set_price(student, made.windows[0], amount_minor=15000)
        for code, amount in (("dinner", 9000), ("workshop", 5000)):
            registration.offer_add_on(made, code=code, title=code.title(), amount_minor=amount, places=2)
    return made


@pytest.fixture
def speakers(meeting, now):
    """Free of charge, no place kept."""
    return a_kind(meeting, now)


@pytest.fixture
def keynotes(meeting, now):
    """Free of charge, with a place that is kept and the dinner."""
    return a_kind(meeting, now, code="KEYNOTE", name="Keynote", ribbon="Keynote", add_ons=["dinner"], keeps_places=True)


@pytest.fixture
def kept(meeting, now):
    """The rule for those for whom a place is kept for ten days, invited for thirty."""
    return a_kind(
        meeting,
        now,
        code="KEPT",
        keeps_places=True,
        kept_until=now + timedelta(days=10),
        valid_until=now + timedelta(days=30),
    )
