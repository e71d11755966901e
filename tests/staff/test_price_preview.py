"""Who would pay what on which date: the matrix says what a quote of that day says."""

from datetime import datetime, timedelta

import pytest

from conference import registration
from conference.kernel import clock, db
from conference.meetings import Window
from conference.registration import Wish
from conference.staff.price_preview import preview
from tests.cast import a_membership
from tests.staff.cast import page, somebody

PREVIEW = "/staff/prices/T1/preview"
LATE = clock.now().replace(hour=5, minute=0, second=0, microsecond=0) + timedelta(days=90)
AFTER = (LATE + timedelta(days=2)).date()


@pytest.fixture
def windows(meeting):
    """An early price for ninety days; from then on 540, the same for members."""
    first = meeting.windows[0]
    late = Window(meeting_id=meeting.id, code="late", name="Late", ends_at=first.ends_at)
    first.ends_at = LATE
    db.session.flush()
    db.session.add(late)
    db.session.flush()
    registration.set_price(registration.category_by_code(meeting, "full"), late, amount_minor=54000)
    db.session.commit()
    db.session.expire_all()
    return meeting


def test_each_cell_is_what_a_quote_of_that_day_says(windows):
    meeting, ben, ada = windows, somebody("Ben"), somebody("Ada")
    a_membership(ada, clock.now())
    category = registration.category_by_code(meeting, "full")

    shown = preview(meeting, span="whole", mode="in_person", on=AFTER, now=clock.now())

    assert [key for key, _label in shown.columns] == ["now", "late", "on"]
    for person, member in ((ada, True), (ben, False)):
        quoted = registration.price_of(Wish("full"), category, "", meeting=meeting, person=person, now=clock.now())
        assert shown.cells[f"full-{member}", "now"] == quoted.total
    assert [shown.cells[f"full-{member}", "late"].minor for member in (True, False)] == [54000, 54000]


def test_what_is_not_sold_and_what_is_over_is_empty(windows):
    shown = preview(windows, span="2027-05-12", mode="virtual", on=datetime(2030, 1, 1).date(), now=clock.now())

    assert set(shown.cells.values()) == {None}


def test_the_page_and_its_downloads_say_the_same_and_survive_nonsense(windows, cleo, dov):
    shown = page(cleo.get(f"{PREVIEW}?on={AFTER}"))
    csv = page(cleo.get(f"{PREVIEW}.csv?on={AFTER}"))
    odd = [cleo.get(f"{PREVIEW}{end}?span=x&mode=y&on={day}").status_code for end in ("", ".csv", ".xlsx")
           for day in ("soon", "9999-12-31", "0001-01-01")]  # fmt: skip

    assert "540.00 USD" in shown and "440.00 USD" in shown
    assert "Full: others,440.00,540.00,540.00" in csv
    assert odd == [200] * 9
    assert dov.get(PREVIEW).status_code == 403
