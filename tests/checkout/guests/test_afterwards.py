"""After whoever brings them has paid: guests are added, changed, renamed and taken back, at the meeting's rules."""

from datetime import timedelta

import pymupdf
import pytest
from sqlalchemy import select

from conference import checkout, payments, registration
from conference.checkout import documents
from conference.kernel import Refusal, db, transaction
from conference.registration import Effect, SoldOut
from tests.checkout.acting import lapse, letters, paid, place, settle, state_of
from tests.checkout.changing.acting import cancel, change, going_back, lines, ticket
from tests.checkout.guests.acting import guest_named, name_guest, place_guests, place_with, states, taken
from tests.checkout.test_letters import is_well_set, newest

ANNA = {"given_name": "Anna", "family_name": "", "country": ""}


@pytest.fixture
def brought(host):
    """Ben's guest, who is registered."""
    return guest_named(host, "Maria")


def test_one_more_is_an_order_of_its_own_at_the_price_of_now(meeting, ben, host, now):
    with transaction():
        guest = registration.category_by_code(meeting, "guest")
        registration.set_price(guest, meeting.windows[0], amount_minor=7000)
    name_guest(meeting, ben, now, names=ANNA)

    order = place_guests(host, now)

    assert ([line.amount_minor for line in order.lines], order.person_id) == ([7000], ben.id)
    assert (states(host), taken()["Guests"]) == ({"Maria": "confirmed", "Anna": "held"}, 2)
    settle(order, paid(order), now)
    assert states(host) == {"Maria": "confirmed", "Anna": "confirmed"}
    letter = newest()
    assert (letter.subject, letter.to_email) == ("Your guests are registered: Meeting T1", "ben@example.org")
    assert "- Anna, Accompanying person\n" in letter.body and "schedule" not in letter.body and is_well_set(letter.body)
    assert letter.enclosures == []


def test_unpaid_they_are_named_and_no_more(meeting, ben, host, now):
    name_guest(meeting, ben, now, names=ANNA)
    order = place_guests(host, now)

    lapse(order, now + timedelta(hours=3))

    assert (states(host), taken()["Guests"]) == ({"Maria": "confirmed", "Anna": "draft"}, 1)
    settle(order, paid(order), now + timedelta(hours=4))
    assert states(host) == {"Maria": "confirmed", "Anna": "confirmed"}


def test_the_last_place_for_guests_is_had_by_one(meeting, ben, host, ada, now):
    with transaction():
        registration.resize(registration.category_by_code(meeting, "guest").pool, places=2, by=None, now=now)
    name_guest(meeting, ben, now, names=ANNA)
    name_guest(meeting, ada, now)
    place_guests(host, now)

    with pytest.raises(SoldOut, match="Guests: no place is left"):
        place_with(meeting, ada, now)


def test_there_is_nothing_to_order_without_a_name(host, now):
    with pytest.raises(Refusal, match="nobody to be ordered"):
        place_guests(host, now)


def test_places_that_are_given_back_again_and_again_are_not_held_again(meeting, ben, host, now):
    for _time in range(5):
        name_guest(meeting, ben, now, names=ANNA)
        order = place_guests(host, now)
        lapse(order, now + timedelta(hours=3))
        with transaction():
            registration.guests.remove(guest_named(host, "Anna"), by=ben, now=now)
    name_guest(meeting, ben, now, names=ANNA)

    with pytest.raises(Refusal, match="several times today"):
        place_guests(host, now)


def test_a_guest_is_cancelled_by_the_table_and_the_money_goes_to_whoever_paid(meeting, ben, host, brought, now):
    asked = cancel(brought, now)

    order = payments.order_by_id(asked.order_id)
    assert (states(host), host.state, going_back()) == ({"Maria": "cancelled"}, "confirmed", [1500])
    assert (lines(order.id), order.person_id) == ([("fee", 10000), ("credit", -5500), ("credit", -4500)], ben.id)
    assert taken() == {"Venue": 1}
    letter = newest()
    assert (letter.to_email, letter.subject) == ("ben@example.org", "Cancelled: Meeting T1")
    assert "The registration of your guest Maria Byron for Meeting T1 is cancelled" in letter.body
    assert is_well_set(letter.body)


def test_a_table_of_their_own_counts_for_guests(meeting, ben, host, brought, now):
    with transaction():
        guest = registration.category_by_code(meeting, "guest")
        facts = {"kind": "cancel", "until": now + timedelta(days=1), "percent": 50, "category_id": guest.id}
        registration.changes.add_step(meeting, by=None, now=now, **facts)

    cancel(brought, now)

    assert sum(going_back()) == 11500 // 2


def test_a_guest_leaves_something_out_and_takes_it_again(meeting, ben, host, brought, now):
    asked = change(brought, now, by=ben, extras=())

    assert (ticket(brought)[3], going_back(), taken()) == ([], [5400], {"Venue": 1, "Guests": 1})
    assert newest().to_email == "ben@example.org" and "your guest Maria Byron" in newest().body
    again = change(brought, now, by=ben, extras=("dinner",))
    order = payments.order_by_id(again.order_id)
    assert (order.person_id, order.lines[0].title, order.lines[0].amount_minor) == (ben.id, "Maria Byron: Dinner", 6000)
    settle(order, paid(order, payment_intent="pi_2"), now)
    assert ticket(brought)[3] == ["dinner"] and asked.state == "done"


def test_a_guest_never_becomes_an_attendee(meeting, host, brought, now):
    with pytest.raises(Refusal, match="no longer offered"):
        change(brought, now, category="full")


def test_whoever_brings_somebody_stays_at_the_venue_and_in_a_category_that_may(meeting, ben, host, now):
    with transaction():
        student = registration.add_category(meeting, code="student", name="Student")
        registration.set_price(student, meeting.windows[0], amount_minor=1000)
        registration.guests.set_policy(meeting, most=2, hosts=["full"], by=None, now=now)

    with pytest.raises(Refusal, match="Cancel your guests first: Maria Byron"):
        change(host, now, mode="virtual")
    with pytest.raises(Refusal, match=r"Student: this category cannot bring guests\. Cancel your guests first"):
        change(host, now, category="student")
    with transaction():
        registration.guests.set_policy(meeting, most=0, hosts=[], by=None, now=now)
    asked = change(host, now, extras=("course",))
    assert asked.state == "open"  # what was decided later binds nobody who brings somebody already


def test_whoever_waits_for_a_payment_of_their_own_change_adds_nobody(meeting, ben, host, now):
    change(host, now, extras=("course",))
    name_guest(meeting, ben, now, names=ANNA)

    with pytest.raises(Refusal, match="A change of this registration waits"):
        place_guests(host, now)


def test_a_code_is_not_used_again_for_guests(meeting, ada, now):
    with transaction():
        facts = {"effect": Effect.PERCENT, "percent": 50, "scope": "all", "reason": "Press", "most_uses": 9}
        registration.add_code(meeting, code="HALF", **facts)
    name_guest(meeting, ada, now)
    draft = registration.registration_in(meeting, ada)
    with transaction():
        checkout.redeem(draft, "HALF", meeting=meeting, person=ada, now=now)
    order = place_with(meeting, ada, now)
    settle(order, paid(order), now)
    guest = guest_named(draft, "Maria")

    asked = change(guest, now, by=ada, extras=("dinner",))

    assert lines(asked.order_id) == [("add_on", 6000)]


def test_the_refund_of_the_guests_lines_alone_ends_the_guest(meeting, ben, host, brought, order, now):
    mine = [line.id for line in payments.order_by_ref(order.ref).lines if line.title.startswith("Maria")]
    with transaction():
        whose = {"order_id": order.id, "line_ids": mine, "reason": "ill", "by": ben, "now": now}
        checkout.end_lines_and_refund(amount=checkout.price_of([], "USD"), **whose)

    assert (states(host), host.state, taken()) == ({"Maria": "cancelled"}, "confirmed", {"Venue": 1})


def test_the_confirmation_once_more_names_them_again(meeting, host, order, now):
    with transaction():
        checkout.send_confirmation_again(payments.order_by_ref(order.ref), now=now + timedelta(hours=1))

    assert "- Maria Byron, Accompanying person, Dinner" in newest().body


def test_a_receipt_tells_the_guests_lines(context, host, order):
    with pymupdf.open(stream=documents.receipt(payments.order_by_ref(order.ref))) as document:
        assert "Maria Byron: Dinner" in document[0].get_text()


def test_other_letters_and_states_are_as_for_everybody(meeting, ben, host, order):
    assert letters() == ["confirmed"] and state_of(order) == "paid"
    assert list(db.session.scalars(select(payments.Refund))) == []
    assert checkout.registration_in(payments.order_by_ref(order.ref)).id == host.id


def test_somebody_without_guests_orders_as_before(meeting, ada, now):
    assert place(meeting, ada, now).total_minor == 44000
