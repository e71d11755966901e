"""Whoever registers names guests: one order, one claim, each at the price of their own category."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conference import audit, checkout, mail, payments, registration
from conference.kernel import Refusal, db, keep_nothing, transaction
from conference.people import Person
from conference.registration import Effect, Registration, SoldOut, State, Wish
from tests.cast import a_draft, a_membership, a_person
from tests.checkout.acting import lapse, letters, paid, place, settle, state_of
from tests.checkout.guests.acting import count, guest_named, host_of, name_guest, place_with, states, taken
from tests.checkout.test_letters import is_well_set, newest


def told(order):
    """[(title, minor units)] of an order's lines."""
    return [(line.title, line.amount_minor) for line in payments.order_by_id(order.id).lines]


def test_one_order_holds_whoever_pays_and_the_guests_each_at_their_own_price(meeting, ben, maria, order, now):
    assert told(order) == [
        ("Meeting T1: Full, whole meeting, in person", 44000),
        ("Maria Byron: Meeting T1: Accompanying person, whole meeting, in person", 5500),
        ("Maria Byron: Dinner", 6000),
    ]
    assert taken() == {"Venue": 1, "Guests": 1, "Dinner": 1}
    assert states(registration.registration_in(meeting, ben)) == {"Maria": "held"}
    assert [line.why[0] for line in order.lines if line.title.endswith("whole meeting, in person")][
        1
    ] == "Price for guests"


def test_paid_once_it_is_given_to_all(meeting, ben, order, now):
    for _time in range(2):
        settle(order, paid(order), now)

    host = registration.registration_in(meeting, ben)
    maria = guest_named(host, "Maria")
    assert (host.state, maria.state, state_of(order)) == ("confirmed", "confirmed", "paid")
    assert [(each.add_on.code, each.state) for each in maria.bookings] == [("dinner", "confirmed")]
    assert letters() == ["confirmed"] and registration.miscounted() == []


def test_the_letter_goes_to_whoever_pays_and_names_the_guests(meeting, ben, host):
    letter = newest()

    assert (letter.to_email, letter.subject) == ("ben@example.org", "Confirmed: Meeting T1")
    assert "Your guests:\n- Maria Byron, Accompanying person, Dinner\n" in letter.body
    assert "http://localhost/meetings/T1/register/guests" in letter.body and is_well_set(letter.body)


def test_unpaid_all_is_free_again_and_what_was_typed_is_kept(meeting, ben, order, now):
    lapse(order, now + timedelta(hours=3))

    host = registration.registration_in(meeting, ben)
    assert (host.state, states(host), taken()) == ("draft", {"Maria": "draft"}, {})
    assert guest_named(host, "Maria").wanted == ["dinner"] and guest_named(host, "Maria").bookings == []


def test_late_money_gives_all_when_there_is_room_for_all(meeting, ben, order, now):
    lapse(order, now + timedelta(hours=3))

    settle(order, paid(order), now + timedelta(hours=4))

    host = registration.registration_in(meeting, ben)
    assert (state_of(order), states(host)) == ("paid", {"Maria": "confirmed"})
    assert taken() == {"Venue": 1, "Guests": 1, "Dinner": 1} and registration.miscounted() == []


def test_late_money_gives_nothing_when_the_guest_has_no_place(meeting, ben, order, now):
    lapse(order, now + timedelta(hours=3))
    with transaction():
        pool = registration.category_by_code(meeting, "guest").pool
        registration.resize(pool, places=0, by=None, now=now)

    settle(order, paid(order), now + timedelta(hours=4))

    host = registration.registration_in(meeting, ben)
    assert (state_of(order), host.state, states(host), taken()) == ("returned", "draft", {"Maria": "draft"}, {})
    assert sum(db.session.scalars(select(payments.Refund.amount_minor))) == 55500


def test_late_money_gives_nothing_when_the_guest_was_taken_off(meeting, ben, order, now):
    lapse(order, now + timedelta(hours=3))
    host = registration.registration_in(meeting, ben)
    with transaction():
        registration.guests.remove(guest_named(host, "Maria"), by=ben, now=now)

    settle(order, paid(order), now + timedelta(hours=4))

    assert (state_of(order), states(host)) == ("returned", {"Maria": "cancelled"})
    assert checkout.registrations_in(order)[0].id == host.id


def test_whoever_is_taken_off_before_anything_is_ordered_leaves_nothing(meeting, ben, maria, now):
    people_before, host = count(Person), registration.registration_in(meeting, ben)
    with transaction():
        registration.guests.remove(maria, by=ben, now=now)

    assert (states(host), count(Registration), count(Person)) == ({}, 1, people_before - 1)
    assert place_with(meeting, ben, now).total_minor == 44000


def test_without_a_place_for_the_guest_nobody_is_held(meeting, ben, now):
    for number in range(2):
        name_guest(meeting, ben, now, names={"given_name": f"Guest {number}"})
    with transaction():
        registration.resize(registration.category_by_code(meeting, "guest").pool, places=1, by=None, now=now)

    with pytest.raises(SoldOut, match="Guests: there are not enough places left"):
        place_with(meeting, ben, now)

    assert taken() == {} and count(payments.Order) == 0


def test_a_code_is_for_whoever_types_it_alone(meeting, ben, maria, now):
    with transaction():
        facts = {"effect": Effect.COMP, "scope": "all", "reason": "Speakers", "most_uses": 1}
        registration.add_code(meeting, code="FREE", **facts)
        draft = registration.registration_in(meeting, ben)
        checkout.redeem(draft, "FREE", meeting=meeting, person=ben, now=now)

    assert [minor for _title, minor in told(place_with(meeting, ben, now))] == [0, 5500, 6000]


def test_guests_pay_the_price_for_guests_whoever_brings_them(meeting, ben, maria, now):
    with transaction():
        guest = registration.category_by_code(meeting, "guest")
        registration.set_price(guest, meeting.windows[0], amount_minor=100, member=True)
        a_membership(ben, now)

    order = place_with(meeting, ben, now)

    assert [minor for _title, minor in told(order)] == [22000, 5500, 6000]
    rule = order.lines[1].rule
    assert (rule["member"], rule["standing"], rule["member_less_minor"]) == (False, "guest", 5400)


def test_another_sum_than_was_shown_is_refused(meeting, ben, now):
    host_of(meeting, ben, now)
    shown = 44000
    name_guest(meeting, ben, now)

    with pytest.raises(Refusal, match="The price has changed"):
        place_with(meeting, ben, now, seen_total=shown)


@pytest.mark.parametrize(
    ("policy", "wish", "why"),
    [
        ({"most": 0}, {}, "Guests are not registered for this meeting"),
        ({"most": 2, "hosts": ["student"]}, {}, "Full: this category cannot bring guests"),
        ({"most": 2}, {"mode": "virtual"}, "take part in person to bring them"),
    ],
)
def test_who_may_bring_nobody_names_nobody_and_orders_nobody(meeting, ben, now, policy, wish, why):
    name_guest(meeting, ben, now)
    with transaction():
        registration.guests.set_policy(meeting, **{"hosts": [], **policy}, by=None, now=now)
        a_draft(meeting, ben, now, **wish)

    with pytest.raises(Refusal, match=why):
        name_guest(meeting, ben, now)
    with pytest.raises(Refusal, match=why):
        place_with(meeting, ben, now)


def test_nobody_brings_more_than_they_may(meeting, ben, now):
    for number in range(2):
        name_guest(meeting, ben, now, names={"given_name": f"Guest {number}"})

    with pytest.raises(Refusal, match="as many guests as one registration may: 2"):
        name_guest(meeting, ben, now)


def test_guests_are_no_hosts_and_hosts_no_guests(meeting, ben, maria, now):
    full, guest = (registration.category_by_code(meeting, code) for code in ("full", "guest"))
    with pytest.raises(Refusal, match="not for them"), transaction():
        registration.choose(maria, category=full, wish=Wish("full"), dues_code="", now=now)
    with pytest.raises(Refusal, match="not for them"), transaction():
        own = registration.registration_in(meeting, ben)
        registration.choose(own, category=guest, wish=Wish("guest"), dues_code="", now=now)


def test_a_category_of_guests_is_nobodys_own(meeting, ben, now):
    assert [each.code for each in registration.on_sale(meeting, ben, now).categories] == ["regular", "full"]
    with pytest.raises(Refusal, match="no category"), transaction():
        group = registration.groups.make(meeting=meeting, coordinator=ben, by=ben, now=now, name="Lab")
        registration.groups.add_seat(group, email="eve@example.org", wish=Wish("guest"), by=ben, now=now)


def test_an_import_registers_nobody_as_a_guest(meeting, now):
    rows = checkout.read_rows(f"{','.join(checkout.COLUMNS)}\neve@example.org,Eve,X,,,US,guest,no\n")

    with transaction():
        report = checkout.import_rows(rows, meeting=meeting, now=now)
        keep_nothing()

    assert [fault["reason"] for fault in report.faults] == ["there is no category “guest” (known: regular, full)"]


def test_what_is_for_attendees_alone_is_not_sold_to_a_guest(meeting, ben, now):
    name_guest(meeting, ben, now, extras=("course",))

    with pytest.raises(Refusal, match="Maria Byron: Course is not offered to the category"):
        place_with(meeting, ben, now)


def test_a_free_order_is_given_at_once(meeting, ben, now):
    with transaction():
        for code in ("full", "guest"):
            registration.set_price(registration.category_by_code(meeting, code), meeting.windows[0], amount_minor=0)
    name_guest(meeting, ben, now)

    order = place_with(meeting, ben, now)

    assert (state_of(order), states(registration.registration_in(meeting, ben))) == ("paid", {"Maria": "confirmed"})


def test_naming_somebody_is_remembered(meeting, ben, maria, now):
    host = registration.registration_in(meeting, ben)

    assert [(story.verb, story.note) for story in audit.story_of(host)] == [("named a guest", "Maria Byron")]


def test_no_letter_is_ever_written_to_a_guest(meeting, host):
    guests = set(db.session.scalars(select(Registration.person_id).where(Registration.host_id.is_not(None))))

    assert guests and not guests & set(db.session.scalars(select(mail.Letter.person_id)))


def test_a_stranger_is_as_before(meeting, now):
    with transaction():
        eve = a_person("Eve", now)
    order = place(meeting, eve, now)

    settle(order, paid(order), now)

    assert registration.registration_in(meeting, eve).state == State.CONFIRMED
