"""A registration that is paid becomes another: what it costs, what goes back, and what stands afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from conference import checkout, mail, payments, registration
from conference.kernel import Refusal, db, transaction
from tests.checkout.acting import letters, paid, place, settle, state_of
from tests.checkout.changing.acting import cancel, change, going_back, lines, quote, ticket, used
from tests.payments.documents.selling import BUYER, a_rate, a_seller


def test_a_dearer_ticket_is_held_until_the_rest_is_paid(meeting, entry, now):
    with transaction():
        student = registration.category_by_code(meeting, "student")
        registration.set_price(student, meeting.windows[0], amount_minor=60000)

    asked = change(entry, now, category="student")

    assert (asked.state, ticket(entry)[0], used()) == ("open", "full", {"Venue": 1, "Students": 1, "Dinner": 1})
    order = payments.order_by_id(asked.order_id)
    assert (lines(order.id), order.total_minor) == (
        [("registration", 60000), ("fee", 2000), ("credit", -44000)],
        18000,
    )

    settle(order, paid(order, payment_intent="pi_rest"), now)

    assert (ticket(entry), used()) == (
        ("student", "whole", "in_person", ["dinner"]),
        {"Students": 1, "Dinner": 1},
    )
    assert (going_back(), letters()) == ([], ["changed", "confirmed"])
    assert registration.miscounted() == []


def test_a_cheaper_ticket_is_changed_at_once_and_the_difference_goes_back(entry, now):
    asked = change(entry, now, extras=(), mode="virtual")

    assert (asked.state, ticket(entry), used()) == ("done", ("full", "whole", "virtual", []), {})
    assert lines(asked.order_id) == [
        ("registration", 22000),
        ("fee", 2000),
        ("fee", 900),
        ("credit", -24900),
    ]
    assert (going_back(), asked.refund_minor) == ([19100, 9000], 28100)


def test_the_fee_of_a_change_is_called_a_fee_on_its_invoice_in_the_language_of_that(entry, now):
    with transaction():
        a_rate(now)
        a_seller(now)
    asked = change(entry, now, extras=(), mode="virtual")

    with transaction():
        sold, buyer = payments.order_by_id(asked.order_id), replace(BUYER, language="de")
        invoice = checkout.invoicing.invoice(sold, buyer=buyer, by=None, now=now)

    assert [(line["name"], line["what"]) for line in invoice.content["lines"]] == [
        ("", "Full, gesamte Tagung, online"),
        ("", "Gebühr: Full, gesamte Tagung, vor Ort"),
        ("", "Gebühr: Dinner"),
    ]


def test_an_add_on_is_added_for_its_price_and_waits_for_its_payment(entry, now):
    asked = change(entry, now, extras=("dinner", "workshop"))
    order = payments.order_by_id(asked.order_id)

    assert (lines(order.id), used()["Workshop"]) == ([("add_on", 5000)], 1)
    settle(order, paid(order, payment_intent="pi_workshop"), now)

    assert ticket(entry)[3] == ["dinner", "workshop"]
    assert checkout.registration_in(order).id == entry.id


def test_a_change_that_nobody_pays_leaves_everything_as_it_was(entry, now):
    before = (ticket(entry), used())
    asked = change(entry, now, extras=("dinner", "workshop"))

    with transaction():
        checkout.lapse_if_due(asked.order_id, now=now + timedelta(hours=3))

    assert ((ticket(entry), used()), registration.changes.changes_of(entry)[0].state) == (before, "lapsed")
    letter = db.session.scalars(select(mail.Letter).where(mail.Letter.kind == "lapsed")).one()
    assert letter.subject == "Your registration was not changed" and "stays as it was before" in letter.body


def test_money_that_comes_late_does_the_change_if_there_is_still_a_place(entry, now):
    asked = change(entry, now, extras=("dinner", "workshop"))
    order = payments.order_by_id(asked.order_id)
    with transaction():
        checkout.lapse_if_due(order.id, now=now + timedelta(hours=3))

    settle(order, paid(order), now + timedelta(hours=4))

    assert (ticket(entry)[3], state_of(order)) == (["dinner", "workshop"], "paid")


def test_money_that_comes_late_goes_back_when_the_place_is_gone(meeting, entry, ada, now):
    asked = change(entry, now, extras=("dinner", "workshop"))
    order = payments.order_by_id(asked.order_id)
    with transaction():
        checkout.lapse_if_due(order.id, now=now + timedelta(hours=3))
    place(meeting, ada, now, extras=["workshop"])

    settle(order, paid(order), now + timedelta(hours=4))

    assert (ticket(entry)[3], state_of(order), going_back()) == (["dinner"], "returned", [5000])


@pytest.mark.parametrize(("days", "kept"), [(0, 10000), (29, 10000), (30, 26500), (89, 26500)])
def test_cancelling_keeps_what_the_table_says_for_the_day(entry, now, days, kept):
    asked = cancel(entry, now + timedelta(days=days))

    assert (sum(going_back()), asked.state) == (53000 - kept, "done")
    assert (registration.by_ref(entry.ref).state, used()) == ("cancelled", {})


def test_nothing_can_be_cancelled_after_the_last_day(entry, now):
    with pytest.raises(Refusal, match="time to cancel is over"):
        cancel(entry, now + timedelta(days=90))

    assert (registration.by_ref(entry.ref).state, going_back()) == ("confirmed", [])


def test_staff_may_waive_fee_and_dates(entry, now):
    cancel(entry, now + timedelta(days=100), waived=True)

    assert sum(going_back()) == 53000


def test_what_was_paid_in_two_parts_goes_back_to_both(entry, now):
    asked = change(entry, now, extras=("dinner", "workshop"))
    order = payments.order_by_id(asked.order_id)
    settle(order, paid(order, payment_intent="pi_second"), now)

    cancel(entry, now)

    found = [payment for each in checkout.orders_about(entry) for payment in payments.payments_of(each)]
    assert sorted((each.amount_minor, each.refunded_minor) for each in found) == [(5000, 5000), (53000, 43000)]


def test_what_was_carried_into_a_second_order_goes_back_to_the_first_payment(entry, now):
    change(entry, now, extras=(), mode="virtual")
    cancel(entry, now)

    assert (going_back(), checkout.lines_of(entry)) == ([19100, 9000, 12000], [])


def test_a_fee_that_eats_the_difference_is_due_as_the_rest_of_it(meeting, entry, now):
    with transaction():
        category = registration.category_by_code(meeting, "full")
        registration.set_price(category, meeting.windows[0], amount_minor=43000, mode="virtual")

    found = quote(entry, now, mode="virtual", extras=())

    assert (found.due.minor, found.refund.minor) == (0, 44000 + 9000 - 43000 - 2000 - 900)


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ({}, "Nothing is different"),
        ({"mode": "virtual"}, "take place on site"),
        ({"category": "none"}, "no longer offered"),
        ({"span": "2027-05-13"}, "not offered"),
        ({"extras": ("dinner", "none")}, "no longer offered"),
    ],
)
def test_what_cannot_be_is_said_in_words_and_changes_nothing(entry, now, wish, why):
    with pytest.raises(Refusal, match=why):
        change(entry, now, **wish)

    assert (ticket(entry), going_back()) == (("full", "whole", "in_person", ["dinner"]), [])


def test_only_one_change_waits_at_a_time(entry, now):
    change(entry, now, extras=("dinner", "workshop"))

    with pytest.raises(Refusal, match="waits for its payment"):
        change(entry, now, mode="virtual", extras=())


def test_a_price_that_moved_since_it_was_shown_is_not_charged(meeting, entry, now):
    wish = checkout.wish_now(entry)
    wish = type(wish)(wish.category, wish.span, wish.mode, ("dinner", "workshop"))
    seen = checkout.quote_change(entry, wish, now=now).seen
    with transaction():
        registration.add_ons_of(meeting, codes=["workshop"])[0].amount_minor = 7000

    with pytest.raises(Refusal, match="price has changed"), transaction():
        checkout.change(registration.by_ref(entry.ref), wish, seen=seen, by=entry.person, now=now)


def test_a_change_of_a_full_category_is_refused(meeting, entry, ada, now):
    with transaction():
        registration.category_by_code(meeting, "student").pool.places = 0

    with pytest.raises(registration.SoldOut):
        change(entry, now, category="student")

    assert (ticket(entry)[0], registration.changes.open_change(entry)) == ("full", None)


def test_staff_who_cancel_while_a_change_waits_are_first_and_its_money_goes_back(entry, now):
    asked = change(entry, now, extras=("dinner", "workshop"))
    order = payments.order_by_id(asked.order_id)
    first = checkout.orders_about(entry)[-1]
    with transaction():
        checkout.end_lines_and_refund(
            order_id=first.id,
            line_ids=[line.id for line in first.lines],
            amount=first.total,
            reason="asked",
            by=None,
            now=now,
        )

    settle(order, paid(order, payment_intent="pi_late"), now)

    assert (registration.by_ref(entry.ref).state, state_of(order), going_back()) == (
        "cancelled",
        "returned",
        [53000, 5000],
    )
    assert (used(), registration.miscounted()) == ({}, [])
