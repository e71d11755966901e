"""States of a dispute, and what Stripe is seen to say of one: values only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from conference.kernel import Money


class DisputeState(StrEnum):
    """What Stripe calls them (https://docs.stripe.com/api/disputes/object#dispute_object-status). The first three are inquiries: no money is taken."""

    WARNING_NEEDS_RESPONSE = "warning_needs_response"
    WARNING_UNDER_REVIEW = "warning_under_review"
    WARNING_CLOSED = "warning_closed"
    NEEDS_RESPONSE = "needs_response"
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"
    PREVENTED = "prevented"


CLOSED = (DisputeState.WARNING_CLOSED, DisputeState.WON, DisputeState.LOST, DisputeState.PREVENTED)
WANTS_ANSWER = (DisputeState.WARNING_NEEDS_RESPONSE, DisputeState.NEEDS_RESPONSE)
INQUIRIES = (DisputeState.WARNING_NEEDS_RESPONSE, DisputeState.WARNING_UNDER_REVIEW, DisputeState.WARNING_CLOSED)

# A bank that sends a direct debit back says so in one of these words: nothing can be answered
# (https://docs.stripe.com/payments/sepa-debit#disputed-payments).
RETURNS = ("bank_cannot_process", "debit_not_authorized", "incorrect_account_details", "insufficient_funds")


class PlaceDecision(StrEnum):
    """What becomes of what was bought, for staff to decide."""

    UNDECIDED = "undecided"
    KEPT = "kept"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class Movement:
    """Money that a dispute moved: taken (below zero) or given back, and its `fee`, both in minor units of the dispute's currency."""

    transaction: str
    amount: int
    fee: int


@dataclass(frozen=True)
class DisputeSeen:
    """What Stripe says now of one dispute."""

    dispute_id: str
    payment_intent: str
    amount: int
    currency: str
    reason: str
    state: str
    opened_at: datetime
    evidence_due_at: datetime | None
    is_refundable: bool
    fee_currency: str
    movements: tuple[Movement, ...]

    @property
    def is_open(self):
        """Whether it is not decided yet."""
        return self.state not in CLOSED

    @property
    def blocks_refunds(self):
        """Whether Stripe makes no refund of its payment."""
        return self.is_open and not self.is_refundable

    @property
    def taken(self):
        """What the bank has taken and not given back, as Money."""
        return Money(max(-sum(each.amount for each in self.movements), 0), self.currency)

    @property
    def fee(self):
        """What Stripe has charged for it, in minor units of `fee_currency`."""
        return sum(each.fee for each in self.movements)
