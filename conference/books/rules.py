"""Double entry and recognition, on plain values: which accounts a booking touches, and when what was sold becomes revenue.

Amounts are in minor units, debits above zero and credits below: what one booking posts sums to zero in each currency.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from conference.payments import EntryKind, Provider, payouts


class Role(StrEnum):
    """What an account is for; its number and name are settings."""

    CUSTOMERS = "customers"  # a liability, and a claim when it is below zero: every order's account
    CARD = "card"  # clearing: money at Stripe
    BANK = "bank"  # clearing: money that came by transfer, or at the desk
    TRANSIT = "transit"  # on its way from Stripe to the bank, until a bank line shows it
    DEFERRED = "deferred"  # sold, and not delivered yet
    REVENUE = "revenue"
    TAX = "tax"  # a liability: owed to the state by what documents say
    FEES = "fees"  # kept when something was taken back
    GOODWILL = "goodwill"
    WRITTEN_OFF = "written_off"
    STRIPE_FEES = "stripe_fees"
    EXCHANGE = "exchange"  # Stripe changes money into the currency of its balance
    SUSPENSE = "suspense"  # rows of Stripe's balance that somebody must explain


class Posting(NamedTuple):
    """One side of a booking: debit above zero, credit below; `is_other` when it stands on the order that a transfer came from."""

    role: Role
    minor: int
    currency: str
    is_other: bool = False


class Movement(NamedTuple):
    """What counts of a row of Stripe's balance, or the sums of several that are alike."""

    category: str
    amount: int
    fee: int
    currency: str
    source_minor: int
    source_currency: str


# Against the order's account; of payments and refunds it is the clearing account of whoever carried the money.
_COUNTER = {
    EntryKind.SALE: Role.DEFERRED,
    EntryKind.REVERSAL: Role.DEFERRED,
    EntryKind.FEE: Role.FEES,
    EntryKind.GOODWILL: Role.GOODWILL,
    EntryKind.WRITE_OFF: Role.WRITTEN_OFF,
    EntryKind.DISPUTE: Role.CARD,  # only cards and direct debits are disputed
}
_MONEY = (EntryKind.PAYMENT, EntryKind.REFUND)
SOLD = (EntryKind.SALE, EntryKind.REVERSAL)

# The money of these rows is booked by the ledger: here it is only their fee.
BOOKED_BY_LEDGER = ("charge", "charge_failure", "refund", "refund_failure", "dispute", "dispute_reversal")
_OF_CATEGORY = {
    "fee": Role.STRIPE_FEES,
    "network_cost": Role.STRIPE_FEES,
    "tax": Role.STRIPE_FEES,
    **dict.fromkeys(payouts.SENT, Role.TRANSIT),
}
NAMED = tuple(_OF_CATEGORY)


def counter_role(kind, provider):
    """The account against which an entry of the ledger is booked. KeyError for a kind that the books do not know."""
    if kind in _MONEY:
        return Role.CARD if provider == Provider.STRIPE else Role.BANK
    return Role.CUSTOMERS if kind == EntryKind.TRANSFER else _COUNTER[EntryKind(kind)]


def category_role(category):
    """The account against which Stripe's balance moves in rows of this category; None when the ledger has booked it."""
    return None if category in BOOKED_BY_LEDGER else _OF_CATEGORY.get(category, Role.SUSPENSE)


def of_entry(kind, minor, currency, provider=None):
    """[Posting] of one entry of the ledger, or of several of the same sign together.

    What is carried between orders is written twice, and booked once: with the entry of the order that it comes to.
    """
    if kind == EntryKind.TRANSFER and minor < 0:
        return []
    counter = Posting(counter_role(kind, provider), minor, currency, kind == EntryKind.TRANSFER)
    return [counter, Posting(Role.CUSTOMERS, -minor, currency)] if minor else []


def at_once(sold_minor, currency):
    """[Posting] of what is revenue as soon as it is sold; `sold_minor` is below zero for what was taken back."""
    return _pair(Role.DEFERRED, Role.REVENUE, sold_minor, currency)


def of_tax(minor, currency, against):
    """[Posting] of the tax of a document, below zero when it is credited: amounts were sold with it, so it comes out of `against`."""
    return _pair(against, Role.TAX, minor, currency)


def taxed_role(is_fee, is_at_once):
    """The account out of which the tax of a document comes: where that stands by then of which it is the tax."""
    if is_fee:
        return Role.FEES
    return Role.REVENUE if is_at_once else Role.DEFERRED


def of_clearing(minor, currency):
    """[Posting] of money of a payout that a bank has shown, below zero when it went back: it is not on its way any more."""
    return _pair(Role.BANK, Role.TRANSIT, minor, currency)


def of_movement(row):
    """[Posting] of one row of Stripe's balance (a Movement): its fee, what changed into another currency, and what no order knows of."""
    role = category_role(row.category)
    if role is not None:
        moved = _pair(Role.CARD, role, row.amount, row.currency)
    elif row.currency != row.source_currency:
        moved = [
            *_pair(Role.EXCHANGE, Role.CARD, row.source_minor, row.source_currency),
            *_pair(Role.CARD, Role.EXCHANGE, row.amount, row.currency),
        ]
    else:
        moved = []
    return [*moved, *_pair(Role.STRIPE_FEES, Role.CARD, row.fee, row.currency)]


def _pair(debit, credit, minor, currency):
    return [Posting(debit, minor, currency), Posting(credit, -minor, currency)] if minor else []


# For life is over ten years, day by day: as long as a society may plan, and the same for everybody.
LIFE_YEARS = 10


class Term(NamedTuple):
    """The first and the last day over which a term of membership is delivered."""

    starts: date
    ends: date

    @property
    def days(self):
        """How many there are."""
        return (self.ends - self.starts).days + 1

    def gone(self, day):
        """How many are over at the end of `day`."""
        return min(max((day - self.starts).days + 1, 0), self.days)


def term_of(scope):
    """The Term that a scope such as "term:2027-01-01/2027-12-31" names; None when it names none. A term without an end is for life."""
    kind, _colon, days = (scope or "").partition(":")
    first, slash, last = days.partition("/")
    if kind != "term" or not slash:
        return None
    try:
        starts = date.fromisoformat(first)
        found = Term(starts, date.fromisoformat(last) if last else _after_life(starts))
    except ValueError:
        return None
    return found if found.starts <= found.ends else None


def is_at_once(scope, at, delivered):
    """Whether what was booked at an instant for `scope` is revenue at once: for a meeting whose last day has begun, or for nothing that is known.

    `delivered` is {scope of a meeting: when its last day begins}.
    """
    if scope in delivered:
        return at >= delivered[scope]
    return term_of(scope) is None


def recognised(scope, sold_minor, *, until, day, delivered):
    """How much of what was sold for `scope` before the instant `until` is revenue by then; `day` is the last one before it.

    A meeting on its last day, a term by its days: rounded down in sum, so that the last day brings whatever was left over.
    """
    if scope in delivered:
        return sold_minor if until > delivered[scope] else 0
    term = term_of(scope)
    return sold_minor if term is None else sold_minor * term.gone(day) // term.days


def _after_life(starts):
    """The last of ten years of days; 29 February has no namesake in most years."""
    day = min(starts.day, 28) if starts.month == 2 else starts.day
    return date.fromordinal(starts.replace(year=starts.year + LIFE_YEARS, day=day).toordinal() - 1)
