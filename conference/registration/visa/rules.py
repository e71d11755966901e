"""Who may ask for a letter, who gets one by itself, and what goes back when a visa is refused: pure decisions on values."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from conference.kernel import Money


class RequestState(StrEnum):
    """A request's life. WAITING and ISSUED are live, one a registration; the last three have lost their passport data."""

    WAITING = "waiting"
    ISSUED = "issued"
    DECLINED = "declined"
    REPLACED = "replaced"  # by a later one, with a correction
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"


LIVE = (RequestState.WAITING, RequestState.ISSUED)


class Review(StrEnum):
    """Which letters are issued by themselves."""

    ALWAYS = "always"  # staff look at every request
    LISTED = "listed"  # staff look at the nationalities of the list; the others get theirs at once
    UNLISTED = "unlisted"  # the nationalities of the list get theirs at once; staff look at the others


class RefundRule(StrEnum):
    """What goes back when a visa was refused."""

    NOTHING = "nothing"  # the meeting's table for cancelling holds for everybody
    FULL = "full"
    LESS_FEE = "less_fee"


class ClaimState(StrEnum):
    """What became of somebody's wish to have their money back."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


class Hindrance(StrEnum):
    """Why somebody cannot ask for a letter now."""

    NOT_OFFERED = "not_offered"
    NOT_YET = "not_yet"
    OVER = "over"
    NOT_PAID = "not_paid"
    VIRTUAL = "virtual"
    NO_MEMBER = "no_member"


@dataclass(frozen=True)
class Policy:
    """What a meeting has decided about letters for visas; without a decision, it offers none."""

    is_offered: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    members_only: bool = False
    review: Review = Review.ALWAYS
    countries: tuple[str, ...] = ()
    keep_days: int = 30
    refund_rule: RefundRule = RefundRule.NOTHING
    fee_minor: int = 0
    refund_until: date | None = None
    needs_refusal: bool = True
    version: int = 0


@dataclass(frozen=True)
class Standing:
    """Somebody's registration as far as a letter asks."""

    is_paid: bool
    is_in_person: bool
    is_member: bool


def hindrance(policy, standing, now):
    """Why no letter can be asked for now, or None."""
    checks = (
        (not policy.is_offered, Hindrance.NOT_OFFERED),
        (not standing.is_in_person, Hindrance.VIRTUAL),
        (not standing.is_paid, Hindrance.NOT_PAID),
        (policy.members_only and not standing.is_member, Hindrance.NO_MEMBER),
        (policy.opens_at is not None and now < policy.opens_at, Hindrance.NOT_YET),
        (policy.closes_at is not None and now >= policy.closes_at, Hindrance.OVER),
    )
    return next((reason for holds, reason in checks if holds), None)


def is_automatic(policy, nationality):
    """Whether a letter for this nationality is issued without anybody looking."""
    if policy.review == Review.ALWAYS:
        return False
    return (nationality in policy.countries) == (policy.review == Review.UNLISTED)


def purged_from(ends, keep_days, zone):
    """The instant from which passport data is deleted: so many days after the meeting's last day has ended there."""
    return datetime.combine(ends + timedelta(days=1 + keep_days), time(), tzinfo=zone)


def may_claim(policy, *, today):
    """Whether a refund for a refused visa can be asked for on a day of the meeting's zone."""
    if policy.refund_rule == RefundRule.NOTHING:
        return False
    return policy.refund_until is None or today <= policy.refund_until


def kept(policy, paid):
    """What the meeting keeps of `paid` when a visa was refused: never more than was paid."""
    if policy.refund_rule == RefundRule.NOTHING:
        return paid
    fee = policy.fee_minor if policy.refund_rule == RefundRule.LESS_FEE else 0
    return Money(min(fee, paid.minor), paid.currency)
