"""Orders that are sold, taken back and changed on days of one's own choosing, and rows of Stripe's balance."""

from datetime import UTC, datetime, timedelta

from conference import payments
from conference.kernel import Money, transaction
from conference.payments import NewLine, Provider, payouts
from conference.payments.payouts import RowSeen
from conference.payments.payouts.fetching import keep_rows

USD = "USD"


def at(text):
    """An instant such as "2026-09-03 12:00", in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def sell(person, scope, minor, now, *, provider=Provider.HAND, currency=USD):
    """An order over one line, paid and settled at once."""
    with transaction():
        return sold(person, scope, minor, now, provider, currency)


def sold(person, scope, minor, now, provider=Provider.HAND, currency=USD):
    """The same, in the caller's transaction."""
    line = NewLine("ticket", 1, "A ticket", Money(minor, currency))
    order = payments.open_order(
        person_id=person.id,
        lines=[line],
        currency=line.amount.currency,
        now=now,
        expires_at=now + timedelta(hours=1),
        scope=scope,
    )
    reference = f"{provider}-{order.ref}"
    payments.receive(order, provider=provider, provider_ref=reference, amount=order.total, now=now)
    payments.finish(order, now=now)
    return order


def take_back(order, now, *, keep=0, by):
    """Its line is taken back and sent back by hand, but for what is kept (or, below zero, beyond it)."""
    with transaction():
        order, back = payments.locked(order.id), Money(order.total_minor - keep, order.currency)
        payments.end_line(order, order.lines[0], now=now, by=by)
        payments.book_difference(order, ended=order.lines, refunded=back, now=now, by=by, why="ill")
        payments.promise_refund(order=order, amount=back, reason="ill", now=now, by=by)


def exchange(order, minor, now):
    """The line of a paid order is ended, and pays in a new order over as much as `minor` or more."""
    with transaction():
        order = payments.locked(order.id)
        line = order.lines[0]
        payments.end_line(order, line, now=now)
        lines = [NewLine("ticket", 2, "Another", Money(minor, order.currency)), payments.credit_line(line, line.amount)]
        changed = payments.open_order(
            person_id=order.person_id, lines=lines, currency=order.currency, now=now, expires_at=now, scope=order.scope
        )
        payments.receive(
            changed, provider=Provider.HAND, provider_ref=f"h-{changed.ref}", amount=changed.total, now=now
        )
        payments.finish(changed, now=now)
    return changed


def a_row(name, now, category="charge", amount=10000, fee=320, *, currency=USD, source=None):
    """A row of Stripe's balance; `source` (minor, currency) when it came in another."""
    minor, theirs = source or (amount, currency)
    return RowSeen(f"txn_{name}", category, category, f"src_{name}", f"pi_{name}", amount, fee, amount - fee, currency, minor,
                   theirs, int(now.timestamp()), "")  # fmt: skip


def told(*rows, now):
    """Stripe tells of these rows."""
    with transaction():
        keep_rows(list(rows))
        payouts.tie_open_rows(now=now)
