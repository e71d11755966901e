"""What a row of Stripe's balance must belong to, by its reporting category (https://docs.stripe.com/reports/reporting-categories): values only."""

from dataclasses import dataclass
from enum import StrEnum


class Tie(StrEnum):
    """What a row of the balance is tied to."""

    PAYMENT = "payment"  # one of our payments, over exactly its amount
    REFUND = "refund"  # one of our refunds, over exactly its amount
    DISPUTE = "dispute"  # one of our payments that the payer's bank took back, or gave back
    COST = "cost"  # what Stripe takes for itself: there is nothing of ours to be tied to
    PAYOUT = "payout"  # a payout on its way to the bank, or back from there
    STAFF = "staff"  # nothing that we know: somebody must say what it is


SENT = ("payout", "payout_reversal")  # what goes to the bank, and what does not after all
_TIES = {
    "charge": Tie.PAYMENT,
    "charge_failure": Tie.PAYMENT,
    "refund": Tie.REFUND,
    "refund_failure": Tie.REFUND,
    "dispute": Tie.DISPUTE,
    "dispute_reversal": Tie.DISPUTE,
    "fee": Tie.COST,
    "network_cost": Tie.COST,
    "tax": Tie.COST,
    **dict.fromkeys(SENT, Tie.PAYOUT),
}
# Which way the money of a row goes, as seen from the balance; of other categories either.
_SIGNS = {"charge": 1, "charge_failure": -1, "refund": -1, "refund_failure": 1}


@dataclass(frozen=True)
class RowSeen:
    """One row of Stripe's balance, in minor units of the balance's `currency`.

    `source_minor` and `source_currency` are what its source says, in the payer's currency; `intent` the PaymentIntent behind it.
    """

    row_id: str
    kind: str
    category: str
    source: str
    intent: str
    amount: int
    fee: int
    net: int
    currency: str
    source_minor: int
    source_currency: str
    created: int
    description: str


@dataclass(frozen=True)
class PayoutSeen:
    """One payout; `amount` in minor units, `created` and `arrives` in seconds since 1970."""

    payout_id: str
    amount: int
    currency: str
    status: str  # paid, pending, in_transit, canceled, failed
    is_automatic: bool
    is_itemised: bool  # Stripe knows for sure which rows went along
    created: int
    arrives: int
    failure: str
    descriptor: str = ""  # as the bank's statement shows it
    trace: str = ""  # the bank's own number for it, which may come days later


def tie_of(category):
    """What a row of this reporting category must be tied to."""
    return _TIES.get(category, Tie.STAFF)


def differs(category, source_minor, source_currency, *, minor, currency):
    """Whether what Stripe says of a payment or refund is not what we say of it: the amount without its sign, and the currency."""
    return (abs(source_minor), source_currency) != (minor, currency) or not source_minor * _SIGNS.get(category, 1) > 0
