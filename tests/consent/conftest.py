"""A meeting with a map to agree to, and ways of answering."""

from datetime import date

import pytest

from conference import meetings, society
from conference.kernel import transaction
from tests.web.conftest import site

__all__ = ["site"]


@pytest.fixture
def meeting(context, now):
    """A meeting whose page can show a map from elsewhere."""
    with transaction():
        society.found(now=now, name="Society of Tests", short_name="SoT")
        return meetings.create(
            code="T1",
            title="Meeting T1",
            starts=date(2027, 5, 11),
            ends=date(2027, 5, 15),
            timezone="America/New_York",
            currency="USD",
            latitude=39.2854,
            longitude=-76.6168,
        )
