"""What a letter needs of a passport, and what cannot be right in it: pure decisions on values."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum

# ICAO Doc 9303 part 3 has nine places for the number in the machine-readable zone; longer ones exist, and travel documents too.
_NUMBER = re.compile(r"[A-Z0-9]{5,20}")
_BETWEEN = re.compile(r"[\s\-./]+")
OLDEST = 120  # years
AROUND = timedelta(
    days=60
)  # a stay lies so near to the meeting: the letter speaks of the meeting, not of a year abroad
SHOWN = 3  # letters of a number by which its owner knows it again


class Fault(StrEnum):
    """What cannot be right in what was typed."""

    NO_NUMBER = "no_number"
    NOT_BORN = "not_born"
    TOO_OLD = "too_old"
    EXPIRED = "expired"
    EXPIRES_FIRST = "expires_first"
    LEAVES_FIRST = "leaves_first"
    MISSES = "misses"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Passport:
    """A person as their passport has them, where they apply, and how long they stay."""

    name: str
    number: str
    nationality: str
    birth_date: date
    expires_on: date
    consulate: str
    arrives: date
    leaves: date

    def packed(self):
        """As text, to be sealed."""
        return json.dumps(asdict(self), default=date.isoformat, ensure_ascii=False)


def unpacked(text):
    """The Passport that was packed."""
    found: dict = json.loads(text)
    for name in ("birth_date", "expires_on", "arrives", "leaves"):
        found[name] = date.fromisoformat(found[name])
    return Passport(**found)


def normal_number(text):
    """A number as passports print it: capitals and digits without what people put between them."""
    return _BETWEEN.sub("", text).upper()


def masked(number):
    """A number of which only the end can be read."""
    return "•" * (len(number) - SHOWN) + number[-SHOWN:]


def faults(passport, *, starts, ends, today) -> Iterator[tuple[str, Fault]]:
    """(field, Fault) of everything that cannot be right for a meeting from `starts` to `ends`."""
    if not _NUMBER.fullmatch(passport.number):
        yield "number", Fault.NO_NUMBER
    if passport.birth_date >= today:
        yield "birth_date", Fault.NOT_BORN
    elif passport.birth_date.year < today.year - OLDEST:
        yield "birth_date", Fault.TOO_OLD
    if passport.expires_on <= today:
        yield "expires_on", Fault.EXPIRED
    elif passport.expires_on < passport.leaves:
        yield "expires_on", Fault.EXPIRES_FIRST
    yield from _faults_of_stay(passport, starts, ends)


def _faults_of_stay(passport, starts, ends):
    if passport.leaves < passport.arrives:
        yield "leaves", Fault.LEAVES_FIRST
    elif passport.arrives > ends or passport.leaves < starts:
        yield "arrives", Fault.MISSES
    elif passport.arrives < starts - AROUND or passport.leaves > ends + AROUND:
        yield "arrives", Fault.TOO_LONG
