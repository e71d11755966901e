"""Months of the books, in the society's time zone: when each begins and ends, and which are closed."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from conference import society
from conference.books.models import Closure
from conference.kernel import begin_of, db
from conference.payments import LedgerEntry, bank, documents, payouts

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Period:
    """A month such as "2026-11": from `starts_at` until just before `ends_at`, days counted in `zone`.

    `closure` when it is closed; `earlier` is the Closure of the month before it, if that is closed; `later` the first Closure that keeps it closed,
    its own one or a later month's: None when it is open. Documents book their tax when they were issued from `taxed_from` on; None: all of them.
    """

    month: str
    starts_at: datetime
    ends_at: datetime
    zone: ZoneInfo
    closure: Closure | None
    earlier: Closure | None
    later: Closure | None
    taxed_from: datetime | None

    @property
    def first(self):
        """The first day."""
        return date.fromisoformat(f"{self.month}-01")

    @property
    def last(self):
        """The last day."""
        return _next(self.first) - timedelta(days=1)

    @property
    def before(self):
        """The month before, such as "2026-10"."""
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self):
        """The month after."""
        return f"{_next(self.first):%Y-%m}"

    def is_over(self, now):
        """Whether nothing can happen in it any more."""
        return self.ends_at <= now


def closures():
    """The closed months, the newest first."""
    standing = select(Closure).where(Closure.reopened_at.is_(None)).order_by(Closure.ends_at.desc())
    return list(db.session.scalars(standing.execution_options(populate_existing=True)))


def period(month, *, closed=None, place=None):
    """The Period of a month such as "2026-11"; None for what is no month. The `closures` and the society's zone where they were read already."""
    if not _MONTH.fullmatch(month):
        return None
    closed = closures() if closed is None else closed
    first = date.fromisoformat(f"{month}-01")
    by_month = {each.month: each for each in closed}
    own, earlier = by_month.get(month), by_month.get(f"{first - timedelta(days=1):%Y-%m}")
    zone = ZoneInfo(own.zone if own else place or society.timezone())
    starts_at = own.starts_at if own else earlier.ends_at if earlier else begin_of(first, zone)
    ends_at = own.ends_at if own else begin_of(_next(first), zone)
    later = next((each for each in reversed(closed) if each.ends_at >= ends_at), None)
    taxed_from = max((each.ends_at for each in closed if not each.has_tax), default=None)
    return Period(month, starts_at, ends_at, zone, own, earlier, later, taxed_from)


def month_of(instant):
    """The month in which an instant lies at the society's place."""
    return f"{instant.astimezone(society.zone()):%Y-%m}"


def months(now):
    """[Period] from the one that lies now back to the first that holds anything: a booking, a row of Stripe's, a document, or a payout at a bank."""
    dated = (LedgerEntry.at, payouts.BalanceRow.created_at, documents.Document.issued_at, bank.Clearing.at)
    firsts = (select(func.min(each)) for each in dated)
    found = [each for each in (db.session.scalar(first) for first in firsts) if each is not None]
    oldest, facts = month_of(min(found, default=now)), {"closed": closures(), "place": society.timezone()}
    listed = [period(month_of(now), **facts)]
    while listed[-1].month > oldest:
        listed.append(period(listed[-1].before, **facts))
    return listed


def _next(first):
    """The first day of the month after."""
    return (first + timedelta(days=32)).replace(day=1)
