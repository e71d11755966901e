"""Who may register as what, and what a price that waits for a proof becomes: pure decisions on values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from conference.kernel import Money
from conference.registration.discounts import Effect, share

LEAST_TIME = timedelta(days=3)  # whoever is asked for another document gets at least that long


class Tier(StrEnum):
    """Income of a country, as the lists of development banks group it."""

    LOW = "low"
    LOWER_MIDDLE = "lower_middle"
    UPPER_MIDDLE = "upper_middle"
    HIGH = "high"


class ProofKind(StrEnum):
    """What is handed in to show that one belongs to a category."""

    LETTER = "letter"  # of a school or an advisor
    PRESS = "press"
    LICENCE = "licence"
    OTHER = "other"


class UntilCleared(StrEnum):
    """What somebody pays who has chosen a category before their proof is cleared: a setting of the meeting."""

    HIGHER = "higher_then_credit"
    LOWER = "lower_with_deadline"
    FIRST = "cleared_first"  # nothing is sold before


class ProofState(StrEnum):
    """What became of a document that was handed in."""

    WAITING = "waiting"
    CLEARED = "cleared"
    DECLINED = "declined"
    ASKED = "asked"  # for another one
    REPLACED = "replaced"  # by a later one of the same person


class ProvisionState(StrEnum):
    """What became of a price that waited for a proof."""

    OPEN = "open"
    KEPT = "kept"  # the price stands
    CREDITED = "credited"  # the difference went back
    ASKED = "asked"  # the balance is due
    PAID = "paid"
    UNPAID = "unpaid"  # the balance was not paid: staff decide
    WAIVED = "waived"
    MOOT = "moot"  # the line was taken back, or sold anew, meanwhile


class Outcome(StrEnum):
    """What is to be done now with a price that waits."""

    WAIT = "wait"
    KEEP = "keep"
    CREDIT = "credit"
    ASK = "ask"


@dataclass(frozen=True)
class Requirement:
    """What a category asks of a person; empty parts ask nothing. `proof` is a ProofKind or ""."""

    members_only: bool = False
    stages: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    proof: str = ""


@dataclass(frozen=True)
class Facts:
    """What is known of a person on the day `on`.

    `tier` comes from `country` by the list `tier_list` that is in force on that day; empty when the list does not name it.
    `cleared` maps a kind of proof to the last day on which it is good (None: without end).
    """

    on: date
    member: bool = False
    stage: str = ""
    country: str = ""
    tier: str = ""
    tier_list: str = ""
    cleared: Mapping[str, date | None] = field(default_factory=dict)


def against(requirement, facts):
    """Why a person may not choose a category, as (key, facts) pairs for words; empty when they may."""
    found = []
    if requirement.members_only and not facts.member:
        found.append(("members_only", {}))
    if requirement.stages and facts.stage not in requirement.stages:
        found.append(("stage", {"stages": sorted(requirement.stages), "stage": facts.stage}))
    if requirement.tiers and facts.tier not in requirement.tiers:
        about = {"tiers": sorted(requirement.tiers), "country": facts.country, "tier": facts.tier}
        found.append(("tier", {**about, "list": facts.tier_list}))
    return tuple(found)


def needs_proof(requirement, facts, *, until):
    """Whether a proof is still to be cleared, that would be good on the day `until` (the meeting's first)."""
    if not requirement.proof:
        return False
    if requirement.proof not in facts.cleared:
        return True
    last = facts.cleared[requirement.proof]
    return last is not None and last < until


def snapshot(requirement, facts):
    """What a sold line keeps of why its category was open to the person."""
    kept = {"members_only": requirement.members_only, "proof": requirement.proof}
    if requirement.stages:
        kept["stage"] = facts.stage
    if requirement.tiers:
        kept |= {"country": facts.country, "tier": facts.tier, "list": facts.tier_list}
    return kept


def deadline(*, placed_at, days, last_day, zone):
    """The instant by which a proof must be handed in: so many days after, at the day's end at the venue, not beyond `last_day`."""
    day = placed_at.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    day = min(day, last_day) if last_day else day
    ends = datetime.combine(day + timedelta(days=1), time(0), tzinfo=ZoneInfo(zone))
    return max(ends.astimezone(placed_at.tzinfo), placed_at)


def outcome(*, policy, proof, until, asked_at, now):
    """What is to be done with a price sold under `policy` whose newest proof is in state `proof` (None: none came).

    A proof that was handed in waits for staff however long they take; whoever was asked for another gets LEAST_TIME.
    """
    if proof == ProofState.CLEARED:
        return Outcome.CREDIT if policy == UntilCleared.HIGHER else Outcome.KEEP
    if proof == ProofState.WAITING:
        return Outcome.WAIT
    if proof == ProofState.DECLINED and policy == UntilCleared.LOWER:
        return Outcome.ASK
    last = max(until, asked_at + LEAST_TIME) if proof == ProofState.ASKED else until
    if now < last:
        return Outcome.WAIT
    return Outcome.ASK if policy == UntilCleared.LOWER else Outcome.KEEP


def with_code(list_price, rule):
    """(what a line costs of another list price with the code in its `rule`, what the code takes off)."""
    match rule.get("effect"):
        case Effect.COMP:
            off = list_price
        case Effect.PERCENT:
            off = share(list_price, rule["percent"])
        case Effect.AMOUNT:
            off = min(list_price, Money(rule["most_minor"], list_price.currency))
        case _:
            off = Money(0, list_price.currency)
    return list_price - off, off
