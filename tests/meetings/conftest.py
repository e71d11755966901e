"""A meeting in Baltimore with an early and a regular price window, and somebody who may edit it."""

from datetime import UTC, date, datetime

import pytest

from conference import meetings, society
from conference.kernel import transaction
from tests.signing_in import signed_in

EARLY_ENDS = datetime(2027, 2, 16, 5, 0, tzinfo=UTC)
REGULAR_ENDS = datetime(2027, 5, 16, 4, 0, tzinfo=UTC)


@pytest.fixture
def meeting(context, now):
    """AM28, early until 15 February in Baltimore, abstracts until 10 December."""
    with transaction():
        society.found(now=now, name="Society of Tests", short_name="SoT", timezone="America/New_York")
        made = meetings.create(
            code="AM28", title="Annual Meeting 2027", number=28, starts=date(2027, 5, 11), ends=date(2027, 5, 15),
            timezone="America/New_York", currency="USD", city="Baltimore", country="US", venue="Example Hall",
            address="1 Example Street", summary="Five days.", latitude=39.2854, longitude=-76.6168,
        )  # fmt: skip
        meetings.set_dates(
            made,
            opens_at=None,
            windows=[("early", "Early", EARLY_ENDS), ("regular", "Regular", REGULAR_ENDS)],
            deadlines=[("Abstracts", datetime(2026, 12, 10, 22, 0, tzinfo=UTC), "")],
            by=None,
            version=made.version,
            now=now,
        )
        return made


@pytest.fixture
def editor(context):
    """An administrator's browser."""
    return signed_in(context, "cleo@example.org", roles=("administrator",), given_name="Cleo", family_name="Demo")
