"""Acme, with booth 214 and two badges, at a meeting whose exhibitor badges cost 300 now and 400 later."""

from datetime import timedelta

import pytest

from conference import meetings, registration
from conference.kernel import transaction
from tests.cast import EARLY_ENDS, a_meeting
from tests.checkout.exhibitors.acting import a_kind, an_exhibitor


@pytest.fixture
def meeting(context, now):
    with transaction():
        return a_show(now)


@pytest.fixture
def kind(meeting, now):
    with transaction():
        return a_kind(meeting, now)


@pytest.fixture
def acme(meeting, kind, now):
    with transaction():
        return an_exhibitor(meeting, kind, now)


def a_show(now, *, places=10, code="T1"):
    """A meeting of ten places with two price windows."""
    meeting = a_meeting(now, places=places, code=code)
    windows = [("early", "Early", EARLY_ENDS), (meeting.windows[0].code, "Late", meeting.windows[0].ends_at)]
    facts = {"opens_at": now - timedelta(days=30), "windows": windows, "deadlines": [], "by": None, "now": now}
    meetings.set_dates(meeting, version=meeting.version, **facts)
    found = meetings.by_code(code)
    pool = registration.category_by_code(found, "full").pool
    expo = registration.add_category(found, code="expo", name="Exhibitor badge", pool=pool, is_on_offer=False)
    for window, amount in zip(found.windows, (30000, 40000), strict=True):
        registration.set_price(expo, window, amount_minor=amount)
    return found
