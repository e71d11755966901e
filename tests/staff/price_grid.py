"""A category with an early price and a late one, its grid at the desk, and what is read of its pages."""

import re
from datetime import timedelta

import pytest

from conference import registration
from conference.kernel import clock, db
from conference.meetings import Window
from tests.cast import a_person
from tests.staff.cast import page

PRICES = "/staff/prices/T1"
LATE = clock.now().replace(hour=5, minute=0, second=0, microsecond=0) + timedelta(days=90)


def full_in(meeting):
    return registration.category_by_code(meeting, "full")


@pytest.fixture
def grid(meeting):
    """The address of the grid of the full category, which has an early price for ninety days and a late one afterwards."""
    first = meeting.windows[0]
    late = Window(meeting_id=meeting.id, code="late", name="Late", ends_at=first.ends_at)
    first.ends_at = LATE
    db.session.flush()
    db.session.add(late)
    db.session.flush()
    registration.set_price(full_in(meeting), late, amount_minor=54000)
    db.session.commit()
    db.session.expire_all()
    return f"{PRICES}/categories/{full_in(meeting).id}/prices"


def cells(meeting):
    db.session.expire_all()
    return registration.cells_of(full_in(meeting))


def field(number, window):
    """The name of a field: the rows are those of the whole meeting (members, others), then virtual."""
    return f"p-{number}-{window.id}"


def windows_of(meeting):
    return list(meeting.windows)


def words(answer):
    """The words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page(answer)))


def somebody_known(name):
    """As `somebody`, inside a transaction."""
    return a_person(name, clock.now())
