"""What a registration costs and why, which states follow which: pure decisions on values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from conference.kernel import Money, Refusal

WHOLE = "whole"


class Mode(StrEnum):
    """How somebody takes part."""

    IN_PERSON = "in_person"
    VIRTUAL = "virtual"


class CategoryKind(StrEnum):
    """Whom a category is for, which never changes."""

    ATTENDEE = "attendee"  # who registers themselves, or is registered under their own address
    GUEST = "guest"  # who comes along with an attendee, known by name


class State(StrEnum):
    """A registration's life; DRAFT may be left and taken up again at will."""

    DRAFT = "draft"
    HELD = "held"  # an order holds its places until it is paid or lapses
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class NotSold(Refusal):
    """This combination of category, days and mode has no price: it is not sold."""


class NotForThem(NotSold):
    """The category asks what this person has not got; the text tells of them, and is for them alone."""


class SoldOut(Refusal):
    """No place is left."""


@dataclass(frozen=True)
class Cell:
    """The key of one price: category code x window code x member or not x span x mode.

    `span` is WHOLE or a day of the meeting as YYYY-MM-DD.
    """

    category: str
    window: str
    member: bool
    span: str
    mode: str


@dataclass(frozen=True)
class Extra:
    """An add-on as the quote needs it, at what it costs the ticket's category in the window.

    `day` is the day of the meeting on which it begins (YYYY-MM-DD), empty when it is on none. `by_category`: whether the amount
    holds for that category and window rather than for everybody.
    """

    id: int
    code: str
    title: str
    amount: Money
    day: str = ""
    by_category: bool = False


@dataclass(frozen=True)
class Standing:
    """Whether the member price holds, and by which fact: `reason` is a key of words.WHY with its `facts`."""

    member: bool
    reason: str = "not_member"
    facts: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Wish:
    """What somebody would like: codes of category and add-ons, span and mode."""

    category: str
    span: str = WHOLE
    mode: str = Mode.IN_PERSON
    extras: tuple[str, ...] = ()


@dataclass(frozen=True)
class QuoteLine:
    """One priced thing: `why` holds (key, facts) pairs that words.py says in the reader's language."""

    kind: str
    code: str
    amount: Money
    why: tuple[tuple[str, dict], ...]
    rule: dict


@dataclass(frozen=True)
class Quote:
    """Lines and their sum; `saving` is what the member price would take off, zero when it already holds."""

    lines: tuple[QuoteLine, ...]
    total: Money
    saving: Money

    def with_lines(self, lines, *, saving):
        """The same quote over other lines."""
        total = Money.total([each.amount for each in lines], self.total.currency)
        return replace(self, lines=lines, total=total, saving=saving)


def quote(wish, *, prices: Mapping[Cell, Money], extras: Mapping[str, Extra], window, standing, currency):
    """The price of `wish` in `window` (code, name, ends_at), with the reason of every amount. NotSold, or Refusal."""
    if window is None:
        raise Refusal(_l("Registration for this meeting is closed"))
    line = _registration_line(wish, prices, window, standing)
    others = extra_lines(wish, extras, window)
    total = Money.total([each.amount for each in (line, *others)], currency)
    return Quote(lines=(line, *others), total=total, saving=_saving(wish, prices, window, line))


def extra_lines(wish, extras, window):
    """The lines of the add-ons that are wished for, in their order; NotSold where one cannot be had with this ticket."""
    return tuple(_extra_line(wish, extras, code, window) for code in dict.fromkeys(wish.extras))


def cheapest_cell(wish, prices, window_code, *, member):
    """(cell, amount) that holds for this person, or None when it is not sold. A member without a member price pays the other."""
    for as_member in (True, False) if member else (False,):
        cell = Cell(wish.category, window_code, as_member, wish.span, wish.mode)
        if cell in prices:
            return cell, prices[cell]
    return None


def spans_of(starts: date, ends: date):
    """WHOLE and every day of the meeting, as texts."""
    days = [date.fromordinal(number) for number in range(starts.toordinal(), ends.toordinal() + 1)]
    return [WHOLE, *(day.isoformat() for day in days)]


def day_at(meeting, instant):
    """The day of the meeting (YYYY-MM-DD, at the venue) on which something begins; empty before, after, or without a time."""
    day = instant.astimezone(meeting.zone).date() if instant else None
    return day.isoformat() if day and meeting.starts <= day <= meeting.ends else ""


def is_covered(day, span):
    """Whether a ticket for `span` admits to something on `day` of the meeting; what is on none of its days is open to all."""
    return span == WHOLE or day in ("", span)


def check_day(title, day, span):
    """NotSold when something on `day` of the meeting is not covered by a ticket for `span`."""
    if not is_covered(day, span):
        text = _l(
            "%(title)s is on another day than your ticket: choose the whole meeting, or leave it out.", title=title
        )
        raise NotSold(text, field="extras")


def clashes(chosen):
    """Pairs of add-ons (starts_at, ends_at, title) that overlap in time."""
    timed = sorted((each for each in chosen if each.starts_at and each.ends_at), key=lambda each: each.starts_at)
    return [
        (first, second)
        for number, first in enumerate(timed)
        for second in timed[number + 1 :]
        if second.starts_at < first.ends_at
    ]


def _registration_line(wish, prices, window, standing):
    found = cheapest_cell(wish, prices, window.code, member=standing.member)
    if found is None:
        raise NotSold(
            _l("This combination is not offered. Choose another category, other days or another way to take part.")
        )
    cell, amount = found
    why = [_standing_why(standing, cell), _window_why(window)]
    rule = {
        "category": wish.category,
        "window": window.code,
        "member": cell.member,
        "span": wish.span,
        "mode": str(wish.mode),
        "standing": standing.reason,
        "standing_facts": standing.facts,
    }
    return QuoteLine("registration", wish.category, amount, tuple(why), rule)


def _standing_why(standing, cell):
    if standing.member and not cell.member:
        return ("no_member_price", {})
    return (standing.reason, standing.facts)


def _extra_line(wish, extras, code, window):
    if code not in extras:
        raise NotSold(_l("One of the add-ons is no longer offered. Choose again."), field="extras")
    if wish.mode == Mode.VIRTUAL:
        raise NotSold(
            _l("Workshops and dinners take place on site: take part in person, or leave them out."), field="extras"
        )
    extra = extras[code]
    check_day(extra.title, extra.day, wish.span)
    return QuoteLine("add_on", code, extra.amount, *_extra_why(extra, wish, window))


def _extra_why(extra, wish, window):
    """(why, rule) of an add-on's amount."""
    if not extra.by_category:
        return (("add_on", {}),), {"add_on": extra.code}
    rule = {"add_on": extra.code, "priced_for": wish.category, "priced_in": window.code}
    return (("add_on_by_category", {}), _window_why(window)), rule


def _window_why(window):
    return ("window", {"name": window.name, "ends_at": window.ends_at.isoformat()})


def _saving(wish, prices, window, line):
    """What a member would save on the registration line, never less than nothing."""
    member = cheapest_cell(wish, prices, window.code, member=True)
    nothing = Money(0, line.amount.currency)
    return max(line.amount - member[1], nothing, key=lambda amount: amount.minor) if member else nothing
