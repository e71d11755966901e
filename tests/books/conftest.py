"""A society in New York, a meeting there in May, and Ada."""

from datetime import date

import pytest

from conference import meetings
from conference.kernel import transaction
from tests.cast import a_person, a_society
from tests.membership.conftest import statements

__all__ = ["statements"]


@pytest.fixture
def ada(context, now):
    with transaction():
        a_society()
        return a_person("Ada", now)


@pytest.fixture
def spring(ada):
    """A meeting from 4 to 6 October 2026, in Sydney: its last day begins on the 5th at 13:00 UTC."""
    with transaction():
        return meetings.create(
            code="SP26", title="Spring", starts=date(2026, 10, 4), ends=date(2026, 10, 6), timezone="Australia/Sydney", currency="USD"
        )  # fmt: skip
