"""Reports on a month: money by provider and day, what is deferred, whose account is not zero, what was kept and given, Stripe's fees."""

from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import BigInteger, case, cast, func, select

from conference.books import output_tax, recognising, rules, totals
from conference.books.rules import Role
from conference.kernel import Money, db
from conference.payments import EntryKind, LedgerEntry, Order, Provider

AGES = (30, 60, 90)  # days
_KEPT = (Role.FEES, Role.GOODWILL, Role.WRITTEN_OFF)


class Cash(NamedTuple):
    """What a provider brought and took back in a month: how many movements, and Money."""

    provider: str
    payments: int
    received: Money
    refunds: int
    sent_back: Money

    @property
    def left(self):
        """The difference."""
        return self.received - self.sent_back


class Deferred(NamedTuple):
    """What was sold for a scope and is not delivered, as Money: opening + sold − taken back − tax of documents − recognised = closing."""

    scope: str | None
    opening: Money
    sold: Money
    taken_back: Money
    tax: Money
    recognised: Money
    closing: Money


class Aged(NamedTuple):
    """Orders whose account has not been zero for more than so many days (`over`) before the end of the month: what they pay us, and what we owe them."""

    over: int
    number: int
    receivable: Money
    owed: Money


def cash(period):
    """[Cash] by provider; a refund that failed is no refund."""
    found: dict = defaultdict(lambda: [0, 0, 0, 0])
    for each in totals.entry_sums(period):
        if each.kind in (EntryKind.PAYMENT, EntryKind.REFUND):
            sums = found[each.provider or str(Provider.HAND), each.currency]
            place = 0 if each.kind == EntryKind.PAYMENT else 2
            came_back = each.kind == EntryKind.REFUND and each.minor > 0
            sums[place] += -each.number if came_back else each.number
            sums[place + 1] += each.minor if place == 0 else -each.minor
    return [
        Cash(carrier, came, Money(received, currency), went, Money(back, currency))
        for (carrier, currency), (came, received, went, back) in sorted(found.items())
    ]


def cash_by_day(period, currency):
    """[(day, received, sent back)] as Money, of the days on which money moved, in order."""
    passed: dict = defaultdict(lambda: [0, 0])
    moved = select(LedgerEntry.at, LedgerEntry.kind, LedgerEntry.amount_minor).where(
        LedgerEntry.kind.in_((EntryKind.PAYMENT, EntryKind.REFUND)), LedgerEntry.currency == currency,
        LedgerEntry.at >= period.starts_at, LedgerEntry.at < period.ends_at,
    )  # fmt: skip
    for at, kind, minor in db.session.execute(moved):
        is_refund = kind == EntryKind.REFUND
        passed[at.astimezone(period.zone).date()][is_refund] += -minor if is_refund else minor
    return [(day, *(Money(minor, currency) for minor in passed[day])) for day in sorted(passed)]


def deferred(period):
    """[Deferred] of every scope of which anything is deferred or moved, the largest first."""
    known = recognising.delivered_for(period)
    before, after = recognising.recognised_before(period, known), recognising.recognised(period, known)
    opened, moved = recognising.sold(period.starts_at, period.taxed_from), _moved(period)
    taxed, rows = _taxed(period, known), []
    for key in {*before, *after, *opened, *moved, *taxed}:
        (sold, back), tax = moved.get(key, (0, 0)), taxed.get(key, 0)
        opening, brought = opened.get(key, 0) - before.get(key, 0), after.get(key, 0) - before.get(key, 0)
        sums = (opening, sold, back, tax, brought, opening + sold - back - tax - brought)
        if any(sums):
            rows.append(Deferred(key[0], *(Money(minor, key[1]) for minor in sums)))
    return sorted(rows, key=lambda each: (each.closing.currency, -each.closing.minor, each.scope or ""))


def together(found):
    """[Deferred] of all scopes, one for each currency."""
    by_currency: dict = defaultdict(list)
    for each in found:
        by_currency[each.closing.currency].append(each[1:])
    return [
        Deferred(None, *(Money.total(column, currency) for column in zip(*rows, strict=True)))
        for currency, rows in by_currency.items()
    ]


def aged(period):
    """[Aged] of the accounts that were not zero at the end of a month, by currency and age."""
    accounts = _open(period).subquery()
    ages = [(accounts.c.since < period.ends_at - timedelta(days=days), days) for days in reversed(AGES)]
    over, minor = case(*ages, else_=0).label("over"), accounts.c.minor
    columns = (accounts.c.currency, over, func.count(), *_sides(minor))
    rows = db.session.execute(
        select(*columns).group_by(accounts.c.currency, "over").order_by(accounts.c.currency, "over")
    )
    return [Aged(over, number, Money(-int(theirs), currency), Money(int(ours), currency))
            for currency, over, number, theirs, ours in rows]  # fmt: skip


def open_accounts(period):
    """An ordered SELECT of (order's reference, currency, minor units, since when) of accounts that were not zero: above zero is owed to them."""
    return _open(period).order_by(func.max(LedgerEntry.at), Order.ref)


def kept(period):
    """[Total] of fees kept, goodwill and what was written off."""
    return [each for each in totals.of_period(period) if each.role in _KEPT]


def stripes_fees(period):
    """[(category, how many rows, Money)] of what Stripe took, the most first."""
    found: dict = defaultdict(lambda: [0, 0])
    for each in totals.row_sums(period):
        fees = [post.minor for post in rules.of_movement(each.movement) if post.role is Role.STRIPE_FEES]
        if fees:
            sums = found[each.movement.category, each.movement.currency]
            sums[0], sums[1] = sums[0] + each.number, sums[1] + sum(fees)
    rows = [(category, number, Money(minor, currency)) for (category, currency), (number, minor) in found.items()]
    return sorted(rows, key=lambda each: (each[2].currency, -each[2].minor, each[0]))


def _moved(period):
    """{(scope, currency): (minor units sold, taken back)} in a period."""
    sold = -func.sum(case((LedgerEntry.kind == EntryKind.SALE, LedgerEntry.amount_minor), else_=0))
    back = func.sum(case((LedgerEntry.kind == EntryKind.REVERSAL, LedgerEntry.amount_minor), else_=0))
    inside = (LedgerEntry.kind.in_(rules.SOLD), LedgerEntry.at >= period.starts_at, LedgerEntry.at < period.ends_at)
    statement = select(LedgerEntry.scope, LedgerEntry.currency, sold, back).where(*inside)
    rows = db.session.execute(statement.group_by(LedgerEntry.scope, LedgerEntry.currency))
    return {(scope, currency): (int(sold), int(back)) for scope, currency, sold, back in rows}


def _taxed(period, known):
    """{(scope, currency): minor units of tax that documents of a period took out of what was sold}."""
    found: dict = defaultdict(int)
    for each in output_tax.sums(period, known):
        if not each.is_fee:
            found[each.scope, each.currency] += each.minor
    return dict(found)


def _open(period):
    total = cast(func.sum(LedgerEntry.amount_minor), BigInteger)  # PostgreSQL would sum to a decimal number
    columns = (Order.ref, Order.currency, total.label("minor"), func.max(LedgerEntry.at).label("since"))
    statement = select(*columns).join(Order, Order.id == LedgerEntry.order_id).where(LedgerEntry.at < period.ends_at)
    return statement.group_by(Order.id, Order.ref, Order.currency).having(total != 0)


def _sides(minor):
    """Sums of what is below zero, and above."""
    return [func.coalesce(func.sum(minor).filter(clause), 0) for clause in (minor < 0, minor > 0)]
