"""A quote made to fit what its category asks: refused, explained, or sold at a price that waits for a proof."""

from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from conference import membership
from conference.kernel import Money
from conference.registration import queries as catalogue
from conference.registration.eligibility import queries, words
from conference.registration.eligibility.rules import (
    Facts,
    UntilCleared,
    against,
    deadline,
    needs_proof,
    snapshot,
)
from conference.registration.rules import NotForThem, NotSold, cheapest_cell


@dataclass(frozen=True)
class Buyer:
    """Who buys, when, and with which dues in the same order; `waived` is why the office does not ask what the category asks.

    `needs_cleared`: no price waits for a proof, which must be cleared before.
    """

    person: Any
    meeting: Any
    now: Any
    dues: Any = None
    waived: str = ""
    needs_cleared: bool = False


def closed_to(person, meeting, today):
    """({category code: why this person may not choose it}, {category key: what it asks}) of a meeting."""
    asked = queries.requirements_of(meeting)
    if not asked or person is None:
        return {}, asked
    facts = queries.facts_of(person, today=today)
    found = {}
    for category in catalogue.categories_of(meeting, all_of_them=True):
        if category.id in asked:
            reasons = against(queries.as_requirement(asked[category.id]), facts)
            found[category.code] = words.refusal(reasons)
    return {code: text for code, text in found.items() if text}, asked


def check(category, person, *, today, dues=None):
    """NotSold in words, at the field, when the person may not choose a category."""
    row = queries.requirement_of(category)
    if row is not None:
        _refuse(queries.as_requirement(row), queries.facts_of(person, today=today, dues=dues))


def fitted(priced, wish, row, window, buyer):
    """The quote with what eligibility has to say of its registration line; NotSold when the category is not open to the buyer.

    `row` is what the category asks (queries.requirement_of), None when it asks nothing.
    """
    if row is None:
        return priced
    if buyer.waived:
        return _explained(priced, {"waived": buyer.waived}, [("fit_waived", {"reason": buyer.waived})])
    requirement = queries.as_requirement(row)
    facts = queries.facts_of(buyer.person, today=membership.local_day(buyer.now), dues=buyer.dues)
    _refuse(requirement, facts)
    waits = needs_proof(requirement, facts, until=buyer.meeting.starts)
    priced = _explained(priced, snapshot(requirement, facts), _reasons(requirement, facts, waits))
    return _waiting(priced, wish, row, facts, window, buyer) if waits else priced


def _refuse(requirement, facts):
    reasons = against(requirement, facts)
    if reasons:
        raise NotForThem(words.refusal(reasons), field="category")


def _reasons(requirement, facts, waits):
    if requirement.tiers:
        yield "fit_tier", {"country": facts.country, "tier": facts.tier, "list": facts.tier_list}
    if requirement.stages:
        yield "fit_stage", {"stage": facts.stage}
    if requirement.proof and not waits:
        yield "fit_proof", {"proof": requirement.proof}


def _explained(priced, kept, reasons):
    line, *others = priced.lines
    line = replace(line, why=(*line.why, *reasons), rule={**line.rule, "eligibility": kept})
    return priced.with_lines((line, *others), saving=priced.saving)


def _waiting(priced, wish, row, facts: Facts, window, buyer):
    """The quote at the price that the meeting's policy names until the proof is cleared."""
    policy, line = queries.policy_of(buyer.meeting), priced.lines[0]
    if buyer.needs_cleared or policy.until_cleared == UntilCleared.FIRST or row.fallback is None:
        raise NotForThem(
            _("%(kind)s: hand it in first. You can register as soon as it is cleared.", kind=words.PROOFS[row.proof]),
            field="proof",
        )
    high = _fallback_cell(wish, row, facts, window, buyer)
    if high[1] <= line.amount:
        return priced  # others pay no more: nothing hangs on the proof
    is_higher = policy.until_cleared == UntilCleared.HIGHER
    pending = {
        "policy": str(policy.until_cleared),
        "kind": row.proof,
        "fallback": row.fallback.code,
        "other_minor": line.amount.minor if is_higher else high[1].minor,
        "until": _until(policy, buyer, is_higher).isoformat(),
        "pay_days": policy.pay_days,
        "said_at": len(line.why),
    }
    return _higher(priced, pending, row, high) if is_higher else _lower(priced, pending, high)


def _fallback_cell(wish, row, facts, window, buyer):
    prices = catalogue.prices_of(buyer.meeting, category=row.fallback, window=window)
    found = cheapest_cell(replace(wish, category=row.fallback.code), prices, window.code, member=facts.member)
    if found is None:
        raise NotSold(
            _(
                "This combination is sold once your proof is cleared (%(kind)s). Hand it in first, or choose another combination.",
                kind=words.PROOFS[row.proof],
            ),
            field="proof",
        )
    return found


def _until(policy, buyer, is_higher):
    """By when the proof counts: a credit may come until the last day, a lower price is held for some days only."""
    meeting = buyer.meeting
    last_day = policy.last_day or meeting.ends
    days = (last_day - buyer.now.date()).days + 1 if is_higher else policy.hand_in_days
    return deadline(placed_at=buyer.now, days=max(days, 0), last_day=last_day, zone=meeting.timezone)


def _higher(priced, pending, row, high):
    cell, amount = high
    line, *others = priced.lines
    pending = {**pending, "member_less_minor": line.rule.get("member_less_minor", 0)}
    priced_as = {"member": cell.member, "priced_as": cell.category, "member_less_minor": 0}
    rule = {**line.rule, **priced_as, "pending": pending}
    why = (*line.why, ("fit_higher", {"fallback": row.fallback.name}))
    line = replace(line, amount=amount, why=why, rule=rule)
    return priced.with_lines((line, *others), saving=Money(0, amount.currency))


def _lower(priced, pending, high):
    line, *others = priced.lines
    why = (*line.why, ("fit_lower", {"until": pending["until"], "other": high[1]}))
    line = replace(line, why=why, rule={**line.rule, "pending": pending})
    return priced.with_lines((line, *others), saving=priced.saving)
