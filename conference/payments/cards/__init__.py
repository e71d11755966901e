"""Saved cards: given on Stripe's page, kept there, and charged for what their owners have agreed to, while they are away.

Here are brand, last four digits and expiry, never more. What a card is charged for is decided above, in checkout.
"""

from conference.payments.cards import agreeing, at_stripe, charging, words
from conference.payments.cards.keeping import (
    begin,
    card_by_method,
    card_by_ref,
    card_of,
    gone,
    had_card,
    keep,
    last_asked,
    open_page,
    remove,
    renewed,
)
from conference.payments.cards.models import Agreement, Charge, SavedCard
from conference.payments.cards.rules import FINAL, GONE, NO_BANK, CardSeen, CardState, ChargeSeen, ChargeState, Use
from conference.payments.cards.sweeping import work_on_next

__all__ = [
    "FINAL",
    "GONE",
    "NO_BANK",
    "Agreement",
    "CardSeen",
    "CardState",
    "Charge",
    "ChargeSeen",
    "ChargeState",
    "SavedCard",
    "Use",
    "agreeing",
    "at_stripe",
    "begin",
    "card_by_method",
    "card_by_ref",
    "card_of",
    "charging",
    "gone",
    "had_card",
    "keep",
    "last_asked",
    "open_page",
    "remove",
    "renewed",
    "words",
    "work_on_next",
]
