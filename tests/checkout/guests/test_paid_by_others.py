"""Guests of somebody whose place another pays, or an invitation covers: the money of each goes back to whoever paid it."""

import pytest

from conference import checkout, payments, registration
from conference.kernel import Refusal, transaction
from conference.registration import groups
from tests.checkout.acting import paid, settle
from tests.checkout.changing.acting import going_back, lines
from tests.checkout.groups.acting import back_to, entry_of, give, letter, order, ordered, people_of, seat, ties_out
from tests.checkout.guests.acting import guest_named, name_guest, place_guests, states, taken
from tests.checkout.invitations.acting import a_kind, invite
from tests.checkout.invitations.acting import shown as stands

EVE, DOV = "eve@example.org", "dov@example.org"


@pytest.fixture
def group(meeting, ada, now):
    """Ada's group, in which Eve has a seat that is paid."""
    with transaction():
        made = groups.make(meeting=meeting, coordinator=ada, by=ada, now=now, name="Lab")
    ordered(made, now, EVE, given_name="Eve", family_name="Lab")
    return made


@pytest.fixture
def entry(meeting, group, now):
    """Eve's registration, with Maria as her guest whom she has paid herself."""
    found = entry_of(meeting, EVE)
    name_guest(meeting, found.person, now)
    added = place_guests(found, now)
    settle(added, paid(added, payment_intent="pi_guest"), now)
    return registration.by_id(found.id)


def take_back(entry, payer, now):
    with transaction():
        found = registration.by_id(entry.id)
        return checkout.cancel(found, seen=checkout.quote_cancel(found, now=now).seen, by=payer, now=now)


def test_a_seat_is_given_away_and_the_guest_ends_with_the_whole_money_to_the_attendee(meeting, group, entry, ada, now):
    asked = give(entry, DOV, now, by=ada, names=("Dov", "Lab"))

    # 25 for giving it away is the payer's to pay; of what Eve has paid for Maria nothing is kept
    assert asked.state == "open" and lines(asked.order_id)[1] == ("fee", 2500)
    made = payments.order_by_id(asked.order_id)
    settle(made, paid(made, payment_intent="pi_fee"), now)
    assert (states(entry), people_of(group)) == ({"Maria": "cancelled"}, {DOV: "paid"})
    assert (back_to(entry.person), back_to(ada), taken()) == (5500, 0, {"Venue": 1})
    assert "cancelled with it: Maria Byron." in letter("seat_gone", EVE) and "55.00" in letter("seat_gone", EVE)
    assert "Maria" not in letter("seat_changed", "ada@example.org")
    assert ties_out()


def test_a_seat_is_taken_back_with_the_guest_and_the_fee_is_the_payers_alone(group, entry, ada, now):
    quote = checkout.quote_cancel(entry, now=now)
    asked = take_back(entry, ada, now)

    assert [line.title for line in quote.lines] == ["Fee: Cancelling"]
    assert [(line.title, line.amount.minor) for line in quote.returned] == [
        ("Maria Byron: Meeting T1: Accompanying person, whole meeting, in person", 5500)
    ]
    assert asked.refund_minor == back_to(ada) == 34000 and back_to(entry.person) == 5500
    assert (states(entry), taken(), ties_out()) == ({"Maria": "cancelled"}, {}, True)


def test_while_the_guests_are_not_paid_the_seat_stays_and_the_payer_reads_no_names(meeting, group, entry, ada, now):
    name_guest(meeting, entry.person, now, names={"given_name": "Anna", "family_name": "Noether", "country": "DE"})
    place_guests(entry, now)

    with pytest.raises(Refusal, match="An order for guests who come with this registration waits") as refused:
        give(entry, DOV, now, by=ada)

    assert "Anna" not in str(refused.value) and people_of(group) == {EVE: "paid"}


def test_nobody_has_a_seat_as_a_guest(group, now):
    with pytest.raises(Refusal, match="There is no category “guest”"):
        seat(group, DOV, now, category="guest")


def test_whoever_is_seated_again_comes_without_the_guest_who_ended(meeting, group, entry, ada, now):
    take_back(entry, ada, now)
    with transaction():
        checkout.put_back_seat(groups.seats_of(group)[0], group, by=ada, now=now)

    made = order(group, now)
    settle(made, paid(made, payment_intent="pi_again"), now)

    assert (people_of(group), states(entry), ties_out()) == ({EVE: "paid"}, {"Maria": "cancelled"}, True)


def test_an_invitation_is_applied_to_whoever_brings_a_guest_and_the_guest_stays_paid(meeting, host, now):
    kind = a_kind(meeting, now)
    (found,) = invite(meeting, kind, ["ben@example.org"], now)

    with transaction():
        fresh = registration.invitations.queries.by_id(found.id)
        _entry, quote = checkout.quote_applied(fresh, now=now)
        checkout.apply_invitation(fresh, seen=quote.seen, by=None, now=now)

    assert (going_back(), states(host), stands(found)) == ([44000], {"Maria": "confirmed"}, "registered")
    sold = checkout.lines_of(guest_named(host, "Maria"))
    assert [line.amount.minor for line in sold] == [5500, 6000] and ties_out()


def test_whoever_was_invited_names_guests_who_pay_their_own_price(meeting, host, ada, now):
    kind = a_kind(meeting, now, code="KEEP", keeps_places=True)
    (found,) = invite(meeting, kind, ["ada@example.org"], now)

    with transaction():
        fresh = registration.invitations.queries.by_id(found.id)
        draft = registration.invitations.take_up(fresh, ada, now=now)
        registration.answer(draft, answers={}, conduct_code=registration.conduct_code_of(meeting), now=now)
    name_guest(meeting, ada, now)
    with transaction():
        draft = registration.registration_in(meeting, ada)
        made = checkout.place(draft=registration.by_id(draft.id), meeting=meeting, person=ada, now=now)

    assert lines(made.id) == [("registration", 0), ("registration", 5500)]
    settle(made, paid(made, payment_intent="pi_theirs"), now)
    assert registration.by_id(draft.id).ribbons == ["Speaker"] and states(draft) == {"Maria": "confirmed"}
    assert (stands(found), taken()["Venue"], ties_out()) == ("registered", 2, True)
