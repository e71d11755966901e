"""One call of the API on its way through: the open transaction, the checked parameters, and where we are."""

from dataclasses import dataclass
from typing import Any

from conference.demo.stripe.errors import StripeRefusal, not_played
from conference.demo.stripe.settings import Settings
from conference.demo.stripe.store import Transaction


@dataclass(frozen=True)
class Call:
    tx: Transaction
    params: dict[str, Any]
    public_url: str
    settings: Settings


@dataclass(frozen=True)
class Declined:
    """An answer that is an error, while what it did must be kept: a declined card leaves a failed charge."""

    error: StripeRefusal


def refuse_unplayed(given: dict[str, Any], played: frozenset[str], at: str = "") -> None:
    """Refuses what Stripe would take and the stand-in would only ignore."""
    for name in given:
        if name not in played:
            shown = f"{at}[{name}]" if at else name
            raise not_played(f"the parameter {shown}", param=shown)
