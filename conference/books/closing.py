"""Closing a month: what it holds is kept, and the database refuses entries that are dated into it; reopening it; and recomputing it."""

from collections import defaultdict
from hashlib import sha256
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import func, select, text, update

from conference import audit, payments
from conference.books import accounts, clearings, journal, recognising, selecting, taxes, totals, transit
from conference.books.models import Closure
from conference.books.periods import closures, period
from conference.kernel import Refusal, claimed, db, insert_once
from conference.payments import LedgerEntry, Order, Refund, RefundState, bank, documents, marks, payouts

_ON_THEIR_WAY = (RefundState.REQUESTED, RefundState.PENDING, RefundState.REQUIRES_ACTION)

# In the order in which they are written.
_WRITTEN = "payments_ledger, payments_balance_row, payments_document, payments_bank_clearing"


class Standing(NamedTuple):
    """What is still open in the books: rows of Stripe's that belong to nothing, orders that wait for staff, refunds on their way, bank lines, marks of payment."""

    rows: int
    orders: int
    refunds: int
    lines: int
    marks: int


class Held(NamedTuple):
    """What the journal of a month holds: how many lines, their digest, and [Total]."""

    lines: int
    digest: str
    totals: list


def standing():
    """The Standing by now."""
    refunds = _count(Refund, Refund.state.in_(_ON_THEIR_WAY))
    lines, waiting = bank.counts()[bank.LineState.OPEN], _count(marks.Mark, marks.Mark.state == marks.MarkState.WAITING)
    return Standing(payouts.open_count(), _count(Order, payments.needs_staff()), refunds, lines, waiting)


def _count(table, clause):
    return db.session.scalar(select(func.count()).select_from(table).where(clause))


def held(found):
    """What the journal of a period Held, line by line. The words of whoever booked and what Stripe's rows are tied to may still change: they do not count."""
    digest, count, sums = sha256(), 0, defaultdict(int)
    for each in journal.bookings(found):
        about = (each.scope, each.order, each.other) if each.part in ("entry", "tax") else ()
        posted = [(each.role, each.minor, each.currency) for each in each.postings]
        digest.update(repr((each.day.isoformat(), each.source, *about, *map(tuple, posted))).encode())
        for role, minor, currency in posted:
            sums[role, currency, minor < 0] += minor
        count += len(posted)
    postings = [totals.rules.Posting(role, minor, currency) for (role, currency, _side), minor in sums.items()]
    return Held(count, digest.hexdigest(), totals.of_postings(postings))


def refuse_closing(found, closed, now):
    """In words, why a period cannot be closed now; "" when it can. Months are closed one after the other, the first may be any."""
    if found.closure is not None or found.later is not None:
        return _("This month is closed already.")
    if not found.is_over(now):
        return _("This month is not over yet.")
    if closed and found.earlier is None:
        return _("%(month)s comes first: months are closed one after the other.", month=period(closed[0].month).after)
    return ""


def close(month, *, by, now):
    """Close a month that is over, by a person or (None) by itself: the Closure. Refusal when it is not over, or its turn has not come."""
    found, closed = period(month), closures()
    if reason := refuse_closing(found, closed, now):
        raise Refusal(reason)
    seen = _marks(found, closed)
    content = held(found)
    _stop_writers()
    if _marks(found, closures()) != seen:
        raise Refusal(_("Something was booked at this moment. Look at the month again, then close it."))
    values = _values(found, content) | {"closed_at": now, "closed_by": by.id if by else None}
    insert_once(Closure.__table__, values)
    closure = closures()[0]
    audit.record(by=by, verb="closed the month", subject=closure, now=now, after={"month": month})
    return closure


def reopen(month, *, why, by, now):
    """Open the newest closed month again; Refusal when it is not the newest. What it held then is kept beside the reason."""
    _stop_writers()
    newest = next(iter(closures()), None)
    if newest is None or newest.month != month:
        raise Refusal(_("Only the newest closed month can be opened again."))
    mine = update(Closure).where(Closure.id == newest.id, Closure.reopened_at.is_(None))
    if not claimed(mine.values(reopened_at=now, reopened_by=by.id, reopened_why=why)):
        raise Refusal(_("Only the newest closed month can be opened again."))
    audit.record(by=by, verb="reopened the month", subject=newest, now=now, after={"month": month}, note=why)


def history(month):
    """Every Closure that a month has had, the newest first."""
    statement = select(Closure).where(Closure.month == month).order_by(Closure.id.desc())
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def differences():
    """Closed months that do not come to what they held when they were closed, and what is not on its way to the bank, in words; empty when all agrees.

    Amounts are in minor units.
    """
    return [*(line for closure in reversed(closures()) for line in _differences(closure)), *transit.differences()]


def _differences(closure):
    content = held(period(closure.month))
    then = {each[:2]: each[2:] for each in totals.kept(closure)}
    now = {each[:2]: each[2:] for each in content.totals}
    for role, currency in sorted({*then, *now}):
        (debit, credit), (debit_now, credit_now) = then.get((role, currency), (0, 0)), now.get((role, currency), (0, 0))
        if (debit, credit) != (debit_now, credit_now):
            yield f"{closure.month}: {role} in {currency} was {debit} debit, {credit} credit; is {debit_now}, {credit_now}"
    if then == now and content.digest != closure.digest:
        yield f"{closure.month}: the totals are the same, but not the lines of the journal"


def _values(found, content):
    known = recognising.delivered_for(found)
    return {
        "month": found.month,
        "starts_at": found.starts_at,
        "ends_at": found.ends_at,
        "zone": found.zone.key,
        "last_row": selecting.newest_row(),
        "last_clearing": clearings.newest(),
        "line_count": content.lines,
        "digest": content.digest,
        "totals": [list(each) for each in content.totals],
        "accounts": {str(role): list(named) for role, named in accounts.current().items()},
        "recognised": [[*key, minor] for key, minor in recognising.recognised(found, known).items()],
        "delivered": {scope: at.isoformat() for scope, at in known.items()},
        "reopened_why": "",
    }


def _marks(found, closed):
    """What changes as soon as anything comes into a period, or another month is closed or opened."""
    counted = select(func.count(), func.max(LedgerEntry.id)).where(selecting.entries_of(found))
    issued = select(func.count()).select_from(documents.Document).where(taxes.issued_in(found))
    delivered = sorted(selecting.delivered().items())  # a meeting that is moved moves its revenue
    rows = (*db.session.execute(counted).one(), db.session.scalar(issued))
    return rows, selecting.newest_row(), clearings.newest(), [each.id for each in closed], delivered


def _stop_writers():
    """Wait for those who are booking, and keep others from it until the transaction ends: what they wrote is seen then. SQLite has one writer."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text(f"LOCK TABLE {_WRITTEN} IN SHARE ROW EXCLUSIVE MODE"))
