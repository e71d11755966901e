"""What documents of money are made of: kinds, tax out of prices that were sold, numbers of a series. Values only.

A price that was sold stays what it is: it is the amount with tax, and the tax is taken out of it, never put upon it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ANY = ""  # any kind of line, any place
WHOLE = 10_000  # a hundred per cent, in hundredths of a percent
LONGEST_NUMBER = 40


class DocumentKind(StrEnum):
    """Invoices and credit notes have numbers without gaps; a pro-forma is no document of account and has none of them."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PRO_FORMA = "pro_forma"


class Category(StrEnum):
    """Categories of tax of EN 16931 (BT-118, BT-151; a part of UNTDID 5305)."""

    STANDARD = "S"
    ZERO = "Z"
    EXEMPT = "E"
    REVERSE = "AE"
    OUTSIDE = "O"


class Buyers(StrEnum):
    """Whom a rate is for."""

    ANYONE = "anyone"
    BUSINESS = "business"  # with a tax number
    ABROAD = "abroad"  # with a tax number, in another country than the seller


class Style(StrEnum):
    """How lines are shown: with the tax in them, or without it and the tax below. What is to be paid is the same."""

    INCLUSIVE = "inclusive"
    EXCLUSIVE = "exclusive"


@dataclass(frozen=True)
class Rate:
    """A rate of tax in hundredths of a percent, with its category and the sentence that the law wants beside it."""

    category: Category
    hundredths: int = 0
    note: str = ""

    @property
    def key(self):
        """What lines must have in common to be one sum of a document (BG-23)."""
        return (self.category, self.hundredths)


@dataclass(frozen=True)
class RateRow:
    """A Rate with what it is for: a kind of line, an item of it, a country, buyers, days. `ANY` kind, item or country fits all of them."""

    rate: Rate
    kind: str
    country: str
    buyers: Buyers
    starts: date
    ends: date | None
    item: str = ""

    def fits(self, *, kind, country, buyers, day, item=""):
        """Whether it holds for a line of this kind sold there on that day to one of these `buyers`."""
        holds = self.starts <= day and (self.ends is None or day <= self.ends)
        return (
            holds
            and self.kind in (ANY, kind)
            and self.item in (ANY, item)
            and self.country in (ANY, country)
            and self.buyers in buyers
        )

    @property
    def weight(self):
        """The more exactly it says what it is for, the greater; of two alike, the later one."""
        return (list(Buyers).index(self.buyers), self.item != ANY, self.country != ANY, self.kind != ANY, self.starts)


def rate_for(rows, *, kind, country, buyers, day, item=""):
    """The Rate of the row that fits best, or None."""
    fitting = [row for row in rows if row.fits(kind=kind, country=country, buyers=buyers, day=day, item=item)]
    return max(fitting, key=lambda row: row.weight).rate if fitting else None


def buyers_of(*, has_tax_id, country, seller_country):
    """Which kinds of Buyers somebody is."""
    if not has_tax_id:
        return {Buyers.ANYONE}
    is_abroad = bool(country) and country != seller_country
    return {Buyers.ANYONE, Buyers.BUSINESS} | ({Buyers.ABROAD} if is_abroad else set())


@dataclass(frozen=True)
class Group:
    """All lines of one rate: their amounts with tax and without, and the tax; minor units.

    `rounding` is what is missing of the amount with tax, when no amount without tax leads to it.
    """

    rate: Rate
    gross: int
    net: int
    tax: int

    @property
    def rounding(self):
        """gross − net − tax: −1, 0 or 1."""
        return self.gross - self.net - self.tax


@dataclass(frozen=True)
class Taxed:
    """The tax of a document: a net amount for each line in the order of the lines, a Group for each rate."""

    nets: tuple[int, ...]
    groups: tuple[Group, ...]

    def sum(self, name):
        """The sum of `gross`, `net`, `tax` or `rounding` over all rates."""
        return sum(getattr(group, name) for group in self.groups)


def taxed(lines):
    """The Taxed of [(amount with tax, Rate)].

    The tax of a rate is counted on the sum of its lines, not line by line (EN 16931, BR-CO-17): net × rate, halves away from
    zero. The net is the one whose amount with tax comes nearest to what was sold; what is then missing, a minor unit at most, is a
    rounding amount (BT-114). The lines share the net of their rate, so that they sum to it.
    """
    nets, groups, rates = [0] * len(lines), [], [rate for _gross, rate in lines]
    for key in dict.fromkeys(rate.key for rate in rates):
        places = [place for place, rate in enumerate(rates) if rate.key == key]
        rate, grosses = _one([rates[place] for place in places]), [lines[place][0] for place in places]
        group = _group(sum(grosses), rate)
        groups.append(group)
        for place, net in zip(places, shared(group.net, [net_of(each, rate) for each in grosses]), strict=True):
            nets[place] = net
    return Taxed(tuple(nets), tuple(groups))


def _one(rates):
    """The rate of lines that have one together, with all that is to be said beside it."""
    notes = dict.fromkeys(rate.note for rate in rates if rate.note)
    return Rate(rates[0].category, rates[0].hundredths, " ".join(notes))


def _group(gross, rate):
    net = net_of(gross, rate)
    return Group(rate, gross, net, tax_on(net, rate))


def net_of(gross, rate):
    """What an amount with tax is without it, in whole minor units, halves away from zero."""
    return _divided(gross * WHOLE, WHOLE + rate.hundredths)


def tax_on(net, rate):
    """The tax upon an amount without it, in whole minor units, halves away from zero."""
    return _divided(net * rate.hundredths, WHOLE)


def shared(whole, parts):
    """`parts` moved by as little as possible, the largest first, so that they sum to `whole`."""
    parts, missing = list(parts), whole - sum(parts)
    step = 1 if missing > 0 else -1
    largest = sorted(range(len(parts)), key=lambda place: (-abs(parts[place]), place))
    for turn in range(abs(missing)):
        parts[largest[turn % len(parts)]] += step
    return parts


def _divided(amount, divisor):
    """amount / divisor, halves away from zero, without floats."""
    whole = (abs(amount) * 2 + divisor) // (2 * divisor)
    return whole if amount >= 0 else -whole


def series_of(pattern, year):
    """The code of the series of a year: the pattern with the year in it; one without a year goes on for ever."""
    return pattern.replace("{year}", str(year))


def number_in(series, number, digits):
    """A number as it is printed: `number` with at least so many digits, in its place of the series."""
    return series.replace("{number}", f"{number:0{digits}d}")


def spelled(series, text):
    """The number that `text` says, with its letters as the series has them; None when it is none of the series."""
    before, _number, after = series.partition("{number}")
    digits = text[len(before) : len(text) - len(after)]
    number = f"{before}{digits}{after}"
    return number if digits.isascii() and digits.isdigit() and number.lower() == text.lower() else None


def is_pattern(text):
    """Whether `text` can be the pattern of numbers: `{number}` once, `{year}` at most once, else letters, digits, and - / . _ between."""
    rest = text.replace("{number}", "", 1).replace("{year}", "", 1)
    plain = all(each.isascii() and (each.isalnum() or each in "-/._") for each in rest)
    return "{number}" in text and plain and len(text) <= LONGEST_NUMBER
