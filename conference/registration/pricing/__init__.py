"""How a meeting prices: when the member price holds, which day's price counts, what would make it less, what follows a sale.

A policy is a row of the meeting (`policy_of`, `set_policy`); `rules` decide by it; what they decided is frozen into the line
that is sold (`snapshots`), and whatever happens later is read from that line (`repricing`).
"""

from conference.registration.pricing.actions import set_policy
from conference.registration.pricing.advising import advice_for
from conference.registration.pricing.models import PriceCase
from conference.registration.pricing.queries import is_member_for, policy_of
from conference.registration.pricing.repricing import (
    as_member,
    as_other,
    bought_before,
    credit_in_words,
    joined_why,
    lapsed_why,
)
from conference.registration.pricing.rules import (
    CaseKind,
    CaseState,
    Lapse,
    Needs,
    Policy,
    PriceDate,
    price_is_over,
    suffices,
)

__all__ = [
    "CaseKind",
    "CaseState",
    "Lapse",
    "Needs",
    "Policy",
    "PriceCase",
    "PriceDate",
    "advice_for",
    "as_member",
    "as_other",
    "bought_before",
    "credit_in_words",
    "is_member_for",
    "joined_why",
    "lapsed_why",
    "policy_of",
    "price_is_over",
    "set_policy",
    "suffices",
]
