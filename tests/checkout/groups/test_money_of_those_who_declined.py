"""Money for an order out of which somebody was taken: whenever and however it comes, nothing is kept for what is not given."""

from datetime import timedelta

import pytest

from conference import checkout, payments, registration
from conference.kernel import Money, transaction
from conference.registration import State, groups
from tests.checkout.acting import lapse, letters, paid, settle, state_of, taken
from tests.checkout.groups.acting import back_to, decline, entry_of, order, people_of, seat, ties_out

BEN, CLEO = "ben@example.org", "cleo@example.org"


@pytest.fixture
def held(group, ben, now):
    """An order over Ben, with a dinner, and Cleo."""
    seat(group, BEN, now, extras=("dinner",))
    seat(group, CLEO, now)
    return order(group, now)


def test_money_for_the_whole_order_goes_back_for_whom_it_is_not_given(meeting, group, held, now):
    decline(group, BEN, now)

    settle(held, paid(held), now)

    assert (state_of(held), people_of(group), entry_of(meeting, BEN).state) == (
        "paid",
        {BEN: "declined", CLEO: "paid"},
        State.DRAFT,
    )
    assert (back_to(group.coordinator), taken(), ties_out()) == (44000 + 8500, 1, True)


def test_less_than_what_is_due_is_parked(group, held, now):
    decline(group, BEN, now)

    settle(held, paid(held, amount=43999), now)

    assert state_of(held) == "parked"


def test_a_bank_debit_under_way_is_given_to_the_others_and_theirs_goes_back(group, held, now):
    settle(held, paid(held, payment_status="unpaid", intent_status="processing"), now)
    decline(group, BEN, now)
    assert state_of(held) == "ongoing" and taken() == 1

    settle(held, paid(held), now)

    assert (people_of(group), back_to(group.coordinator), ties_out()) == ({BEN: "declined", CLEO: "paid"}, 52500, True)


def a_debit(held, then):
    return paid(held, payment_status="unpaid", intent_status=then)


@pytest.mark.parametrize("days", [0, 5])
def test_an_order_that_is_whole_when_its_debit_fails_is_given(group, held, ada, now, days):
    settle(held, a_debit(held, "processing"), now)
    with transaction():
        facts = {"provider": payments.Provider.TRANSFER, "provider_ref": "bank-1", "amount": Money(44000, "USD")}
        payments.receive(payments.locked(held.id), now=now, by=ada, why="bank", **facts)
    decline(group, BEN, now)

    settle(held, a_debit(held, "requires_payment_method"), now + timedelta(days=days))

    assert (state_of(held), people_of(group)) == ("paid", {BEN: "declined", CLEO: "paid"})
    assert (letters(), ties_out()) == (["on_its_way", "paid_for_others", "seat", "seat_declined"], True)


def test_an_order_in_which_nobody_is_left_ends_with_its_debit(group, held, now):
    settle(held, a_debit(held, "processing"), now)
    decline(group, BEN, now)
    decline(group, CLEO, now)

    settle(held, a_debit(held, "requires_payment_method"), now)

    assert (state_of(held), taken(), ties_out()) == ("lapsed", 0, True)


def test_a_parked_order_is_given_to_the_others(group, held, ada, now):
    settle(held, paid(held, amount=50000), now)
    decline(group, BEN, now)

    with transaction():
        checkout.settle_parked(held.id, note="checked", by=ada, now=now)

    assert (people_of(group), back_to(ada), ties_out()) == ({BEN: "declined", CLEO: "paid"}, 50000 - 44000, True)


def test_a_transfer_is_booked_over_what_was_due(group, ben, now):
    seat(group, BEN, now)
    seat(group, CLEO, now)
    made = order(group, now, by_transfer=True)
    decline(group, BEN, now)

    with transaction():
        checkout.settle_paid_by_hand(made.id, reference="bank", by=group.coordinator, now=now)

    assert (payments.payments_of(made)[0].amount_minor, people_of(group), ties_out()) == (
        44000,
        {BEN: "declined", CLEO: "paid"},
        True,
    )


def test_late_money_gives_nothing_to_whoever_said_no_before_or_after_the_order_lapsed(meeting, group, held, now):
    decline(group, BEN, now)
    lapse(held, now.replace(year=2027))
    decline(group, CLEO, now)
    assert people_of(group) == {BEN: "declined", CLEO: "declined"}

    settle(held, paid(held), now)

    assert (state_of(held), back_to(group.coordinator), taken(), ties_out()) == ("returned", held.total_minor, 0, True)


def test_late_money_gives_the_others_their_places_all_the_same(meeting, group, held, now):
    lapse(held, now.replace(year=2027))
    decline(group, BEN, now)

    settle(held, paid(held), now)

    assert (people_of(group), back_to(group.coordinator), ties_out()) == ({BEN: "declined", CLEO: "paid"}, 52500, True)


def test_an_order_in_which_nobody_is_left_ends_and_money_for_it_goes_back_whole(group, held, now):
    decline(group, BEN, now)
    decline(group, CLEO, now)
    assert (state_of(held), taken()) == ("lapsed", 0)

    settle(held, paid(held), now)

    assert (state_of(held), back_to(group.coordinator), ties_out()) == ("returned", held.total_minor, True)


def test_who_is_left_free_of_charge_is_registered_at_once(meeting, group, ben, now):
    with transaction():
        registration.set_price(
            registration.add_category(meeting, code="guest", name="Guest"), meeting.windows[0], amount_minor=0
        )
    seat(group, BEN, now)
    seat(group, CLEO, now, category="guest")
    made = order(group, now)

    decline(group, BEN, now)

    assert (state_of(made), people_of(group), ties_out()) == ("paid", {BEN: "declined", CLEO: "paid"}, True)


def test_the_payer_takes_somebody_out_of_an_unpaid_order_and_orders_them_anew(group, held, ada, now):
    [first, _second] = groups.seats_of(group)
    with transaction():
        checkout.take_out_seat(first, group, by=ada, now=now)
    assert (people_of(group), taken(), payments.order_by_id(held.id).due.minor) == (
        {BEN: "open", CLEO: "held"},
        1,
        44000,
    )

    again = order(group, now)
    settle(held, paid(held), now)
    settle(again, paid(again), now)

    assert (people_of(group), back_to(ada), ties_out()) == ({BEN: "paid", CLEO: "paid"}, 52500, True)
