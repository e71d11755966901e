"""The same ticket at another price: the difference goes back by itself, or is asked for while the registration stands."""

from datetime import timedelta

from conference import checkout, payments, registration
from conference.kernel import transaction
from conference.payments import NewLine
from tests.checkout.acting import letters, paid, settle, state_of
from tests.checkout.changing.acting import going_back, lines, ticket, used


def reprice(entry, minor, now, **more):
    with transaction():
        found = registration.by_ref(entry.ref)
        sold = checkout.lines_of(found)[0]
        line = NewLine("registration", found.id, sold.title, type(sold.amount)(minor, "USD"), ("Because.",), sold.rule)
        return checkout.reprice(found, line=line, reason="you joined", by=None, now=now, **more)


def test_a_lower_price_sends_the_difference_back_at_once_and_says_why(entry, now):
    asked = reprice(entry, 22000, now)

    assert (lines(asked.order_id), going_back()) == ([("registration", 22000), ("credit", -22000)], [22000])
    assert (ticket(entry), letters()) == (("full", "whole", "in_person", ["dinner"]), ["changed", "confirmed"])
    assert checkout.lines_of(entry)[0].amount_minor == 22000


def test_a_price_of_nothing_sends_everything_back_and_the_registration_stands(entry, now):
    reprice(entry, 0, now)

    assert (going_back(), ticket(entry)[0], used()["Venue"]) == ([44000], "full", 1)


def test_a_higher_price_asks_for_the_balance_and_the_registration_stands_meanwhile(entry, now):
    asked = reprice(entry, 60000, now, expires_at=now + timedelta(days=14))
    order = payments.order_by_id(asked.order_id)

    assert (order.total_minor, order.expires_at, ticket(entry)[0]) == (16000, now + timedelta(days=14), "full")
    settle(order, paid(order, payment_intent="pi_balance"), now)

    assert (state_of(order), checkout.lines_of(entry)[0].amount_minor) == ("paid", 60000)


def test_a_balance_that_nobody_pays_leaves_the_line_as_it_was_sold(entry, now):
    asked = reprice(entry, 60000, now, expires_at=now + timedelta(days=14))

    with transaction():
        checkout.lapse_if_due(asked.order_id, now=now + timedelta(days=15))

    assert (ticket(entry), checkout.lines_of(entry)[0].amount_minor) == (
        ("full", "whole", "in_person", ["dinner"]),
        44000,
    )
