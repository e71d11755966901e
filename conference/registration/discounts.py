"""What a code takes off a price, and whether it holds for somebody: pure decisions on values."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from conference.kernel import Money, Refusal

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{2,39}")


class Effect(StrEnum):
    """What a code does: a share off, an amount off, or all of it (a comp), which reports count apart."""

    PERCENT = "percent"
    AMOUNT = "amount"
    COMP = "comp"


class Scope(StrEnum):
    """Which lines of a registration a code is about. Membership dues are never reduced by a code of a meeting."""

    REGISTRATION = "registration"
    ADD_ON = "add_on"
    ALL = "all"


class NotRedeemable(Refusal):
    """This code holds for nobody, not for this person, not any more, or not for this choice."""

    def __init__(self, text):
        super().__init__(text, field="discount_code")


@dataclass(frozen=True)
class Discount:
    """A code as the quote needs it.

    `percent` is 1 to 100, `amount` is what is taken off at most; `category` and `add_on` are codes, empty for any; `email`
    is the only address for which it holds, empty for all. That of an invitation holds for the person `person_id`, covers the
    add-ons `also`, and says why (`because`); `waived` is why it does not ask what its category asks, `needs_cleared` that
    a proof must be cleared first.
    """

    code: str
    effect: Effect
    scope: Scope = Scope.REGISTRATION
    percent: int = 0
    amount: Money | None = None
    category: str = ""
    add_on: str = ""
    email: str = ""
    valid_until: datetime | None = None
    is_used_up: bool = False
    version: int = 1
    person_id: int | None = None
    also: tuple[str, ...] = ()
    because: str = ""
    waived: str = ""
    needs_cleared: bool = False


@dataclass(frozen=True)
class Redeemed:
    """A code that an order uses and what it takes off; `version` is what was priced, None when that was settled before.

    `is_invited`: it is that of an invitation, which opens its category although others cannot choose it.
    """

    code: str
    off: Money
    version: int | None = None
    is_invited: bool = False


def typed(text):
    """A code as it is kept: capitals without spaces; empty when no code can look like that."""
    code = "".join(text.split()).upper()
    return code if _CODE.fullmatch(code) else ""


def check(discount, *, email, now, person_id=None):
    """NotRedeemable unless the code holds for this person at this instant. Others' codes look like codes that are none."""
    if discount is None or not _is_theirs(discount, email, person_id):
        raise NotRedeemable(_l("This code is not valid for this meeting. Check it for a slip."))
    if discount.valid_until is not None and discount.valid_until <= now:
        raise NotRedeemable(_l("The code %(code)s was valid until a day that is over.", code=discount.code))
    if discount.is_used_up:
        raise NotRedeemable(used_up(discount.code))


def _is_theirs(discount, email, person_id):
    if discount.person_id is not None and discount.person_id != person_id:
        return False
    return not discount.email or discount.email.casefold() == email.casefold()


def used_up(code):
    """That nobody can use it any more."""
    return _l("The code %(code)s has been used as often as it may be.", code=code)


def changed(code):
    """That it does not do any more what was shown."""
    return _l("The code %(code)s was changed a moment ago. Check the price again.", code=code)


def reduced(lines, discount, *, category):
    """The quote's lines with what the code takes off; NotRedeemable when that is nothing of what was chosen.

    What is taken off a line is never more than its amount, and of a code over an amount never more than that in all. A line
    keeps its full price, the code and what was taken off in its rule. An invitation holds although there is nothing to take off.
    """
    if discount.category and discount.category != category:
        raise NotRedeemable(_other_category(discount))
    done = _reduced(lines, discount)
    if not discount.because and not taken_off(done, lines[0].amount.currency):
        raise NotRedeemable(_l("The code %(code)s takes nothing off what you have chosen.", code=discount.code))
    return done


def saving_left(lines, saving, discount):
    """What of a `saving` on the full price of the first line is left of it when the code takes its part of either price."""
    cheaper = replace(lines[0], amount=lines[0].amount - saving)
    paid, paid_then = (_reduced(each, discount) for each in (lines, (cheaper, *lines[1:])))
    currency = saving.currency
    return Money.total([line.amount for line in paid], currency) - Money.total(
        [line.amount for line in paid_then], currency
    )


def difference_left(full, rule):
    """What of the difference `full` between a dearer price and that of a sold line is left when its code takes its part of both."""
    match rule.get("effect"):
        case Effect.COMP:
            return Money(0, full.currency)
        case Effect.PERCENT:
            return full - share(full, rule["percent"])
        case Effect.AMOUNT:
            list_minor, most = rule["list_minor"], rule["most_minor"]
            dearer = list_minor + full.minor
            return Money((dearer - min(dearer, most)) - (list_minor - min(list_minor, most)), full.currency)
    return full


def off_of(full, rule):
    """What the code in a sold line's rule takes off another full price of the same thing; nothing without a code."""
    match rule.get("effect"):
        case Effect.COMP:
            return full
        case Effect.PERCENT:
            return share(full, rule["percent"])
        case Effect.AMOUNT:
            return min(full, Money(rule["most_minor"], full.currency))
    return Money(0, full.currency)


def taken_off(lines, currency):
    """What codes took off these lines, in all."""
    return Money(sum(line.rule.get("off_minor", 0) for line in lines), currency)


def _other_category(discount):
    if discount.because:
        return _l("Your invitation is for another category than the one you chose. Choose that, or leave it unused.")
    return _l("The code %(code)s is for another category.", code=discount.code)


def _reduced(lines, discount):
    left, done = discount.amount, list(lines)
    for number, line in enumerate(lines):
        if _is_about(discount, line):
            off = _off(discount, line.amount, left)
            done[number] = _with_less(line, discount, off, left)
            left = left - off if left is not None else None
    return tuple(done)


def _is_about(discount, line):
    if discount.scope == Scope.ALL or (line.kind == "add_on" and line.code in discount.also):
        return True
    if discount.scope == Scope.ADD_ON:
        return line.kind == "add_on" and discount.add_on in ("", line.code)
    return line.kind == "registration"


def _off(discount, amount, left):
    if discount.effect == Effect.COMP:
        return amount
    if discount.effect == Effect.PERCENT:
        return share(amount, discount.percent)
    return min(amount, left)


def share(amount, percent):
    """Rounded half up to what can be charged in its currency."""
    return amount.portion(percent, 100)


def _with_less(line, discount, off, left):
    code = {"code": discount.code, "effect": str(discount.effect), "percent": discount.percent}
    if discount.because:
        code["because"] = discount.because
    kept = {**line.rule, **code, "list_minor": line.amount.minor, "off_minor": off.minor}
    if left is not None:
        kept["most_minor"] = left.minor
    return replace(line, amount=line.amount - off, why=(*line.why, ("code", {**code, "off": off})), rule=kept)
