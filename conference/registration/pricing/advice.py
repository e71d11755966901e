"""What would make a price less, in order of what is left of it: pure decisions on values."""

from dataclasses import dataclass
from datetime import datetime

from conference.kernel import Money
from conference.registration.pricing import rules

MOST = 3  # of memberships: a list of all of them is no advice


@dataclass(frozen=True)
class Chance:
    """A membership that somebody could buy now: what it costs, and the Standing that it would give them."""

    type_code: str
    name: str
    kind: str
    costs: Money
    standing: object
    eligibility: str = ""


@dataclass(frozen=True)
class Way:
    """One way to pay less: what it costs, what it saves of this order, and whether it has to be done before the order."""

    chance: Chance
    saves: Money
    is_before: bool = False

    @property
    def costs(self):
        """What has to be paid for it."""
        return self.chance.costs

    @property
    def net(self):
        """What is left of the saving; below zero when it costs more than it saves."""
        return self.saves - self.costs


@dataclass(frozen=True)
class Rise:
    """When the price goes up, to how much, and by how much."""

    at: datetime
    name: str
    amount: Money
    more: Money


def ways(chances, *, saving, through, order_counts, own_type=""):
    """The Ways in which a membership would save money, the best first; somebody who was a member is shown their own type only.

    Amounts of another currency cannot be compared, and are left out.
    """
    if saving.minor <= 0:
        return ()
    found = [
        Way(each, saving, is_before=not order_counts)
        for each in chances
        if each.costs.currency == saving.currency and rules.suffices(each.standing, through)
    ]
    own = [each for each in found if each.chance.type_code == own_type]
    return tuple(sorted(own or found, key=lambda way: (way.costs.minor, way.chance.type_code))[:MOST])


def rise(amount, *, window, coming, then):
    """The Rise when the running `window` ends and `coming` begins, at which the same costs `then` (None: not sold); else None."""
    if coming is None or then is None or then.minor <= amount.minor:
        return None
    return Rise(window.ends_at, coming.name, then, then - amount)
