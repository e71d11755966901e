"""Terms and standing as values: how long a term runs, what follows it, and what somebody is on a day.

Nothing here is stored by a nightly job: standing is read off the terms, for any day, past or coming. All dates are days
in the society's own time zone; a term's last day belongs to it; a term without a last day is for life.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

NEW_FOR_MONTHS = 3
RENEWAL_OPENS = timedelta(days=60)  # before the last day: from then on renewing is what the pages lead to
ONE_DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    """How long a type's terms run."""

    ROLLING = "rolling"
    CALENDAR = "calendar"
    LIFETIME = "lifetime"


class StandingKind(StrEnum):
    """What somebody is on a given day."""

    NONE = "none"
    NEW = "new"
    CURRENT = "current"
    GRACE = "grace"
    EXPIRED = "expired"
    FUTURE = "future"


class OfferKind(StrEnum):
    """What buying a term means: the first one, one without a gap, or one after a gap."""

    JOIN = "join"
    RENEW = "renew"
    REINSTATE = "reinstate"


class Audience(StrEnum):
    """Who may see something in the directory."""

    NOBODY = "nobody"
    MEMBERS = "members"
    PUBLIC = "public"


@dataclass(frozen=True)
class Span:
    """One term as a value; `ends` None is for life, `grace_days` is what its type grants after the end."""

    starts: date
    ends: date | None
    type_code: str
    grace_days: int = 0

    def covers(self, on):
        """Whether `on` is a paid day."""
        return self.starts <= on and (self.ends is None or on <= self.ends)

    def overlaps(self, starts, ends):
        """Whether any day from `starts` to `ends` (None: for ever) is paid by this term already."""
        return (ends is None or self.starts <= ends) and (self.ends is None or starts <= self.ends)


@dataclass(frozen=True)
class Period:
    """How long a type's terms run: `months` for a rolling one, the roll-over day for a calendar year.

    A calendar term bought before the roll-over day runs to 31 December; on or after it, to 31 December of the next year.
    """

    kind: PeriodKind
    months: int = 12
    rollover: tuple[int, int] = (10, 1)

    def end_of(self, starts):
        """The last day of a term that starts on `starts`; None for life."""
        if self.kind is PeriodKind.LIFETIME:
            return None
        if self.kind is PeriodKind.ROLLING:
            return after_months(starts, self.months) - ONE_DAY
        rolls_over = (starts.month, starts.day) >= self.rollover
        return date(starts.year + rolls_over, 12, 31)


@dataclass(frozen=True)
class NextTerm:
    """The term that somebody would get by paying now."""

    kind: OfferKind
    starts: date
    ends: date | None


@dataclass(frozen=True)
class Standing:
    """What somebody is on the day `on`.

    `since` and `until` are the first and last day of the unbroken stretch of terms that matters on that day; `until` is None
    for life (and for nobody). `grace_until` is the last day on which renewing leaves no gap.
    """

    kind: StandingKind
    on: date
    type_code: str | None = None
    since: date | None = None
    until: date | None = None
    grace_until: date | None = None

    @property
    def gives_member_price(self):
        """New, current, or still in the days of grace."""
        return self.kind in (StandingKind.NEW, StandingKind.CURRENT, StandingKind.GRACE)

    @property
    def is_paid(self):
        """Whether the day itself is paid for: grace is not."""
        return self.kind in (StandingKind.NEW, StandingKind.CURRENT)

    @property
    def is_for_life(self):
        """Whether it never ends."""
        return self.type_code is not None and self.until is None

    @property
    def renewal_from(self):
        """The first day on which renewing is due; None when there is nothing that ends."""
        return self.until - RENEWAL_OPENS if self.until else None

    @property
    def is_renewal_due(self):
        """Whether renewing is the next thing to do: the end is near, or past."""
        return self.renewal_from is not None and self.on >= self.renewal_from


def standing(terms, on):
    """The Standing on the day `on` that follows from `terms` (Spans that are not void, in any order)."""
    terms = sorted(terms, key=lambda term: term.starts)
    if not terms:
        return Standing(StandingKind.NONE, on)
    present = next((term for term in terms if term.covers(on)), None)
    if present:
        return _standing_from(_kind_when_paid(terms, on), terms, present, on)
    last = next((term for term in reversed(terms) if term.ends and term.ends < on), None)
    if last and on <= last.ends + timedelta(days=last.grace_days):
        return _standing_from(StandingKind.GRACE, terms, last, on)
    coming = next((term for term in terms if term.starts > on), None)
    if coming:
        return _standing_from(StandingKind.FUTURE, terms, coming, on)
    return _standing_from(StandingKind.EXPIRED, terms, last, on)


def next_term(terms, period, on):
    """The NextTerm of `period` for somebody with `terms` who pays on the day `on`; None when nothing is to be bought.

    Early, it extends from the old end; in grace it continues without a gap; later it begins on `on`. Nothing is sold
    beside a term for life, nor while a paid term has not begun: that is somebody paying twice by mistake.
    """
    latest = max(terms, key=lambda term: term.starts, default=None)
    if latest is None:
        return NextTerm(OfferKind.JOIN, on, period.end_of(on))
    if latest.ends is None or latest.starts > on:
        return None
    starts = latest.ends + ONE_DAY
    ends = period.end_of(starts)
    in_time = on <= latest.ends + timedelta(days=latest.grace_days)
    # Days that are over before they are bought are worth nothing: then the term begins today, as after the grace.
    if in_time and (ends is None or ends >= on):
        return NextTerm(OfferKind.RENEW, starts, ends)
    return NextTerm(OfferKind.REINSTATE, on, period.end_of(on))


def placed(terms, period, starts, ends):
    """(starts, ends) of a paid term beside `terms`: as promised, or after the last one when those days were sold meanwhile.

    None when there is a term for life, so that the money can be given back.
    """
    if not any(term.overlaps(starts, ends) for term in terms):
        return starts, ends
    if any(term.ends is None for term in terms):
        return None
    starts = max(term.ends for term in terms) + ONE_DAY
    return starts, period.end_of(starts)


def after_months(day, months):
    """The same day `months` later; where that month has no such day, the first of the month after: no paid day is lost."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    try:
        return date(year, month, day.day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


def first_new_day(on):
    """Who joined on this day or later is still new on the day `on`."""
    day = on - timedelta(days=31 * NEW_FOR_MONTHS)
    while after_months(day, NEW_FOR_MONTHS) <= on:
        day += ONE_DAY
    return day


def _standing_from(kind, terms, term, on):
    first, last = _stretch(terms, term)
    grace_until = last.ends + timedelta(days=last.grace_days) if last.ends else None
    return Standing(kind, on, term.type_code, since=first.starts, until=last.ends, grace_until=grace_until)


def _stretch(terms, term):
    """The first and last term of the unbroken run of sorted `terms` around `term`."""
    first = last = terms.index(term)
    while first and terms[first - 1].ends + ONE_DAY == terms[first].starts:
        first -= 1
    while last + 1 < len(terms) and terms[last].ends and terms[last].ends + ONE_DAY == terms[last + 1].starts:
        last += 1
    return terms[first], terms[last]


def _kind_when_paid(terms, on):
    """New for the first months after ever joining; somebody who comes back is not new."""
    return StandingKind.NEW if on < after_months(terms[0].starts, NEW_FOR_MONTHS) else StandingKind.CURRENT
