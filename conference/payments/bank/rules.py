"""What statements of a bank mean, decided on values: references, what a line is about, which order it may pay."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from stdnum import iso11649
from stdnum.iso7064 import mod_97_10

from conference.kernel import is_ref
from conference.payments.rules import OrderState

LENGTH = 10  # of an order's reference
FEWEST_LETTERS = 4  # of a number of a purchase order or an invoice that is looked for anywhere in a text
FEWEST_OF_PAYOUT = 6  # letters of what names a payout
LONGEST_TEXT = 2000  # of what a line says; banks send 140 characters, some 390
_CREDITOR = re.compile(rf"RF[0-9]{{2}}([0-9A-Z]{{{LENGTH}}})")
_NOT_ALNUM = re.compile(r"[^0-9A-Z]")
_NO_REFERENCE = {"", "NONREF", "NOTPROVIDED", "NOTAVAILABLE", "NA", "NONE"}


class LineState(StrEnum):
    """Where a line of a statement stands. Only OPEN waits for somebody."""

    OPEN = "open"  # money that came, or a booking that was reversed, of which nobody knows yet what it is for
    MATCHED = "matched"  # all of it pays orders, or was sent back
    IGNORED = "ignored"  # not ours to book: somebody said why
    REVERSED = "reversed"  # the bank took it back, or it is what took another back
    OUT = "out"  # money that went out, and nobody has said what for
    PAYOUT = "payout"  # a payout of Stripe's that arrived, or that the bank sent back
    SENT = "sent"  # money that went out, and was booked as sent back


class CounterpartKind(StrEnum):
    """What a line that pays no order is the other side of."""

    PAYOUT = "payout"  # a payout of Stripe's that arrives
    PAYOUT_BACK = "payout_back"  # a payout that the bank sends back to Stripe
    RETURNED = "returned"  # money of another line that was sent back
    REFUND = "refund"  # a refund that was sent by hand


class Why(StrEnum):
    """Why an open line was not booked by itself: what stands in its way, or what is only likely."""

    EXACT = "exact"  # reference, amount and currency agree
    NEAR = "near"  # the amount agrees, the reference but for a slip
    LIKELY = "likely"  # no reference, but amount, name or purchase order
    PART = "part"  # less than is due
    OVER = "over"  # more than is due
    PAID = "paid"  # the order that it names was settled before, or its money sent back
    LAPSED = "lapsed"  # the order that it names was given up: its places may be gone
    FULL = "full"  # paid, but a place is gone
    CURRENCY = "currency"  # not the order's currency
    REVERSAL = "reversal"  # a reversed booking whose original is not known for sure
    NOTHING = "nothing"  # fits nothing


@dataclass(frozen=True)
class Booking:
    """One booking as a file tells it; `minor` is signed (more than zero came in), `number` its line or entry in the file."""

    number: int
    booked_on: date
    minor: int
    currency: str
    text: str = ""
    name: str = ""
    iban: str = ""
    bank_ref: str = ""
    is_reversal: bool = False

    @property
    def is_told_apart(self):
        """Whether the bank's own reference tells it from another one that looks the same."""
        return normal(self.bank_ref) not in _NO_REFERENCE

    @property
    def said(self):
        """All by which it is known again, as text."""
        ref = normal(self.bank_ref) if self.is_told_apart else ""
        facts = (self.booked_on.isoformat(), self.minor, self.currency, self.is_reversal, ref, normal(self.iban))
        return "|".join(map(str, (*facts, normal(self.name), normal(self.text))))


@dataclass(frozen=True)
class Odd:
    """A line of a file that was not read, or to be looked at, and why."""

    number: int
    reason: str


@dataclass
class Contents:
    """What a file says: its bookings, the balances before and after them (minor units; None where it has none), what is odd."""

    format: str
    currency: str
    iban: str = ""
    opening: int | None = None
    closing: int | None = None
    bookings: list = field(default_factory=list)
    odd: list = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Candidate:
    """An order that a line may pay; `due` is what is still missing in minor units, `names` the folded words of who pays."""

    order_id: int
    ref: str
    state: str
    currency: str
    due: int
    names: frozenset = frozenset()
    institution: frozenset = frozenset()
    numbers: tuple = ()  # of purchase orders and invoices, normal


@dataclass(frozen=True)
class Suggestion:
    """An order that a line may pay, how sure that is (0 to 100), what speaks for it, and what is to be known of it."""

    order_id: int
    score: int
    why: Why
    hints: tuple = ()


def normal(text):
    """Capitals and digits alone: what is left of a reference however it is typed."""
    return _NOT_ALNUM.sub("", text.upper())


def payout_hints(line, payout):
    """What speaks for a line being a payout of the same amount: the payout's `id` or `trace` at the bank, its `descriptor`, Stripe's `name`."""
    said, hints = normal(f"{line.text} {line.name} {line.bank_ref}"), ["amount"]
    for hint, told in (("id", payout.payout_id), ("trace", payout.trace), ("descriptor", payout.descriptor)):
        if len(normal(told)) >= FEWEST_OF_PAYOUT and normal(told) in said:
            hints.append(hint)
    return tuple(hints + (["name"] if "STRIPE" in said else []))


def creditor_reference(ref):
    """The ISO 11649 creditor reference of an order's reference: RF, two check digits, the reference."""
    return f"RF{mod_97_10.calc_check_digits(ref + 'RF')}{ref}"


def refs_said(text):
    """References of orders that a text may be, however it is typed: as it stands, and what a creditor reference has behind its check digits."""
    said = normal(text)
    inside = _CREDITOR.fullmatch(said)
    return [each for each in (said, inside and inside[1]) if each and is_ref(each)]


def printed(reference):
    """A creditor reference in groups of four, as ISO 11649 has it written."""
    return iso11649.format(reference)


def occurrences(bookings):
    """[(booking, how many that say the same stood before it in the file, counted from 1)]."""
    seen: dict = {}
    for each in bookings:
        seen[each.said] = seen.get(each.said, 0) + 1
        yield each, seen[each.said]


def without_doubles(contents):
    """(bookings, those left out as they stand in the file twice under the bank's own reference).

    Where the balances say that all of them happened, all of them did.
    """
    if contents.opening is not None and _adds_up(contents, contents.bookings):
        return contents.bookings, []
    kept = [each for each, nth in occurrences(contents.bookings) if nth == 1 or not each.is_told_apart]
    left_out = [each for each, nth in occurrences(contents.bookings) if nth > 1 and each.is_told_apart]
    return kept, left_out


def missing(contents, bookings):
    """Minor units by which opening balance and bookings differ from the closing balance; zero without balances."""
    if contents.opening is None or contents.closing is None:
        return 0
    return contents.closing - contents.opening - sum(each.minor for each in bookings)


def why_of(candidate, *, minor, currency, is_exact, is_near):
    """What is to be known before money of a line is given to an order."""
    if currency != candidate.currency:
        return Why.CURRENCY
    if candidate.state == OrderState.RETURNED or (candidate.state == OrderState.PAID and candidate.due <= 0):
        return Why.PAID
    if candidate.state == OrderState.LAPSED:
        return Why.LAPSED
    if minor != candidate.due:
        return Why.PART if minor < candidate.due else Why.OVER
    return Why.EXACT if is_exact else Why.NEAR if is_near else Why.LIKELY


def _adds_up(contents, bookings):
    return missing(contents, bookings) == 0
