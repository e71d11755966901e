"""What becomes revenue in a month: read from what was sold until its end, less what was revenue before."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from conference.books import output_tax, rules, selecting
from conference.books.rules import Role
from conference.kernel import db
from conference.payments import LedgerEntry


class Recognised(NamedTuple):
    """What of a scope becomes revenue on a day by the calendar alone, in minor units; below zero when it is taken back."""

    day: date
    scope: str
    currency: str
    minor: int


def delivered_for(period):
    """{scope of a meeting: when its last day begins}: as it stood when the period was closed, or as it stands."""
    if period.closure is None:
        return selecting.delivered()
    return {scope: datetime.fromisoformat(at) for scope, at in period.closure.delivered.items()}


def sold(until, taxed_from=None):
    """{(scope, currency): minor units that were sold and not taken back} of all time before an instant, less the tax of documents."""
    total = -func.sum(LedgerEntry.amount_minor)
    statement = select(LedgerEntry.scope, LedgerEntry.currency, total).where(
        LedgerEntry.kind.in_(rules.SOLD), LedgerEntry.at < until
    )
    rows = db.session.execute(statement.group_by(LedgerEntry.scope, LedgerEntry.currency))
    found = {(scope, currency): int(minor) for scope, currency, minor in rows}
    for key, minor in output_tax.of_sold(until, taxed_from).items():
        found[key] = found.get(key, 0) - minor
    return found


def recognised(period, known):
    """{(scope, currency): minor units that are revenue at the end of a period}, of all time."""
    return _recognised(period.ends_at, period, period.last, known)


def recognised_before(period, known):
    """The same at its beginning: as it was booked when the month before was closed, whatever has been moved since."""
    if period.earlier is not None:
        return {(scope, currency): minor for scope, currency, minor in period.earlier.recognised}
    return _recognised(period.starts_at, period, period.first - timedelta(days=1), known)


def by_calendar(period, known):
    """[Recognised] that no entry of the period brings with it, by scope."""
    after, before = recognised(period, known), recognised_before(period, known)
    brought = _at_once(period, known)
    for key in sorted({*after, *before}, key=lambda each: (each[0] or "", each[1])):
        minor = after.get(key, 0) - before.get(key, 0) - brought[key]
        if minor:
            scope, currency = key
            yield Recognised(_day(scope, period, known), scope, currency, minor)


def _recognised(until, period, day, known):
    facts = {"until": until, "day": day, "delivered": known}
    return {key: rules.recognised(key[0], minor, **facts) for key, minor in sold(until, period.taxed_from).items()}


def at_once_by_sign(period, known):
    """[(minor units, currency)] of what is revenue with the entries of the period themselves: sold above zero, taken back below."""
    return [(minor, currency) for _scope, currency, minor in _brought(period, known)]


def _at_once(period, known):
    """{(scope, currency): the same, all together and less the tax of documents that comes out of revenue}."""
    found: dict = defaultdict(int)
    for scope, currency, minor in _brought(period, known):
        found[scope, currency] += minor
    for each in output_tax.sums(period, known):
        if each.against is Role.REVENUE:
            found[each.scope, each.currency] -= each.minor
    return found


def _brought(period, known):
    late, sign = selecting.late(known, period.ends_at), (LedgerEntry.amount_minor < 0).label("is_sold")
    columns = (LedgerEntry.scope, LedgerEntry.currency, late.label("late"), sign, -func.sum(LedgerEntry.amount_minor))
    statement = select(*columns).where(LedgerEntry.kind.in_(rules.SOLD), selecting.entries_of(period))
    for scope, currency, is_late, _is_sold, minor in db.session.execute(
        statement.group_by(*columns[:2], "late", "is_sold")
    ):
        if selecting.comes_at_once(scope, is_late, period, known):
            yield scope, currency, int(minor)


def _day(scope, period, known):
    """A meeting's last day when that lies in the period; else its last one."""
    at = known.get(scope, datetime.max.replace(tzinfo=UTC))
    return at.astimezone(period.zone).date() if period.starts_at <= at < period.ends_at else period.last
