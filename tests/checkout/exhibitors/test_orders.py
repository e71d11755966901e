"""Exhibitors' orders: so many badges free of charge, the next ones at the price of the day, and the count always true."""

from datetime import timedelta

import pytest

from conference import checkout, payments, registration
from conference.kernel import transaction
from conference.registration import State, groups
from conference.registration.groups import SeatState
from tests.cast import EARLY_ENDS, a_membership, a_person
from tests.checkout.acting import lapse, paid, settle, state_of, taken
from tests.checkout.exhibitors.acting import badge, changed, count, give, order, prices, three
from tests.checkout.groups.acting import entry_of, letter, states
from tests.signing_in import signed_in


def test_badges_within_the_allotment_cost_nothing_and_say_so(acme, now):
    badge(acme, "Ann", now)

    made = order(acme, now)

    (line,) = made.lines
    assert (line.amount_minor, line.why) == (0, ["Within the allotment of booth 214: 1 of 2"])
    kept = line.rule["allotment"]
    assert {name: kept[name] for name in ("list_minor", "number", "of", "kind", "booths", "rule")} == {
        "list_minor": 30000, "number": 1, "of": 2, "kind": "inline", "booths": "214", "rule": "2 badges for each booth",
    }  # fmt: skip
    assert (state_of(made), states(acme.group), count(acme), taken()) == ("paid", [SeatState.PAID], (2, 1, 1), 1)


def test_beyond_it_a_badge_costs_what_the_matrix_says_that_day(acme, now):
    made = three(acme, now)

    assert prices(made) == [0, 0, 30000]
    assert made.lines[2].why[0] == "Extra badge: the 2 of booth 214 are used"
    assert made.lines[2].why[1].startswith("Early price, until")
    settle(made, paid(made), now)
    badge(acme, "Dee", now)
    assert prices(order(acme, EARLY_ENDS)) == [40000]


def test_all_of_them_count_against_the_places(meeting, kind, acme, now):
    with transaction():
        registration.resize(registration.category_by_code(meeting, "expo").pool, places=2, by=None, now=now)

    with pytest.raises(registration.SoldOut):
        three(acme, now)

    assert (count(acme), taken(), states(acme.group)) == ((2, 0, 0), 0, [SeatState.OPEN] * 3)


def test_a_badge_that_is_taken_back_is_free_of_charge_for_the_next(acme, ada, now):
    made = three(acme, now)
    settle(made, paid(made), now)
    first = payments.locked(made.id).lines[0]
    with transaction():
        checkout.end_lines_and_refund(
            order_id=made.id, line_ids=[first.id], amount=first.amount, reason="ill", by=ada, now=now
        )
    assert count(acme) == (2, 1, 1)
    with transaction():
        seat = groups.seats_of(acme.group)[0].seat
        groups.remove_seat(acme.group, seat.id, by=ada, now=now)
    badge(acme, "Dee", now)

    assert prices(order(acme, now)) == [0]
    assert count(acme) == (2, 2, 2)


def test_an_order_that_lapses_gives_its_badges_back(acme, now):
    made = three(acme, now)
    assert count(acme) == (2, 2, 2)

    lapse(made, now + timedelta(days=1))

    assert (count(acme), states(acme.group)) == ((2, 0, 0), [SeatState.OPEN] * 3)


def test_money_that_comes_late_takes_them_again(meeting, acme, now):
    made = three(acme, now)
    lapse(made, now + timedelta(days=1))

    settle(made, paid(made), now + timedelta(days=1))

    assert (state_of(made), count(acme), registration.miscounted()) == ("paid", (2, 2, 2), [])


def test_money_that_comes_when_others_have_them_goes_back(acme, now):
    made = three(acme, now)
    lapse(made, now + timedelta(days=1))
    for seated in groups.seats_of(acme.group):
        with transaction():
            groups.remove_seat(acme.group, seated.seat.id, by=None, now=now)
    badge(acme, "Dee", now)
    order(acme, now)

    settle(made, paid(made), now + timedelta(days=1))

    assert (state_of(made), count(acme), taken()) == ("returned", (2, 1, 1), 1)


def test_a_name_is_given_away_with_its_badge(meeting, acme, now):
    three_of_them = three(acme, now)
    settle(three_of_them, paid(three_of_them), now)
    with transaction():
        a_membership(a_person("Dee", now), now)

    give(registration.by_id(entry_of(meeting, "ann@example.org").id), "dee@example.org", now)

    line = checkout.lines_of(entry_of(meeting, "dee@example.org"))[0]
    assert (line.amount_minor, line.rule["allotment"]["number"]) == (0, 1)
    assert (count(acme), registration.miscounted()) == ((2, 2, 2), [])


def test_who_changes_such_a_badge_into_a_ticket_leaves_it_to_another(meeting, acme, now):
    window = meeting.windows[0]
    with transaction():
        registration.set_price(registration.category_by_code(meeting, "full"), window, amount_minor=44000)
    badge(acme, "Ann", now)
    order(acme, now)
    entry = registration.by_id(entry_of(meeting, "ann@example.org").id)
    wish = registration.Wish("full")
    with transaction():
        seen = checkout.quote_change(entry, wish, now=now, waived=True).seen
        asked = checkout.change_on_behalf(entry, wish, seen=seen, by=acme.group.coordinator, now=now, waived=True)

    made = payments.order_by_id(asked.order_id)
    settle(made, paid(made), now)

    assert (made.total_minor, count(acme)) == (44000, (2, 0, 0))


def test_a_cancelled_badge_gives_its_part_back(meeting, acme, now):
    badge(acme, "Ann", now)
    order(acme, now)
    entry = registration.by_id(entry_of(meeting, "ann@example.org").id)

    with transaction():
        seen = checkout.quote_cancel(entry, now=now, waived=True).seen
        checkout.cancel(entry, seen=seen, by=None, now=now, waived=True)

    assert (entry_of(meeting, "ann@example.org").state, count(acme)) == (State.CANCELLED, (2, 0, 0))


def handed_over(acme, now):
    """Three badges of which the last was paid, and another contact since."""
    made = three(acme, now)
    settle(made, paid(made), now)
    return changed(acme, now + timedelta(days=2), email="new@example.org")


def test_what_a_former_contact_has_bought_is_the_companys(meeting, acme, now):
    """The name on a badge is changed, a paid one is cancelled by the table, in a bulk as by itself, and its attendee is told of no money."""
    steps = [{"kind": "cancel", "until": now + timedelta(days=30), "amount_minor": 2500}]
    with transaction():
        registration.changes.set_steps(meeting, steps, by=None, now=now)
    moved = handed_over(acme, now)
    give(registration.by_id(entry_of(meeting, "ann@example.org").id), "dee@example.org", now + timedelta(days=3))
    bought = registration.by_id(entry_of(meeting, "cy@example.org").id)

    alone = checkout.quote_cancel(bought, now=now + timedelta(days=3))
    many = checkout.quote_cancels([bought], meeting=meeting, now=now + timedelta(days=3))[bought.id]
    with transaction():
        checkout.cancel(bought, seen=alone.seen, by=moved.group.coordinator, now=now + timedelta(days=3))

    assert entry_of(meeting, "dee@example.org").state == State.CONFIRMED
    assert (alone.returned, many.returned, many.refund) == ((), (), alone.refund)
    assert [line.amount.minor for line in alone.lines] == [2500]
    assert "goes back" not in letter("seat_ended", "cy@example.org")


def test_a_new_contact_is_led_to_no_order_of_the_former_one(context, meeting, acme, now):
    made = three(acme, now)
    changed(acme, now, email="new@example.org")

    page = signed_in(context, "new@example.org").get(f"/meetings/T1/group/{acme.group.ref}").text

    assert made.ref in page and f"/orders/{made.ref}" not in page
    assert "Whoever placed it pays it" in page
