"""States of an order and of a refund, and what Stripe is seen to say: values only."""

from dataclasses import dataclass, field
from enum import StrEnum

from flask_babel import gettext as _

from conference.kernel import Money

# A line of a negative amount: money that an ended line of an earlier order had brought pays here.
CREDIT = "credit"
_BETWEEN = "; "  # the notes on an order


class OrderState(StrEnum):
    """An order's life. Only OPEN and ONGOING move on by themselves; PARKED waits for staff."""

    OPEN = "open"  # places held, waiting for the person to pay
    ONGOING = "ongoing"  # paid by a method that clears days later; places stay held
    PAID = "paid"  # settled: everything in it was given
    LAPSED = "lapsed"  # not paid in time, or given back: places released
    RETURNED = "returned"  # money came when the place was gone, and was sent back
    PARKED = "parked"  # something does not agree: staff decide


HOLDING = (OrderState.OPEN, OrderState.ONGOING, OrderState.PARKED)  # places are held for money that has not settled it
LIVE = (*HOLDING, OrderState.PAID)  # what it is about stands by it
UNPAID = (*HOLDING, OrderState.LAPSED)  # money could still come


class RefundState(StrEnum):
    """A refund's life: asked of us, accepted by Stripe, done there, or its money ours again (https://docs.stripe.com/refunds#refund-object)."""

    REQUESTED = "requested"
    PENDING = "pending"
    REQUIRES_ACTION = "requires_action"  # the payer must first tell Stripe where to: Stripe writes to them
    SUCCEEDED = "succeeded"
    FAILED = "failed"  # the bank sent it back
    CANCELED = "canceled"  # it was called off, at Stripe or because a bank took the money itself


UNDER_WAY = (RefundState.PENDING, RefundState.REQUIRES_ACTION)
ACCEPTED = (*UNDER_WAY, RefundState.SUCCEEDED)  # Stripe has taken the money for it
UNDONE = (RefundState.FAILED, RefundState.CANCELED)  # the money is ours, or was never taken


class Provider(StrEnum):
    """By which way money came: Stripe, a line of a bank statement, or staff's word that it is there."""

    STRIPE = "stripe"
    BANK = "bank"  # a line of a statement, matched
    HAND = "hand"  # staff say so, and nothing more is known
    TRANSFER = "transfer"  # staff say that it is in the bank, where no statement is read
    CHEQUE = "cheque"
    CASH = "cash"
    TERMINAL = "terminal"


def about_meeting(code):
    """How the books name what is for one meeting."""
    return f"meeting:{code}"


def about_term(starts, ends):
    """How the books name what is for one term of membership, from the dates of its first and its last day; `ends` is None for life."""
    return f"term:{starts.isoformat()}/{ends.isoformat() if ends else ''}"


class EntryKind(StrEnum):
    """What a ledger entry books; docs/architecture.md tells when, and with which sign."""

    PAYMENT = "payment"
    SALE = "sale"
    REVERSAL = "reversal"
    REFUND = "refund"
    FEE = "fee"
    GOODWILL = "goodwill"
    WRITE_OFF = "write_off"
    TRANSFER = "transfer"
    DISPUTE = "dispute"


# What an account keeps (below zero) or gives beyond the prices of its lines.
KEPT = (EntryKind.FEE, EntryKind.GOODWILL, EntryKind.WRITE_OFF)

# The least that Stripe takes, in minor units (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).
SMALLEST = {
    "USD": 50, "EUR": 50, "CAD": 50, "AUD": 50, "CHF": 50, "NZD": 50, "SGD": 50, "BRL": 50, "INR": 50, "GBP": 30, "JPY": 50,
    "SEK": 300, "NOK": 300, "DKK": 250, "PLN": 200, "RON": 200, "MYR": 200, "AED": 200, "BGN": 100, "HKD": 400, "MXN": 1000,
    "THB": 1000, "CZK": 1500, "HUF": 17500,
}  # fmt: skip


def is_too_small(total):
    """Whether a total is something, but less than the payment service takes at once."""
    return 0 < total.minor < SMALLEST.get(total.currency, 0)


@dataclass(frozen=True)
class NewLine:
    """A line to be written: what it is for, its frozen price, the reasons in words and the facts of the rule."""

    kind: str
    reference: int
    title: str
    amount: Money
    why: tuple[str, ...] = ()
    rule: dict = field(default_factory=dict)
    scope: str | None = None  # what it is for in the books, when that is not what its order is for


@dataclass(frozen=True)
class Seen:
    """What Stripe says now of one Checkout Session; amounts in minor units, currency upper case."""

    session_id: str
    order_ref: str
    status: str  # open, complete, expired
    payment_status: str  # paid, unpaid, no_payment_required
    amount: int
    currency: str
    payment_intent: str
    intent_status: str = ""
    mode: str = "payment"  # or setup: a page on which a card is saved

    @property
    def is_paid(self):
        """Money has arrived."""
        return self.status == "complete" and self.payment_status in ("paid", "no_payment_required")

    @property
    def has_failed(self):
        """A delayed payment was started and did not clear."""
        return (
            self.status == "complete"
            and not self.is_paid
            and self.intent_status in ("canceled", "requires_payment_method")
        )

    @property
    def is_ongoing(self):
        """A delayed payment was started and has not cleared yet."""
        return self.status == "complete" and not self.is_paid and not self.has_failed

    @property
    def is_expired(self):
        """The payment page can no longer be paid."""
        return self.status == "expired"


@dataclass(frozen=True)
class RefundSeen:
    """What Stripe says now of one refund; `own_ref` is our row's reference, empty when it was not made by us."""

    refund_id: str
    own_ref: str
    state: RefundState
    failure: str
    payment_intent: str
    amount: int
    currency: str


def disagreements(seen, *, ref, total, due=None):
    """In words, what Stripe says of an order that our own row does not: empty when both agree.

    A page that was opened before something was taken out of the order asks for more than what is `due`, up to its `total`.
    """
    found = []
    if seen.order_ref != ref:
        found.append(_("Stripe names order %(theirs)s, not %(ours)s", theirs=seen.order_ref or "–", ours=ref))
    if seen.currency != total.currency:
        found.append(_("paid in %(theirs)s, not %(ours)s", theirs=seen.currency, ours=total.currency))
    least = total if due is None else due
    if not least.minor <= seen.amount <= total.minor:
        facts = {"paid": seen.amount, "currency": seen.currency, "asked": least.minor}
        found.append(_("%(paid)s %(currency)s minor units paid, %(asked)s asked", **facts))
    return found


def with_note(said, note):
    """What is noted on an order, and one thing more."""
    return _BETWEEN.join(part for part in (said, note) if part)


def without_notes(said, notes):
    """What is noted on an order without some of it, each taken out once where it stands; a note may have a semicolon of its own."""
    whole = f"{_BETWEEN}{said}{_BETWEEN}"
    for each in notes:
        whole = whole.replace(f"{_BETWEEN}{each}{_BETWEEN}", _BETWEEN, 1)
    return whole[len(_BETWEEN) : -len(_BETWEEN)]
