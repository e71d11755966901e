"""An order has one currency, and what is too small to be charged is not sold."""

import pytest

from conference import payments
from conference.kernel import CurrencyMismatch, Money, clock, db, transaction
from conference.payments import NewLine, Order


def test_an_order_has_one_currency(ada):
    lines = [NewLine("dues", 1, "Dues", Money(5000, "EUR")), NewLine("dues", 2, "Fee", Money(5000, "USD"))]

    with pytest.raises(CurrencyMismatch), transaction():
        payments.open_order(person_id=ada.id, currency="EUR", lines=lines, now=clock.now(), expires_at=clock.now())

    assert db.session.query(Order).count() == 0


@pytest.mark.parametrize(
    ("minor", "currency", "too_small"),
    [
        (0, "EUR", False), (49, "EUR", True), (50, "EUR", False), (29, "GBP", True), (30, "GBP", False), (49, "JPY", True),
        (17400, "HUF", True), (17500, "HUF", False), (1499, "CZK", True), (100, "ISK", False),
    ],
)  # fmt: skip
def test_less_than_stripe_takes_is_told_before_anybody_pays(minor, currency, too_small):
    assert payments.is_too_small(Money(minor, currency)) == too_small
