"""What may be changed until when, and what that costs: pure decisions on values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from conference.kernel import Money


class Kind(StrEnum):
    """What happens to a registration that stands."""

    SWITCH = "switch"  # another category, other days, another way to take part
    ADD = "add"
    DROP = "drop"
    SUBSTITUTE = "substitute"
    CANCEL = "cancel"
    REPRICE = "reprice"  # the same at another price: never asked for by the person


# What people do themselves, in the order in which tables and pages show it.
ASKED = (Kind.SWITCH, Kind.ADD, Kind.DROP, Kind.SUBSTITUTE, Kind.CANCEL)


class ChangeState(StrEnum):
    """A change's life: OPEN holds its places until its order is paid; LAPSED is done after all when money still comes."""

    OPEN = "open"
    DONE = "done"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Step:
    """Until an instant, one kind of change costs a share of what was paid, or an amount, and `minimum` at least.

    `category` is the code of the only category that it is for, empty for all that have no steps of their own. `percent` is 0 to 100.
    """

    kind: Kind
    until: datetime
    percent: int = 0
    amount: Money | None = None
    minimum: Money | None = None
    category: str = ""


@dataclass(frozen=True)
class Difference:
    """What a wish changes of a registration: whether its ticket is another one, and codes of add-ons added and dropped."""

    is_switch: bool
    added: tuple[str, ...]
    dropped: tuple[str, ...]

    @property
    def kinds(self):
        """The kinds of change it is made of."""
        found = [(self.is_switch, Kind.SWITCH), (self.added, Kind.ADD), (self.dropped, Kind.DROP)]
        return tuple(kind for holds, kind in found if holds)


def step_for(steps: Iterable[Step], kind, *, category, now):
    """The step that holds now for a kind of change in a category, or None when it is over, or was never offered.

    A category with steps of its own for this kind has none of the general ones.
    """
    return next(iter(standing_steps(steps, kind, category=category, now=now)), None)


def standing_steps(steps, kind, *, category, now=None):
    """The steps of one kind for a category, the next to end first; those that are over are left out when `now` is given."""
    of_kind = [step for step in steps if step.kind == kind and step.category in ("", category)]
    own = [step for step in of_kind if step.category == category]
    return sorted((step for step in own or of_kind if now is None or now < step.until), key=lambda step: step.until)


def fee(step, paid):
    """What the change costs, as Money of the currency of `paid`: rounded half up to what can be charged, and at least the minimum."""
    due = paid.portion(step.percent, 100) + (step.amount or Money(0, paid.currency))
    return max(due, step.minimum or Money(0, paid.currency), key=lambda money: money.minor)


def kept(step, paid):
    """What is kept of something that ends: its fee, and never more than was paid for it."""
    return min(fee(step, paid), paid, key=lambda money: money.minor)


def difference(before, after):
    """The Difference between two wishes (Wish) of one registration."""
    return Difference(
        is_switch=(before.category, before.span, before.mode) != (after.category, after.span, after.mode),
        added=tuple(code for code in after.extras if code not in before.extras),
        dropped=tuple(code for code in before.extras if code not in after.extras),
    )


def split(ended, sold):
    """(credit, due, refund) minor units when lines over `ended` in all give way to lines over `sold` in all.

    What was paid pays first; the rest is due, or goes back: credit + due = sold, credit + refund = ended.
    """
    credit = min(ended, sold)
    return credit, sold - credit, ended - credit
