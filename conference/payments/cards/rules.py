"""What a saved card is, what it may be used for, and what Stripe is seen to say of it and of a charge: values only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from conference.payments.rules import Seen


class CardState(StrEnum):
    """A card's life here: asked for on Stripe's page, saved, let go of there; or never given."""

    ASKED = "asked"
    SAVED = "saved"
    REMOVING = "removing"  # not used any more; Stripe is to be told
    REMOVED = "removed"
    ABANDONED = "abandoned"  # the page was left, or nobody knows that there was one


class Use(StrEnum):
    """What somebody agrees to, each apart: that a card is kept, and that dues are charged to it by themselves."""

    KEEP = "keep"
    DUES = "dues"


class ChargeState(StrEnum):
    """A charge's life: promised here, then what the card's bank said; or it was not needed any more when its turn came."""

    REQUESTED = "requested"
    SUCCEEDED = "succeeded"
    DECLINED = "declined"
    AUTHENTICATION = "authentication"  # the bank wants to ask its customer, who is not there
    CALLED_OFF = "called_off"


# Asking again is of no use, or forbidden by the card's network (https://docs.stripe.com/declines/codes).
FINAL = frozenset(
    (
        "do_not_try_again", "expired_card", "fraudulent", "lost_card", "merchant_blacklist", "pickup_card", "restricted_card",
        "revocation_of_all_authorizations", "revocation_of_authorization", "security_violation", "stolen_card",
        "stop_payment_order", "resource_missing",
    )
)  # fmt: skip
GONE = "resource_missing"  # Stripe's word for what it does not have
REFUSED = "refused"  # ours for what it does not take
NO_BANK = frozenset((GONE, REFUSED))  # no bank was asked
AUTHENTICATION = ("authentication_required", "authentication_not_handled")


@dataclass(frozen=True)
class CardSeen:
    """What Stripe says now of a page on which a card is saved, and of the card once there is one."""

    card_ref: str
    session_id: str
    status: str  # open, complete, expired
    is_saved: bool = False
    customer: str = ""
    method: str = ""
    brand: str = ""
    last4: str = ""
    exp_month: int = 0
    exp_year: int = 0

    @property
    def is_over(self):
        """Whether no card will come of it any more."""
        return not self.is_saved and self.status != "open"


@dataclass(frozen=True)
class ChargeSeen:
    """What Stripe says now of one off-session charge; `amount` is what was taken, in minor units, currency upper case."""

    charge_ref: str
    order_ref: str
    intent: str
    status: str  # of the PaymentIntent
    amount: int
    currency: str
    code: str = ""
    message: str = ""

    @property
    def state(self):
        """What became of the charge, as ChargeState; REQUESTED while that is open."""
        if self.status == "succeeded":
            return ChargeState.SUCCEEDED
        if self.status == "requires_action" or self.code in AUTHENTICATION:
            return ChargeState.AUTHENTICATION
        if self.status in ("requires_payment_method", "canceled", ""):
            return ChargeState.DECLINED
        return ChargeState.REQUESTED

    def as_paid(self):
        """The same as money that came for an order: as a paid page says it, so that one path settles both."""
        return Seen(
            session_id="",
            order_ref=self.order_ref,
            status="complete",
            payment_status="paid",
            amount=self.amount,
            currency=self.currency,
            payment_intent=self.intent,
            intent_status=self.status,
        )


def is_expired(exp_month, exp_year, on: date):
    """Whether a card counts no more on a day: it does through the last day of its month."""
    return (exp_year, exp_month) < (on.year, on.month)
