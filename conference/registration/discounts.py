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
    is the only address for which it holds, empty for all.
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


def typed(text):
    """A code as it is kept: capitals without spaces; empty when no code can look like that."""
    code = "".join(text.split()).upper()
    return code if _CODE.fullmatch(code) else ""


def check(discount, *, email, now):
    """NotRedeemable unless the code holds for this person at this instant. Others' codes look like codes that are none."""
    if discount is None or (discount.email and discount.email.casefold() != email.casefold()):
        raise NotRedeemable(_l("This code is not valid for this meeting. Check it for a slip."))
    if discount.valid_until is not None and discount.valid_until <= now:
        raise NotRedeemable(_l("The code %(code)s was valid until a day that is over.", code=discount.code))
    if discount.is_used_up:
        raise NotRedeemable(used_up(discount.code))


def used_up(code):
    """That nobody can use it any more."""
    return _l("The code %(code)s has been used as often as it may be.", code=code)


def reduced(lines, discount, *, category):
    """The quote's lines with what the code takes off; NotRedeemable when it is about nothing that was chosen.

    What is taken off a line is never more than its amount, and of a code over an amount never more than that in all. A line
    keeps its full price, the code and what was taken off in its rule.
    """
    if discount.category and discount.category != category:
        raise NotRedeemable(_l("The code %(code)s is for another category.", code=discount.code))
    about = [number for number, line in enumerate(lines) if _is_about(discount, line)]
    if not about:
        raise NotRedeemable(_l("The code %(code)s is for something that you have not chosen.", code=discount.code))
    left, done = discount.amount, list(lines)
    for number in about:
        off = _off(discount, lines[number].amount, left)
        left = left - off if left is not None else None
        done[number] = _with_less(lines[number], discount, off)
    return tuple(done)


def saving_left(line, saving, discount):
    """What of a `saving` on the full price of a line is left of it when the code takes its part of either price."""
    if not _is_about(discount, line):
        return saving
    cheaper = line.amount - saving
    return (line.amount - _off(discount, line.amount, discount.amount)) - (
        cheaper - _off(discount, cheaper, discount.amount)
    )


def difference_left(full, rule):
    """What of the difference `full` between two prices is left when the code of a sold line's rule took its part of either."""
    if rule.get("effect") == Effect.COMP:
        return Money(0, full.currency)
    return full - _share(full, rule["percent"]) if rule.get("effect") == Effect.PERCENT else full


def taken_off(lines, currency):
    """What codes took off these lines, in all."""
    return Money(sum(line.rule.get("off_minor", 0) for line in lines), currency)


def _is_about(discount, line):
    if discount.scope == Scope.ALL:
        return True
    if discount.scope == Scope.ADD_ON:
        return line.kind == "add_on" and discount.add_on in ("", line.code)
    return line.kind == "registration"


def _off(discount, amount, left):
    if discount.effect == Effect.COMP:
        return amount
    if discount.effect == Effect.PERCENT:
        return _share(amount, discount.percent)
    return min(amount, left)


def _share(amount, percent):
    """Rounded half up to the minor unit."""
    return Money((amount.minor * percent + 50) // 100, amount.currency)


def _with_less(line, discount, off):
    code = {"code": discount.code, "effect": str(discount.effect), "percent": discount.percent}
    kept = {**line.rule, **code, "list_minor": line.amount.minor, "off_minor": off.minor}
    return replace(line, amount=line.amount - off, why=(*line.why, ("code", {**code, "off": off})), rule=kept)
