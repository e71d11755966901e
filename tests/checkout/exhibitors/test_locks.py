"""Who changes an exhibitor, its kind of booth or its roster at the same moment waits for the other, and goes on with what is then."""

import pytest
from sqlalchemy import select

from conference import meetings, people
from conference.kernel import db, transaction
from conference.registration import Wish, exhibitors, groups
from tests.checkout.exhibitors.beside import Beside

HEAD = "company,email,kind,booths,booth_count,area\n"


@pytest.fixture
def brought_in(meeting, kind, now):
    """A file of one exhibitor that was brought in."""
    with transaction():
        by = people.enter(email="desk@example.org", now=now)
        text = HEAD + "Bolt,bolt@example.org,,7,,\n"
        file = exhibitors.files.check(meeting, name="expo.csv", text=text, now=now)
        exhibitors.files.bring_in(meeting, file, by=by, now=now)
    return file.ref


def only_exhibitor():
    (found,) = exhibitors.queries.by_ids(db.session.scalars(select(exhibitors.Exhibitor.id)).all())
    return found


def test_a_name_that_is_written_down_while_an_import_is_undone_stays(context, brought_in, now):
    def undo():
        meeting = meetings.by_code("T1")
        file = exhibitors.files.queries.file_of(meeting, brought_in)
        return exhibitors.files.undo(meeting, file, by=people.by_email("desk@example.org"), now=now)

    with transaction():
        group = only_exhibitor().group
        groups.add_seat(group, email="ann@example.org", wish=Wish("expo"), by=group.coordinator, now=now)
        beside = Beside(context, undo)
        beside.wait_until_stuck()

    assert beside.end() == 0
    assert [each.seat.email for each in groups.seats_of(only_exhibitor().group)] == ["ann@example.org"]
