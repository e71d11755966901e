"""A meeting with a student category at 100.00 beside the full one at 440.00, Ada, and Cleo who keeps registrations."""

import pytest

from conference import registration
from conference.kernel import transaction
from tests.cast import a_meeting, a_person


@pytest.fixture
def meeting(context, now):
    with transaction():
        found = a_meeting(now)
        category = registration.add_category(found, code="student", name="Student")
        registration.set_price(category, found.windows[0], amount_minor=10000)
    return found


@pytest.fixture
def ada(context, now):
    with transaction():
        return a_person("Ada", now)


@pytest.fixture
def cleo(context, now):
    with transaction():
        return a_person("Cleo", now)
