"""Groups: one payer, many attendees, each at their own price and owner of their own answers."""

import pytest
from sqlalchemy import select

from conference import checkout, mail, payments, people, registration
from conference.kernel import Refusal, db, transaction
from conference.registration import Place, groups
from conference.registration.groups import SeatState
from tests.cast import a_draft, a_membership
from tests.checkout.acting import lapse, paid, place, settle, state_of, taken
from tests.checkout.groups.acting import entry_of, order, seat, states


def test_one_order_holds_a_place_for_each_at_their_own_price(meeting, group, ben, now):
    with transaction():
        a_membership(ben, now)
    seat(group, "ben@example.org", now, extras=("dinner",))
    seat(group, "cleo@example.org", now, given_name="Cleo", family_name="New")

    made = order(group, now)

    assert [(line.kind, line.amount_minor) for line in made.lines] == [
        ("registration", 22000), ("add_on", 8500), ("registration", 44000),
    ]  # fmt: skip
    assert made.person_id == group.coordinator_id
    assert states(group) == [SeatState.HELD, SeatState.HELD]
    assert taken() == 3
    assert people.by_email("cleo@example.org").full_name == "Cleo New"


def test_a_payer_reads_that_a_price_is_for_members_and_nothing_else_of_it(group, ben, now):
    with transaction():
        a_membership(ben, now)
    seat(group, "ben@example.org", now)

    [line] = order(group, now).lines

    assert line.why[0] == "Member price"
    assert not any("valid" in reason or "2026-12" in reason for reason in line.why)


def test_settled_every_seat_is_confirmed_and_everybody_has_their_letter(meeting, group, ben, now):
    seat(group, "ben@example.org", now)
    seat(group, "cleo@example.org", now)
    made = order(group, now)

    settle(made, paid(made), now)

    assert states(group) == [SeatState.PAID, SeatState.PAID]
    letters = db.session.execute(select(mail.Letter.kind, mail.Letter.to_email).order_by(mail.Letter.id)).all()
    assert letters == [
        ("paid_for_others", "ada@example.org"), ("seat", "ben@example.org"), ("seat", "cleo@example.org"),
    ]  # fmt: skip


def test_money_that_came_late_takes_every_seat_with_its_own_add_ons(meeting, group, ben, now):
    seat(group, "ben@example.org", now, extras=("dinner",))
    seat(group, "cleo@example.org", now)
    made = order(group, now)
    lapse(made, now.replace(year=2027))
    assert (states(group), taken()) == ([SeatState.OPEN, SeatState.OPEN], 0)

    settle(made, paid(made), now)

    booked = {each.person.email: len(each.bookings) for each in checkout.registrations_in(payments.locked(made.id))}
    assert booked == {"ben@example.org": 1, "cleo@example.org": 0}
    assert taken() == 3


def test_without_a_place_for_each_nothing_is_held(group, now):
    for number in range(4):
        seat(group, f"n{number}@example.org", now)

    with pytest.raises(registration.SoldOut):
        order(group, now)

    db.session.rollback()
    assert (taken(), states(group), people.by_email("n0@example.org")) == (0, [SeatState.OPEN] * 4, None)
    assert db.session.scalar(select(Place)) is None


def test_nobody_is_registered_twice(meeting, group, ben, now):
    seat(group, "ben@example.org", now)
    place(meeting, ben, now)

    assert [reason for _seat, reason in checkout.quote_group(group, now=now).faults] == [
        "is registered already: take them off the roster"
    ]
    with pytest.raises(Refusal, match="Registered already: ben"):
        order(group, now)


def test_a_draft_of_ones_own_becomes_the_seat_and_keeps_its_answers(meeting, group, ben, now):
    with transaction():
        a_draft(meeting, ben, now, mode="virtual")
    seat(group, "ben@example.org", now)

    order(group, now)

    entry = entry_of(meeting, "ben@example.org")
    assert (entry.state, entry.mode, entry.questions_done_at) == ("held", "in_person", now)


def test_a_seat_is_added_once_and_removed_only_while_nobody_has_ordered_it(group, now):
    first = seat(group, "ben@example.org", now)
    with pytest.raises(Refusal, match="in this group already"):
        seat(group, "ben@example.org", now)
    second = seat(group, "cleo@example.org", now)
    with transaction():
        groups.remove_seat(group, second.id, by=group.coordinator, now=now)
    order(group, now)

    with pytest.raises(Refusal, match="is ordered"), transaction():
        groups.remove_seat(group, first.id, by=group.coordinator, now=now)

    assert states(group) == [SeatState.HELD]


def test_a_top_up_is_a_further_order_over_the_new_seats_alone(group, now):
    seat(group, "ben@example.org", now)
    first = order(group, now)
    settle(first, paid(first), now)
    seat(group, "cleo@example.org", now)

    second = order(group, now)

    assert len(second.lines) == 1
    assert [each.id for each in groups.orders_of(group)] == [second.id, first.id]


def test_a_price_that_changed_is_not_ordered_unseen(group, now):
    seat(group, "ben@example.org", now)

    with pytest.raises(Refusal, match="price has changed"):
        order(group, now, seen_total=1)

    assert states(group) == [SeatState.OPEN]


def test_lines_add_up_for_each_grant(group, now):
    seat(group, "ben@example.org", now, grant="R01")
    seat(group, "cleo@example.org", now, grant="R01")
    seat(group, "dov@example.org", now)

    split = [(name, amount.minor) for name, amount in checkout.quote_group(group, now=now).split]

    assert split == [("R01", 88000), ("", 44000)]


def test_taking_one_seat_back_leaves_the_others(meeting, group, ada, now):
    seat(group, "ben@example.org", now)
    seat(group, "cleo@example.org", now, extras=("dinner",))
    made = order(group, now)
    settle(made, paid(made), now)
    line = payments.locked(made.id).lines[0]

    with transaction():
        checkout.end_lines_and_refund(
            order_id=made.id, line_ids=[line.id], amount=line.amount, reason="ill", by=ada, now=now
        )

    assert states(group) == [SeatState.ENDED, SeatState.PAID]
    assert taken() == 2


def test_held_for_a_transfer_the_payer_is_written_to_and_the_office_settles_it(group, now):
    seat(group, "ben@example.org", now)
    made = order(group, now, by_transfer=True)
    assert (made.expires_at - now).days == 14

    with transaction():
        checkout.settle_paid_by_hand(made.id, reference="PO-7", by=group.coordinator, now=now)

    assert (state_of(made), states(group)) == ("paid", [SeatState.PAID])
