"""What a sold line keeps of the rules under which it was sold: enough to explain, check and settle it without today's rules."""

from dataclasses import replace

from conference.registration.pricing import rules
from conference.registration.pricing.rules import PriceDate
from conference.registration.rules import cheapest_cell


def frozen(priced, wish, prices, *, window, policy, submitted_at):
    """The quote whose registration line keeps the policy, until when its price may be paid, and what a member pays less."""
    line, *others = priced.lines
    until = rules.price_until(policy, window_ends=window.ends_at, submitted_at=submitted_at)
    kept = {
        **line.rule,
        **_policy(policy, line.rule["member"]),
        "submitted_at": submitted_at.isoformat(),
        "member_less_minor": _member_less(line, wish, prices, window),
        "price_until": until.isoformat() if until else None,
    }
    why = (*line.why, *_pay_by(policy, window, submitted_at, until))
    return replace(priced, lines=(replace(line, rule=kept, why=why), *others))


def _policy(policy, member):
    """Of the policy what can still matter after the sale: to members the day of the check, to others the days for a credit."""
    kept = {"policy": policy.version, "needs": str(policy.needs), "order_counts": policy.order_counts}
    if not member:
        return kept | {"credit_days": policy.credit_days}
    if policy.recheck_on is None:
        return kept
    check = {"recheck_on": policy.recheck_on.isoformat(), "lapse": str(policy.lapse)}
    return kept | check | {"grace_days": policy.grace_days}


def _member_less(line, wish, prices, window):
    """Minor units that a member paid less than others for this cell at the moment of sale, never below nothing."""
    member, other = (cheapest_cell(wish, prices, window.code, member=each) for each in (True, False))
    if member is None or other is None:
        return 0
    return max(other[1].minor - member[1].minor, 0)


def _pay_by(policy, window, submitted_at, until):
    """Why an earlier window still counts, and until when the price may be paid: only where the date decides."""
    if policy.price_date is PriceDate.GRACE and until > window.ends_at:
        yield "submitted", {"at": submitted_at.isoformat(), "name": window.name}
    if until is not None:
        yield "pay_by", {"until": until.isoformat()}
