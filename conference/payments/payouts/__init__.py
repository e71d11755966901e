"""Reconciliation with Stripe: its balance fetched row by row, each tied to a payment or refund of ours, and its payouts to the bank.

Our own ledger says what people paid and got; Stripe's rows say what became of that money there, fees and payouts included. What the
one has and the other has not is listed until somebody has said what it is.
"""

from conference.payments.payouts import words
from conference.payments.payouts.fetching import by_id, keep_itemised, keep_payout
from conference.payments.payouts.jobs import fetch, fetch_when_due
from conference.payments.payouts.models import BalanceRow, Payout
from conference.payments.payouts.queries import (
    balances,
    by_category,
    categories,
    differences,
    missing_payments,
    missing_refunds,
    open_count,
    orders_of,
    payouts,
    row_by_id,
    rows,
    sums_of,
)
from conference.payments.payouts.rules import SENT, PayoutSeen, RowSeen, Tie
from conference.payments.payouts.tying import explain, reopen, tie_open_rows

__all__ = [
    "SENT",
    "BalanceRow",
    "Payout",
    "PayoutSeen",
    "RowSeen",
    "Tie",
    "balances",
    "by_category",
    "by_id",
    "categories",
    "differences",
    "explain",
    "fetch",
    "fetch_when_due",
    "keep_itemised",
    "keep_payout",
    "missing_payments",
    "missing_refunds",
    "open_count",
    "orders_of",
    "payouts",
    "reopen",
    "row_by_id",
    "rows",
    "sums_of",
    "tie_open_rows",
    "words",
]
