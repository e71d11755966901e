"""“This is not for me”: whoever a payer has written down gets out of it, and no money is kept for what is not given."""

import pytest

from conference import checkout, payments, people
from conference.kernel import Refusal, transaction
from conference.registration import State, Wish, groups
from tests.checkout.acting import lapse, paid, place, settle, state_of, taken
from tests.checkout.groups.acting import (
    back_to,
    decline,
    entry_of,
    give,
    letter,
    letters_to,
    order,
    ordered,
    people_of,
    seat,
    ties_out,
)

ADA, BEN, CLEO = "ada@example.org", "ben@example.org", "cleo@example.org"


@pytest.fixture
def held(group, ben, now):
    """An order over Ben, with a dinner, and Cleo."""
    seat(group, BEN, now, extras=("dinner",), given_name="Ben")
    seat(group, CLEO, now)
    return order(group, now)


def fresh(made):
    return payments.order_by_id(made.id)


def test_before_the_order_they_are_off_the_roster_and_the_payer_is_told(group, ben, now):
    seat(group, BEN, now)
    seat(group, CLEO, now)

    decline(group, BEN, now)

    assert people_of(group) == {BEN: "declined", CLEO: "open"}
    assert [each.email for each, _lines in checkout.quote_group(group, now=now).priced] == [CLEO]
    assert letters_to() == [("seat_declined", ADA)] and "off your roster" in letter("seat_declined", ADA)


def test_nobody_is_written_down_again_who_said_no_not_even_in_another_group_of_the_same_payer(
    meeting, group, ada, ben, now
):
    one = seat(group, BEN, now)
    decline(group, BEN, now)
    with transaction():
        other = groups.make(meeting=meeting, coordinator=ada, by=ada, now=now, name="Other Lab")
    other = groups.by_ref(meeting, other.ref)

    for where in (group, other):
        with pytest.raises(Refusal, match="do not want a place"):
            seat(where, BEN, now)
        with transaction():
            roster = groups.check(where, name="x.csv", text=f"email,category\n{BEN},full\n", now=now)
        assert "do not want a place" in roster.report["faults"][0]["reason"]
    with pytest.raises(Refusal), transaction():
        groups.remove_seat(group, one.id, by=ada, now=now)


def test_they_may_take_it_back_or_enter_themselves_by_the_link(group, ada, ben, now):
    found = seat(group, BEN, now)
    decline(group, BEN, now)
    with transaction():
        checkout.accept_seat(found, group, by=ben, now=now)
    assert people_of(group) == {BEN: "open"} and letters_to()[-1] == ("seat_accepted", ADA)
    decline(group, BEN, now.replace(hour=13))

    with transaction():
        groups.open_link(group, most=5, by=ada, now=now)
        groups.join(group, ben, wish=Wish("full"), now=now)

    assert people_of(group) == {BEN: "open"}


def test_while_an_unpaid_order_holds_their_place_it_is_free_at_once_and_they_register_by_themselves(
    meeting, group, held, ben, now
):
    decline(group, BEN, now)
    assert (taken(), entry_of(meeting, BEN).state, people_of(group)) == (
        1,
        State.DRAFT,
        {BEN: "declined", CLEO: "held"},
    )

    own = place(meeting, ben, now)
    settle(own, paid(own), now)

    assert (entry_of(meeting, BEN).state, fresh(held).due.minor) == (State.CONFIRMED, 44000)
    settle(held, paid(held, amount=44000), now)
    assert (state_of(held), people_of(group)) == ("paid", {BEN: "declined", CLEO: "paid"})
    assert (back_to(group.coordinator), taken(), ties_out()) == (0, 2, True)
    assert ("seat", BEN) not in letters_to()


def test_their_own_order_and_the_payers_lapse_each_for_itself(meeting, group, held, ben, now):
    decline(group, BEN, now)
    own, later = place(meeting, ben, now), now.replace(year=2027)

    lapse(held, later)
    assert (entry_of(meeting, BEN).state, entry_of(meeting, CLEO).state) == (State.HELD, State.DRAFT)
    lapse(own, later)

    assert (entry_of(meeting, BEN).state, taken(), ties_out()) == (State.DRAFT, 0, True)


def test_an_own_order_that_lapses_frees_its_place_though_the_payers_still_waits(meeting, group, held, ben, now):
    decline(group, BEN, now)
    own = place(meeting, ben, now)

    with transaction():
        checkout.lapse_if_due(own.id, now=now, at_once=True)

    assert (entry_of(meeting, BEN).state, taken()) == (State.DRAFT, 1)


def test_a_paid_place_stays_the_payers_who_gives_it_on_or_takes_it_back(meeting, group, ada, ben, now):
    ordered(group, now, BEN, CLEO)
    for email in (BEN, CLEO):
        decline(group, email, now)
    assert [(str(each.state), each.is_declined) for each in groups.seats_of(group)] == [("paid", True), ("paid", True)]
    assert taken() == 2

    give(entry_of(meeting, BEN), "dov@example.org", now, by=ada)
    with transaction():
        entry = entry_of(meeting, CLEO)
        checkout.cancel(entry, seen=checkout.quote_cancel(entry, now=now).seen, by=ada, now=now)

    assert people_of(group) == {"dov@example.org": "paid", CLEO: "declined"}
    assert (back_to(ada), taken(), ties_out()) == (44000 - 10000, 1, True)


def test_saying_no_twice_is_said(group, held, now):
    decline(group, BEN, now)

    with pytest.raises(Refusal, match="already"):
        decline(group, BEN, now)


def test_orders_that_strangers_let_lapse_keep_nobody_from_registering(meeting, group, ben, now):
    seat(group, BEN, now)
    for _time in range(5):
        made = order(group, now)
        with transaction():
            checkout.lapse_if_due(made.id, now=now, at_once=True)

    assert place(meeting, ben, now).state == "open"


def test_who_is_on_the_list_of_whom_is_found_by_the_person_alone(group, held, ben, now):
    with transaction():
        other = people.find_or_enter(email="other@example.org", now=now)

    assert [(each.email, theirs.name, str(state)) for each, theirs, state in groups.seats_about(ben)] == [
        (BEN, "Example Lab", "held")
    ]
    assert groups.seats_about(other) == []
