"""Membership: types with prices, members with numbers, terms as rows, and standing as a pure function of rows and date.

All days are days in the society's time zone: `local_day(now)` gives today's. A checkout asks `offer_for` what joining or
renewing costs, freezes it into an order line, and calls `grant_term` when the line is paid and `void_term` when it is
refunded. A registration asks `standing_of`, or `standing_with` when the dues stand in the same order.
"""

from conference.membership.actions import (
    add_by_hand,
    choose_directory,
    create_type,
    grant_term,
    void_by_hand,
    void_term,
)
from conference.membership.models import Member, MembershipType, Term
from conference.membership.offers import (
    Choice,
    DuesOffer,
    choices_for,
    offer_for,
    standing_with,
    standing_without,
    standings_with,
)
from conference.membership.queries import (
    all_types,
    last_days_of,
    member_by_number,
    member_of,
    paid_days,
    standing_of,
    standings_of,
    term_of_line,
    terms_of,
    type_by_code,
    types_on_offer,
)
from conference.membership.rules import Audience, OfferKind, PeriodKind, Standing, StandingKind
from conference.membership.words import HUES, STANDINGS
from conference.society import local_day

__all__ = [
    "HUES",
    "STANDINGS",
    "Audience",
    "Choice",
    "DuesOffer",
    "Member",
    "MembershipType",
    "OfferKind",
    "PeriodKind",
    "Standing",
    "StandingKind",
    "Term",
    "add_by_hand",
    "all_types",
    "choices_for",
    "choose_directory",
    "create_type",
    "grant_term",
    "last_days_of",
    "local_day",
    "member_by_number",
    "member_of",
    "paid_days",
    "offer_for",
    "standing_of",
    "standing_with",
    "standing_without",
    "standings_of",
    "standings_with",
    "term_of_line",
    "terms_of",
    "type_by_code",
    "types_on_offer",
    "void_by_hand",
    "void_term",
]
