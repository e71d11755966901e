"""Which standing gives the member price, and which day's price an order has: pure decisions on values.

A policy is what a meeting has decided. What follows from it is frozen into the line that is sold, so that a later change
of the policy, or of the prices, changes nothing that was sold.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from conference.registration.rules import Standing


class Needs(StrEnum):
    """Up to which day a membership must be valid for the member price."""

    REGISTRATION = "registration"
    START = "start"
    END = "end"


class Lapse(StrEnum):
    """What follows when a membership that gave the member price has ended on the day on which it is checked again."""

    HONOUR = "honour"
    BALANCE = "balance"
    GRACE = "grace"  # asked to renew within some days; only then is the balance due


class PriceDate(StrEnum):
    """Which moment decides the price window."""

    SUBMIT = "submit"
    PAYMENT = "payment"
    GRACE = "grace"  # submission, if it is paid within some days and before a hard date


class CaseKind(StrEnum):
    """Why a sold ticket was looked at again."""

    CREDIT = "credit"
    LAPSE = "lapse"


class CaseState(StrEnum):
    """What came of it."""

    KEPT = "kept"
    WARNED = "warned"
    ASKED = "asked"
    CREDITED = "credited"


@dataclass(frozen=True)
class Policy:
    """What a meeting has decided. Without a word it is as it always was: valid today or by this order, price at submission."""

    needs: Needs = Needs.REGISTRATION
    order_counts: bool = True
    recheck_on: date | None = None
    lapse: Lapse = Lapse.HONOUR
    grace_days: int = 0
    credit_days: int = 0
    price_date: PriceDate = PriceDate.SUBMIT
    pay_days: int = 0
    hard_at: datetime | None = None
    version: int = 0

    def through(self, starts, ends):
        """The last day that a membership must cover, or None when being a member today is enough."""
        return {Needs.START: starts, Needs.END: ends}.get(self.needs)


def member_standing(present, with_dues, joining, *, through, order_counts):
    """Whether the member price holds, and by which fact.

    `present` and `with_dues` (None without dues in the order) are memberships' Standings of today, without and with the term
    that is being bought; `joining` says whether that is a first one.
    """
    if suffices(present, through):
        return Standing(True, "member", _facts(present, through))
    if with_dues is not None and order_counts and suffices(with_dues, through):
        return Standing(True, "joining" if joining else "renewal", _facts(with_dues, through))
    return Standing(False, _why_not(present, with_dues, order_counts), _facts(present, through))


def suffices(standing, through):
    """Whether a membership's Standing gives the member price, where it must last `through` a day (None: be valid now)."""
    if not standing.gives_member_price:
        return False
    return through is None or standing.until is None or standing.until >= through


def priced_at(policy, *, submitted_at, now):
    """The moment whose price window counts for somebody who first submitted at `submitted_at` (None: never) and buys now."""
    if policy.price_date is PriceDate.GRACE and submitted_at is not None and now < grace_ends(policy, submitted_at):
        return min(submitted_at, now)
    return now


def price_until(policy, *, window_ends, submitted_at):
    """Until when an order may be paid at its price, or None when its hold alone decides."""
    if policy.price_date is PriceDate.SUBMIT:
        return None
    if policy.price_date is PriceDate.PAYMENT:
        return window_ends
    return max(window_ends, grace_ends(policy, submitted_at))


def grace_ends(policy, submitted_at):
    """When the days of grace after a submission are over; the hard date ends them all."""
    over = submitted_at + timedelta(days=policy.pay_days)
    return min(over, policy.hard_at) if policy.hard_at else over


def price_is_over(lines, now):
    """Whether any of these sold lines can no longer be paid at its price, as was decided when they were placed."""
    ends = [line.rule.get("price_until") for line in lines]
    return any(now >= datetime.fromisoformat(end) for end in ends if end)


def _why_not(present, with_dues, order_counts):
    if with_dues is not None and not order_counts and with_dues.gives_member_price:
        return "order_does_not_count"
    if present.gives_member_price:
        return "too_short"
    return "not_member" if present.kind == "none" else "lapsed"


def _facts(standing, through):
    """The snapshot: the membership's type and days, the day on which it was looked at, and how long it had to last."""
    days = {"on": standing.on, "since": standing.since, "until": standing.until, "through": through}
    facts = {name: day.isoformat() for name, day in days.items() if day is not None}
    return facts | ({"type": standing.type_code, "kind": str(standing.kind)} if standing.type_code else {})
