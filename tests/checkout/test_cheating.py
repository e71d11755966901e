"""What somebody may try to pay less, to hold more, or to have what is not sold."""

import re
from contextvars import Context
from datetime import timedelta

import pytest

from conference import checkout, payments, people, registration
from conference.checkout import paying
from conference.checkout.placing import LONGEST_HOLD
from conference.kernel import Refusal, db, transaction
from conference.payments import OrderState
from tests.cast import a_draft, a_meeting, a_membership_type, a_person
from tests.checkout.acting import lapse, paid, place, settle, state_of, taken

WHOLE_MEETING = registration.Wish("full")


def in_another_tab(context, act):
    """Do `act()` as another request would at this moment, with a session of its own."""

    def run():
        with context.app_context(), transaction():
            act()

    Context().run(run)


def choose_whole_meeting(meeting, person, now):
    draft = registration.registration_in(meeting, person)
    category = registration.category_by_code(meeting, "full")
    registration.choose(draft, category=category, wish=WHOLE_MEETING, dues_code="", now=now)


def test_a_choice_changed_while_the_order_is_placed_is_not_had_at_the_old_price(context, meeting, ada, now):
    with transaction():
        one_day = a_draft(meeting, ada, now, span="2027-05-12")
    in_another_tab(context, lambda: choose_whole_meeting(meeting, ada, now))

    with pytest.raises(Refusal, match="moved on"), transaction():
        checkout.place(draft=one_day, meeting=meeting, person=ada, now=now, seen_total=11000)

    assert (taken(), payments.orders_of(ada)) == (0, [])


def test_a_category_taken_off_sale_is_not_had_by_a_draft_of_before(meeting, ada, now):
    with transaction():
        draft = a_draft(meeting, ada, now)
        registration.category_by_code(meeting, "full").is_on_offer = False

    with pytest.raises(registration.NotSold), transaction():
        checkout.place(draft=draft, meeting=meeting, person=ada, now=now)

    assert taken() == 0


def test_opening_payment_pages_again_and_again_does_not_hold_a_place_for_ever(stripe, meeting, ada, now):
    order = place(meeting, ada, now)
    later, held = now, True
    while held and later < now + timedelta(hours=6):
        with transaction():
            held = payments.start_attempt(order, expires_at=later + timedelta(minutes=35), longest=LONGEST_HOLD)
        later += timedelta(minutes=34)

    db.session.expire_all()
    assert payments.order_by_ref(order.ref).expires_at <= now + LONGEST_HOLD


def test_an_order_that_was_held_long_enough_gets_no_further_payment_page(stripe, meeting, ada, now):
    order = place(meeting, ada, now - LONGEST_HOLD)

    assert paying.payment_page(order, email=ada.email, locale="en") is None
    assert state_of(order) == OrderState.OPEN


def test_places_that_were_never_paid_are_not_held_over_and_over_on_one_day(meeting, ada, now):
    for hour in range(5):
        lapse(place(meeting, ada, now + timedelta(hours=hour)), now + timedelta(hours=hour, minutes=50))

    with pytest.raises(Refusal, match="tomorrow"):
        place(meeting, ada, now + timedelta(hours=5))

    assert place(meeting, ada, now + timedelta(days=1, hours=1)).state == OrderState.OPEN


def test_asking_twice_for_the_same_dues_is_one_order(context, ada, now):
    with transaction():
        a_membership_type()

    with transaction():
        first = checkout.place_dues(type_code="active", person=ada, now=now)
    with transaction():
        second = checkout.place_dues(type_code="active", person=ada, now=now + timedelta(minutes=1))

    assert (first.id, len(payments.orders_of(ada))) == (second.id, 1)


@pytest.fixture
def crowd(context, now, monkeypatch):
    """A meeting with many places, of which one network may hold two; `place_from(name, client)`."""
    monkeypatch.setitem(context.config, "HOLDS_PER_NETWORK", 2)
    with transaction():
        meeting = a_meeting(now, code="T2", places=50)

    def place_from(name, client, meeting=meeting):
        with transaction():
            who = people.by_email(f"{name.lower()}@example.org") or a_person(name, now)
            draft = a_draft(meeting, who, now)
            return checkout.place(draft=draft, meeting=meeting, person=who, now=now, client=client)

    return place_from


def test_one_network_holds_only_so_many_unpaid_places(crowd, now):
    first, _second = crowd("Ada", "203.0.113.1"), crowd("Ben", "203.0.113.1")

    with pytest.raises(Refusal, match="your network"):
        crowd("Cleo", "203.0.113.1")

    assert crowd("Cleo", "203.0.113.2").state == OrderState.OPEN
    assert taken() == 3
    lapse(first, now + timedelta(hours=1))
    assert crowd("Dov", "203.0.113.1").state == OrderState.OPEN


def test_what_is_paid_counts_no_longer_and_its_network_is_forgotten(crowd, now):
    order = crowd("Ada", "203.0.113.1")
    crowd("Ben", "203.0.113.1")

    settle(order, paid(order), now)

    assert payments.order_by_ref(order.ref).network is None
    assert crowd("Cleo", "203.0.113.1").state == OrderState.OPEN


def test_networks_are_counted_for_each_meeting(crowd, now):
    with transaction():
        other = a_meeting(now, code="T3", places=50)
    crowd("Ada", "203.0.113.1"), crowd("Ben", "203.0.113.1")

    assert crowd("Ada", "203.0.113.1", meeting=other).state == OrderState.OPEN


def test_the_network_itself_is_not_kept(crowd):
    order = crowd("Ada", "203.0.113.1")

    assert re.fullmatch("[0-9a-f]{64}", order.network)
