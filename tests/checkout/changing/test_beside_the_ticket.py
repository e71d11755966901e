"""Who has a ticket may add to it when that ticket is not on sale any more; it keeps the price it was sold at."""

import pytest

from conference import payments, registration
from conference.kernel import db, transaction
from conference.registration import NotSold
from tests.checkout.acting import paid, settle
from tests.checkout.changing.acting import change, lines, quote, ticket


@pytest.fixture
def unsold(meeting, entry):
    """Ben's registration after every price of its category was taken off the grid."""
    with transaction():
        full = registration.category_by_code(meeting, entry.category.code)
        cells = dict.fromkeys(registration.cells_of(full))
        seen = registration.cells_version(full)
        registration.set_prices(full, cells, meeting=meeting, seen=seen, by=None, now=meeting.changed_at)
    assert registration.cells_of(full) == {}
    return entry


def test_an_add_on_is_added_to_a_ticket_that_is_not_on_sale(unsold, now):
    added = change(unsold, now, extras=("dinner", "workshop"))
    order = payments.order_by_id(added.order_id)
    settle(order, paid(order, payment_intent="pi_2"), now)

    assert lines(order.id) == [("add_on", 5000)]
    assert ticket(unsold)[3] == ["dinner", "workshop"]


def test_the_ticket_itself_cannot_be_switched_to_what_is_not_on_sale(unsold, now):
    with pytest.raises(NotSold):
        quote(unsold, now, mode="virtual", extras=())


def test_one_switches_from_what_is_not_on_sale_to_what_is(unsold, now):
    found = quote(unsold, now, category="student")

    assert [(line.kind, line.amount.minor) for line in found.lines] == [("registration", 15000), ("fee", 2000)]
    assert found.refund.minor == 44000 - 15000 - 2000


def test_an_add_on_that_is_not_on_sale_is_refused_all_the_same(meeting, unsold, now):
    with transaction():
        registration.add_ons_of(meeting, codes=["workshop"])[0].sold_until = now
    db.session.expire_all()

    with pytest.raises(NotSold, match="not sold any more"):
        quote(unsold, now, extras=("dinner", "workshop"))
