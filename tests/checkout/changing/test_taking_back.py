"""Staff take back what a change had sold: its fee too, but nothing that a later order still stands on."""

import pytest

from conference import checkout, payments, registration
from conference.kernel import Money, Refusal, transaction
from tests.checkout.acting import paid, settle
from tests.checkout.changing.acting import change, fresh, going_back, lines, used


def take_back(order, kinds, minor, now):
    order = payments.order_by_id(order.id)
    chosen = [line.id for line in order.lines if line.kind in kinds]
    facts = {"order_id": order.id, "line_ids": chosen, "amount": Money(minor, "USD"), "reason": "because"}
    with transaction():
        return checkout.end_lines_and_refund(**facts, by=None, now=now)


@pytest.fixture
def switched(entry, now):
    """The order by which Ben, who had paid for the dinner too, switched online without it, and back for 440 and 20."""
    change(entry, now, mode="virtual", extras=())
    asked = change(entry, now, mode="in_person")
    assert asked.state == "open"
    order = payments.order_by_id(asked.order_id)
    settle(order, paid(order, payment_intent="pi_back"), now)
    return order


def test_a_fee_goes_back_like_any_other_line_and_the_registration_stands(entry, switched, now):
    before = going_back()

    take_back(switched, ["fee"], 2000, now)

    assert going_back() == [*before, 2000]
    assert (fresh(entry).state, payments.differences()) == ("confirmed", [])


def test_what_was_paid_before_cannot_be_taken_back_by_itself(switched, now):
    with pytest.raises(Refusal, match="goes back with the line"):
        take_back(switched, ["credit"], 0, now)

    assert "credit" not in [line.kind for line in payments.returnable_lines(payments.order_by_id(switched.id))]


def test_a_registration_does_not_end_while_a_later_order_stands_on_it(entry, now):
    asked = change(entry, now, extras=("dinner", "workshop"))
    later = payments.order_by_id(asked.order_id)
    settle(later, paid(later, payment_intent="pi_more"), now)
    first = payments.orders_with_line("registration", entry.id)[-1]

    with pytest.raises(Refusal, match=later.ref):
        take_back(first, ["registration", "add_on"], 53000, now)
    stands = fresh(entry).state, used()
    take_back(later, ["add_on"], 5000, now)
    take_back(first, ["registration", "add_on"], 53000, now)

    assert stands == ("confirmed", {"Venue": 1, "Dinner": 1, "Workshop": 1})
    assert (fresh(entry).state, used(), payments.differences(), registration.miscounted()) == ("cancelled", {}, [], [])
    assert lines(later.id) == [("add_on", 5000)]
