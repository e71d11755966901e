"""Badges that name a company alone: so many of an exhibitor's, worn by whoever comes, priced and counted like all others."""

import pytest
from sqlalchemy import select

from conference import badges, checkout, mail, payments, registration
from conference.kernel import Refusal, db, transaction
from conference.registration import State, Wish, exhibitors, groups
from conference.registration.groups import SeatState
from tests.checkout.acting import lapse, paid, settle
from tests.checkout.exhibitors.acting import a_kind, an_exhibitor, badge, changed, count, give, order, prices


@pytest.fixture
def bolt(meeting, now):
    """Three badges free of charge, two of which may be without a person."""
    with transaction():
        kind = a_kind(meeting, now, code="shell", badges=3, company_most=2)
        return an_exhibitor(meeting, kind, now, company="Bolt Ltd", email="bolt@example.org", booths="7")


def add(exhibitor, number, now):
    with transaction():
        group = groups.by_ref(exhibitor.meeting, exhibitor.group.ref)
        facts = {"institution": exhibitor.company, "wish": Wish("expo"), "count": number}
        groups.add_unnamed(group, by=group.coordinator, now=now, **facts)


def entries(exhibitor):
    return [
        registration.by_id(each.seat.registration_id)
        for each in groups.seats_of(exhibitor.group)
        if not each.seat.email
    ]


def test_they_are_registrations_of_nobody_whose_badge_names_the_company(bolt, now):
    add(bolt, 2, now)
    badge(bolt, "Ann", now)

    made = order(bolt, now)

    assert prices(made) == [0, 0, 0] and count(bolt) == (3, 3, 3)
    faces = [badges.face_of(entry) for entry in entries(bolt)]
    assert [(face.headline, face.surname, face.affiliation, face.category) for face in faces] == [
        ("Bolt Ltd", "", "", "Exhibitor badge")
    ] * 2
    assert len({face.code for face in faces}) == 2
    letters = db.session.scalars(select(mail.Letter.to_email).order_by(mail.Letter.id)).all()
    assert letters == ["bolt@example.org", "ann@example.org"]


def test_nothing_is_missing_of_them(bolt, now):
    add(bolt, 1, now)
    order(bolt, now)

    (seated,) = groups.seats_of(bolt.group)

    assert (seated.state, seated.is_complete, seated.seat.name) == (SeatState.PAID, True, "Bolt Ltd")


def test_there_are_no_more_of_them_than_the_booth_may_have(bolt, acme, now):
    add(bolt, 2, now)

    with pytest.raises(Refusal, match="cannot be had") as told:
        add(bolt, 1, now)
    with pytest.raises(Refusal, match="cannot be had"):
        add(acme, 1, now)

    assert told.value.field == "count"


def test_one_that_is_taken_off_makes_room_for_another(bolt, now):
    add(bolt, 2, now)
    with transaction():
        groups.remove_seat(bolt.group, groups.seats_of(bolt.group)[0].seat.id, by=None, now=now)

    add(bolt, 1, now)

    assert (len(groups.seats_of(bolt.group)), registration.miscounted()) == (2, [])


def test_beyond_the_allotment_they_cost_what_any_badge_costs(bolt, now):
    for name in ("Ann", "Bo", "Cy"):
        badge(bolt, name, now)
    add(bolt, 1, now)

    made = order(bolt, now)

    assert prices(made) == [0, 0, 0, 30000]


def test_ordered_again_it_is_the_same_badge(bolt, now):
    for name in ("Ann", "Bo", "Cy"):
        badge(bolt, name, now)
    add(bolt, 1, now)
    made = order(bolt, now)
    (first,) = entries(bolt)
    lapse(made, now.replace(year=2027))

    again = order(bolt, now)
    settle(again, paid(again), now)

    (second,) = entries(bolt)
    assert (second.id, second.state) == (first.id, State.CONFIRMED)


def test_it_has_no_name_to_change(bolt, now):
    add(bolt, 1, now)
    order(bolt, now)

    with pytest.raises(Refusal, match="no name to change"):
        give(entries(bolt)[0], "ann@example.org", now)


def test_taken_back_it_gives_its_part_of_the_allotment_back(bolt, ada, now):
    add(bolt, 1, now)
    made = order(bolt, now)

    with transaction():
        checkout.end_lines_and_refund(
            order_id=made.id, line_ids=[made.lines[0].id], amount=made.total, reason="no", by=ada, now=now
        )

    assert (count(bolt), payments.differences(), registration.miscounted()) == ((3, 0, 0), [], [])


def test_a_kind_of_booth_that_allows_fewer_is_refused_while_more_stand(bolt, meeting, kind, now):
    add(bolt, 2, now)

    with pytest.raises(Refusal, match="Bolt Ltd has 2 badges without a person"):
        changed(bolt, now, kind=kind)
    db.session.rollback()
    with pytest.raises(Refusal, match="Bolt Ltd has 2"), transaction():
        exhibitors.change_kind(bolt.kind, company_most=1, by=None, now=now)


def test_after_the_day_of_names_they_can_still_be_had(meeting, now):
    with transaction():
        kind = a_kind(meeting, now, code="dated", names_until=now, company_most=None)
        bolt = an_exhibitor(meeting, kind, now, company="Bolt", email="bolt@example.org")

    add(bolt, 2, now)

    assert prices(order(bolt, now)) == [0, 0]
