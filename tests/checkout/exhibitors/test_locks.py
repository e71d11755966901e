"""Who changes an exhibitor, its kind of booth or its roster at the same moment waits for the other, and goes on with what is then."""

import pytest
from sqlalchemy import select

from conference import checkout, meetings, people
from conference.kernel import db, transaction
from conference.registration import Wish, exhibitors, groups
from conference.registration.exhibitors.actions import FACTS
from tests.checkout.exhibitors.acting import KIND, a_kind, an_exhibitor, badge, count
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


def change_the_kind(now, **facts):
    kind = exhibitors.queries.kinds_of(meetings.by_code("T1"))[0]
    told = {name: getattr(kind, name) for name in KIND} | facts
    exhibitors.change_kind(kind, by=None, now=now, **told)
    return "changed"


def told_of(exhibitor, **facts):
    """What `exhibitors.change` is told."""
    names = {name: getattr(exhibitor, name) for name in FACTS}
    return {**names, "kind": exhibitor.kind, "email": exhibitor.group.coordinator.email, **facts}


def test_who_changes_a_kind_waits_for_who_changes_an_exhibitor_and_never_the_other_way_round(context, acme, now):
    """Each of them needs the group, the kind and the allotment."""
    with transaction():
        found = only_exhibitor()
        groups.lock(found.group)
        beside = Beside(context, lambda: change_the_kind(now, badges=3, company_most=4))
        beside.wait_until_stuck()
        exhibitors.change(found, by=None, now=now, **told_of(found, booth_count=2))

    assert beside.end() == "changed"
    assert count(only_exhibitor()) == (6, 0, 0)


def test_who_changes_a_kind_waits_for_who_orders_badges(context, acme, now):
    badge(acme, "Ann", now)

    with transaction():
        found = only_exhibitor()
        groups.lock(found.group)
        beside = Beside(context, lambda: change_the_kind(now, badges=0, company_most=4))
        beside.wait_until_stuck()
        placed = checkout.place_group(found.group, by=found.group.coordinator, now=now)

    assert "Acme would have fewer badges than they use" in beside.end()
    assert (placed.total_minor, count(only_exhibitor())) == (0, (2, 1, 1))


def test_who_enters_an_exhibitor_while_its_kind_is_changed_goes_by_the_new_rule(context, meeting, kind, now):
    def enter():
        meeting = meetings.by_code("T1")
        kind = exhibitors.queries.kinds_of(meeting)[0]
        return an_exhibitor(meeting, kind, now).company

    with transaction():
        change_the_kind(now, badges=5)
        beside = Beside(context, enter)
        beside.wait_until_stuck()

    assert beside.end() == "Acme"
    assert count(only_exhibitor()) == (5, 0, 0)


def test_a_kind_that_is_taken_away_meanwhile_is_given_to_nobody(context, acme, now):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: whoever comes second does not even find the kind")
    with transaction():
        key = a_kind(meetings.by_code("T1"), now, code="other").id

    def move():
        found = only_exhibitor()
        kind = exhibitors.queries.kind_by_id(found.meeting, key)
        exhibitors.change(found, by=None, now=now, **told_of(found, kind=kind))

    with transaction():
        exhibitors.remove_kind(exhibitors.queries.kind_by_id(meetings.by_code("T1"), key), by=None, now=now)
        db.session.flush()
        beside = Beside(context, move)
        beside.wait_until_stuck()

    assert beside.end() == "This kind of booth was taken away meanwhile. Choose another."
