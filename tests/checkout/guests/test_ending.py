"""A guest never stands without whoever brings them: cancelled together, refunded together, or refused."""

from datetime import timedelta

import pytest

from conference import checkout, payments, registration
from conference.kernel import Refusal, transaction
from tests.cast import a_draft
from tests.checkout.acting import lapse, paid, settle, state_of
from tests.checkout.changing.acting import cancel, going_back, lines
from tests.checkout.guests.acting import guest_named, name_guest, place_guests, states, taken
from tests.checkout.test_letters import is_well_set, newest

ANNA = {"given_name": "Anna", "family_name": "Noether", "country": "DE"}


def refund(order, line_ids, by, now):
    with transaction():
        chosen = [line for line in payments.order_by_ref(order.ref).lines if line.id in line_ids]
        amount = checkout.price_of(chosen, "USD")
        whose = {"order_id": order.id, "line_ids": line_ids, "reason": "ill", "by": by, "now": now}
        return checkout.end_lines_and_refund(amount=amount, **whose)


def substitute(entry, email, now):
    with transaction():
        found = registration.by_ref(entry.ref)
        seen = checkout.quote_substitute(found, email=email, now=now).seen
        names = {"given_name": "Eve"}
        return checkout.substitute(found, email=email, names=names, seen=seen, by=found.person, now=now)


def one_more(meeting, ben, host, now):
    """A second guest, ordered afterwards and paid."""
    name_guest(meeting, ben, now, names=ANNA)
    order = place_guests(host, now)
    settle(order, paid(order), now)
    return order


def test_cancelling_is_quoted_for_all_and_ends_all_over_all_their_orders(meeting, ben, host, now):
    one_more(meeting, ben, host, now)
    quote = checkout.quote_cancel(host, now=now)

    asked = cancel(host, now)

    # 100 is kept of each as far as so much was paid: of the ticket, of the first guest with the dinner, all of the second
    assert [(line.title, line.amount.minor) for line in quote.lines] == [
        ("Fee: Cancelling", 10000),
        ("Fee: Cancelling: Maria Byron", 10000),
        ("Fee: Cancelling: Anna Noether", 5500),
    ]
    assert sum(going_back()) == asked.refund_minor == quote.refund.minor == 34000 + 1500
    assert (states(host), taken()) == ({"Maria": "cancelled", "Anna": "cancelled"}, {})
    assert registration.by_ref(host.ref).state == "cancelled" and registration.miscounted() == []
    assert "Maria Byron: Dinner: 60.00" in newest().body and is_well_set(newest().body)


def test_what_was_seen_of_a_guest_counts_too(meeting, ben, host, now):
    seen = checkout.quote_cancel(host, now=now).seen
    one_more(meeting, ben, host, now)

    with pytest.raises(Refusal, match="The price has changed"), transaction():
        checkout.cancel(registration.by_ref(host.ref), seen=seen, by=ben, now=now)


def test_nobody_cancels_while_an_order_for_a_guest_waits(meeting, ben, host, now):
    name_guest(meeting, ben, now, names=ANNA)
    waiting = place_guests(host, now)

    with pytest.raises(Refusal, match="An order for guests who come with this registration waits"):
        cancel(host, now)
    lapse(waiting, now + timedelta(hours=3))
    cancel(host, now)

    assert states(host) == {"Maria": "cancelled", "Anna": "draft"}
    settle(waiting, paid(waiting), now + timedelta(hours=4))
    assert (state_of(waiting), states(host)["Anna"], taken()) == ("returned", "draft", {})


def test_whoever_registers_anew_finds_those_named_before(meeting, ben, host, now):
    name_guest(meeting, ben, now, names=ANNA)
    cancel(host, now)
    with transaction():
        a_draft(meeting, ben, now)

    assert [each.person.given_name for each in registration.guests.drafts_of(host)] == ["Anna"]


def test_sending_somebody_else_cancels_the_guests_in_the_same_sum(meeting, ben, host, now):
    asked = substitute(host, "eve@example.org", now)
    order = payments.order_by_id(asked.order_id)

    # the ticket for another at its price, 25 for that, 100 kept of the guest's 115: 10 more than was paid for all
    assert (lines(order.id), order.total_minor) == (
        [
            ("registration", 44000),
            ("fee", 2500),
            ("fee", 10000),
            *(("credit", -minor) for minor in (44000, 5500, 6000)),
        ],
        1000,
    )
    assert (asked.state, states(host)) == ("open", {"Maria": "confirmed"})

    settle(order, paid(order, payment_intent="pi_rest"), now)

    assert (states(host), taken(), going_back()) == ({"Maria": "cancelled"}, {"Venue": 1}, [])
    assert registration.registration_in(meeting, registration.by_id(asked.heir_id).person).state == "confirmed"


def test_a_guest_who_was_cancelled_meanwhile_stops_the_change_and_the_money_goes_back(meeting, ben, host, now):
    asked = substitute(host, "eve@example.org", now)
    order = payments.order_by_id(asked.order_id)
    cancel(guest_named(host, "Maria"), now)

    settle(order, paid(order, payment_intent="pi_rest"), now)

    assert (state_of(order), registration.by_ref(host.ref).state, going_back()) == (
        "returned",
        "confirmed",
        [1500, 1000],
    )


def test_a_guest_is_not_replaced_but_renamed(meeting, host, now):
    with pytest.raises(Refusal, match="correct the name"):
        substitute(guest_named(host, "Maria"), "eve@example.org", now)


def test_staff_take_back_whoever_brings_guests_only_with_them(meeting, ben, host, order, now):
    sold = payments.order_by_ref(order.ref).lines
    with pytest.raises(Refusal, match="Maria Byron comes as a guest and ends with it"):
        refund(order, [sold[0].id], ben, now)

    refund(order, [line.id for line in sold], ben, now)

    assert (states(host), sum(going_back()), taken()) == ({"Maria": "cancelled"}, 55500, {})


def test_guests_of_a_later_order_go_first(meeting, ben, host, order, now):
    later = one_more(meeting, ben, host, now)
    sold = [line.id for line in payments.order_by_ref(order.ref).lines]

    with pytest.raises(Refusal, match=f"bought later: take it back from order {later.ref} first"):
        refund(order, sold, ben, now)
    refund(later, [line.id for line in payments.order_by_ref(later.ref).lines], ben, now)
    refund(order, sold, ben, now)

    assert states(host) == {"Maria": "cancelled", "Anna": "cancelled"}


def test_staff_wait_for_an_order_of_guests_too(meeting, ben, host, order, now):
    name_guest(meeting, ben, now, names=ANNA)
    place_guests(host, now)

    with pytest.raises(Refusal, match="An order for guests who come"):
        refund(order, [line.id for line in payments.order_by_ref(order.ref).lines], ben, now)


def test_the_recount_names_a_guest_who_was_left_behind(meeting, host):
    assert registration.miscounted() == []
    with transaction() as session:
        session.get(registration.Registration, host.id).state = "cancelled"

    maria = guest_named(host, "Maria")
    assert registration.miscounted() == [f"guest {maria.ref} is registered, and whoever brings them is not"]


def told(found):
    return (
        str(found)
        if isinstance(found, Refusal)
        else (found.seen, found.refund, sorted(each.id for each in found.guests))
    )


def alone(entry, now):
    try:
        return checkout.quote_cancel(entry, now=now)
    except Refusal as refusal:
        return refusal


def test_ending_many_costs_with_their_guests_what_ending_each_costs(meeting, ben, host, now):
    one_more(meeting, ben, host, now)
    guests = [guest_named(host, name) for name in ("Maria", "Anna")]
    everybody = [registration.by_id(host.id), *guests]

    many = checkout.quote_cancels(everybody, meeting=meeting, now=now)

    assert [told(many[each.id]) for each in everybody] == [told(alone(each, now)) for each in everybody]
    assert many[host.id].refund.minor == 34000 + 1500 and len(many[host.id].guests) == 2


def test_nobody_of_many_ends_while_a_guest_of_theirs_is_not_paid(meeting, ben, host, now):
    name_guest(meeting, ben, now, names=ANNA)
    place_guests(host, now)

    found = checkout.quote_cancels([registration.by_id(host.id)], meeting=meeting, now=now)

    assert "An order for guests who come" in str(found[host.id])


def test_guests_are_moved_among_their_own_categories_alone(meeting, ben, host, now):
    full, guest = (registration.category_by_code(meeting, code) for code in ("full", "guest"))
    with pytest.raises(Refusal, match="categories of their own"):
        checkout.quote_move(registration.by_id(host.id), guest, reason="x")
    with pytest.raises(Refusal, match="categories of their own"):
        checkout.quote_move(guest_named(host, "Maria"), full, reason="x")
