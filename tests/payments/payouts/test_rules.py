"""What a row of the balance must belong to, as values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.payments.payouts.rules import Tie, differs, tie_of

amounts = st.integers(1, 10**12)


@pytest.mark.parametrize(
    ("category", "tie"),
    [("charge", Tie.PAYMENT), ("refund_failure", Tie.REFUND), ("fee", Tie.COST), ("payout_reversal", Tie.PAYOUT)],
)
def test_categories_of_stripe_say_what_a_row_belongs_to(category, tie):
    assert tie_of(category) == tie


@given(st.text())
def test_a_category_that_we_do_not_know_is_for_staff(category):
    known = {"charge", "charge_failure", "refund", "refund_failure", "dispute", "dispute_reversal", "fee",
             "network_cost", "tax", "payout", "payout_reversal"}  # fmt: skip
    assert (tie_of(category) == Tie.STAFF) == (category not in known)


@given(amounts, amounts, st.sampled_from(["USD", "JPY"]), st.sampled_from([("charge", 1), ("refund", -1)]))
def test_only_the_same_amount_in_the_same_currency_the_right_way_agrees(theirs, ours, currency, flow):
    category, sign = flow
    assert differs(category, sign * theirs, currency, minor=ours, currency="USD") == (
        theirs != ours or currency != "USD"
    )
    assert differs(category, -sign * theirs, currency, minor=theirs, currency=currency)
