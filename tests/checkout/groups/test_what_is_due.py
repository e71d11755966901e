"""Letters and pages about an order out of which somebody was taken name the sum that is asked for, not that of all its lines."""

import pytest

from conference.payments import Seen
from tests.checkout.acting import paid, settle, state_of
from tests.checkout.groups.acting import decline, letter, order, seat
from tests.signing_in import signed_in

BEN, CLEO = "ben@example.org", "cleo@example.org"
DUE, ALL = "440.00 USD", "965.00 USD"


@pytest.fixture
def held(group, ben, now):
    """An order over Ben, with a dinner, who says no, and Cleo."""
    seat(group, BEN, now, extras=("dinner",))
    seat(group, CLEO, now)
    made = order(group, now)
    decline(group, BEN, now)
    return made


def by_debit(held, intent_status):
    return Seen("cs_1", held.ref, "complete", "unpaid", 44000, "USD", "pi_1", intent_status)


def test_a_bank_debit_that_starts_and_fails_is_named_with_what_was_asked_for(group, held, now):
    settle(held, by_debit(held, "processing"), now)
    settle(held, by_debit(held, "requires_payment_method"), now)

    told = [letter(kind, group.coordinator.email) for kind in ("on_its_way", "not_paid")]

    assert f"You have paid {DUE}" in told[0] and f"payment of {DUE}" in told[1]
    assert not any(ALL in each for each in told)


def test_the_list_of_own_orders_names_what_is_due(context, group, held):
    page = signed_in(context, group.coordinator.email).get("/account/").text

    assert held.ref in page and DUE in page and ALL not in page


def test_whoever_decides_reads_what_was_asked_for_beside_what_came(context, held, now):
    settle(held, paid(held, amount=43000), now)
    assert state_of(held) == "parked"

    desk = signed_in(context, "fay@example.org", roles=["finance"], given_name="Fay", family_name="Demo")
    page = desk.get(f"/staff/order/{held.ref}/decision").text

    assert DUE in page and ALL not in page
