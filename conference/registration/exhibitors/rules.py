"""How many badges an exhibitor has free of charge, and what a name costs that is given late: decisions on plain values."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from flask_babel import gettext as _

from conference.kernel import Money, Refusal, clean_line, sheets

MOST = 500  # badges of one exhibitor, as many as a group has seats
HUNDREDTHS = 100  # an area is kept in hundredths of its unit
LARGEST_AREA = 1_000_000
COLUMNS = ("company", "email", "kind", "booths", "booth_count", "area")
NEEDED = ("company", "email")
MOST_ROWS = 2000
LONGEST = 300
_AREA = re.compile(r"[0-9]{1,7}([.,][0-9]{1,2})?")


class Basis(StrEnum):
    """What badges are counted by."""

    BOOTH = "per_booth"
    AREA = "per_area"


class Unit(StrEnum):
    """What an area is measured in."""

    SQUARE_METRE = "m2"
    SQUARE_FOOT = "ft2"


class Rounding(StrEnum):
    """What becomes of an area that is no multiple of the rule's: only whole ones count, each one begun does, or its share does."""

    WHOLE = "complete"
    BEGUN = "begun"
    SHARE = "in_share"  # of the badges, rounded half up


class Late(StrEnum):
    """What holds for names after the day until which they are to be given."""

    REFUSED = "no_more"
    FEE = "late_fee"


class LetterKind(StrEnum):
    """Letters to an exhibitor's contact: how to begin, and that names are still missing."""

    INVITATION = "invitation"
    REMINDER = "reminder"


@dataclass(frozen=True)
class Rule:
    """A booth kind's rule: `badges` for each booth, or for each `per_area` whole units of area; at least and at most so many."""

    basis: Basis
    badges: int
    per_area: int = 0
    unit: Unit = Unit.SQUARE_METRE
    rounding: Rounding = Rounding.WHOLE
    minimum: int = 0
    maximum: int | None = None


def allotment(rule, *, booths, area):
    """How many badges the rule gives for so many booths, or for an `area` in hundredths of its unit (None: not known, none by area)."""
    counted = rule.badges * booths if rule.basis is Basis.BOOTH else _by_area(rule, area or 0)
    most = MOST if rule.maximum is None else min(rule.maximum, MOST)
    return max(min(counted, most), min(rule.minimum, most))


def _by_area(rule, area):
    per = rule.per_area * HUNDREDTHS
    match rule.rounding:
        case Rounding.WHOLE:
            return rule.badges * (area // per)
        case Rounding.BEGUN:
            return rule.badges * -(-area // per)
        case Rounding.SHARE:
            return (2 * rule.badges * area + per) // (2 * per)


@dataclass(frozen=True)
class Names:
    """Until when names are given and changed free of charge, and what holds then; `fee` is None where it is refused."""

    until: datetime | None
    fee: Money | None = None

    def is_over(self, now):
        """Whether that day is past."""
        return self.until is not None and self.until <= now

    def fee_at(self, given_at):
        """What a name costs that is given at an instant; None when nothing."""
        return self.fee if self.fee and self.is_over(given_at) else None


@dataclass
class Row:
    """One line of a file of exhibitors, cleaned: `line` counts from 1 with the header."""

    line: int
    values: dict
    faults: list = field(default_factory=list)


def parse_area(text):
    """The hundredths that an area such as "27.5" has, None for an empty text; Refusal when it is none."""
    if not text:
        return None
    if not _AREA.fullmatch(text):
        raise Refusal(_("An area is a number such as 27.5."), field="area")
    whole, _point, rest = text.replace(",", ".").partition(".")
    found = int(whole) * HUNDREDTHS + int(rest.ljust(2, "0"))
    if found > LARGEST_AREA * HUNDREDTHS:
        raise Refusal(_("An area is %(most)s at most.", most=LARGEST_AREA), field="area")
    return found


def read_rows(text):
    """The rows of a CSV text as [Row]; Refusal when it is no CSV, the header is not ours, or there are too many."""
    table = sheets.read_csv(text).rows
    header = table[0].cells if table else []
    _check_header(header)
    if len(table) < 2:
        raise Refusal(_("There is no exhibitor in this file."), field="file")
    if len(table) > MOST_ROWS + 1:
        raise Refusal(_("The file has more than %(most)s rows.", most=MOST_ROWS), field="file")
    return [_row(each.line, header, each.cells) for each in table[1:]]


def _check_header(names):
    wrong = [name for name in NEEDED if name not in names] + [name or "–" for name in names if name not in COLUMNS]
    if wrong:
        words = {"columns": ", ".join(COLUMNS), "wrong": ", ".join(wrong)[:200]}
        text = _("The first line names these columns: %(columns)s. Missing or unknown: %(wrong)s", **words)
        raise Refusal(text, field="file")


def _row(line, header, cells):
    raw = dict(zip(header, cells, strict=False))
    row = Row(line, {name: clean_line(raw.get(name) or "") for name in COLUMNS})
    if len(cells) > len(header):
        row.faults.append(_("more values than columns"))
    for name, value in row.values.items():
        if len(value) > LONGEST:
            row.faults.append(_("%(name)s is longer than %(longest)s characters", name=name, longest=LONGEST))
    return row
