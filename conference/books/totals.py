"""What a month comes to: debit and credit of each account, summed by the database and posted by the same rules as each booking."""

from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import case, func, select

from conference.books import clearings, output_tax, recognising, rules, selecting
from conference.books.rules import Role
from conference.kernel import Money, db
from conference.payments import LedgerEntry, payouts

BalanceRow = payouts.BalanceRow


class Total(NamedTuple):
    """Debit and credit of an account in one currency, in minor units."""

    role: Role
    currency: str
    debit_minor: int
    credit_minor: int

    @property
    def debit(self):
        """As Money."""
        return Money(self.debit_minor, self.currency)

    @property
    def credit(self):
        """As Money."""
        return Money(self.credit_minor, self.currency)

    @property
    def balance(self):
        """By how much the month has moved it: a debit above zero."""
        return self.debit - self.credit


class Sum(NamedTuple):
    """Entries of one kind, of one sign, carried by one provider: how many, and minor units."""

    kind: str
    provider: str | None
    currency: str
    number: int
    minor: int


class RowSum(NamedTuple):
    """Rows of Stripe's balance of one category and one sign: how many, and their sums as a Movement."""

    number: int
    movement: rules.Movement


def of_period(period):
    """[Total] of a period, by account and currency: as kept when it was closed, else summed anew."""
    return kept(period.closure) if period.closure else summed(period)


def kept(closure):
    """[Total] as they were when a month was closed."""
    return [Total(Role(role), *rest) for role, *rest in closure.totals]


def summed(period):
    """[Total] of a period as its rows have them now."""
    known = recognising.delivered_for(period)
    postings = [post for each in entry_sums(period) for post in _of_sum(each)]
    postings += [post for each in row_sums(period) for post in rules.of_movement(each.movement)]
    postings += clearings.postings(clearings.of_period(period))
    postings += [post for each in output_tax.sums(period, known) for post in _of_taxed(each)]
    postings += [post for minor, currency in _revenue(period, known) for post in rules.at_once(minor, currency)]
    return of_postings(postings)


def of_postings(postings):
    """[Total] of Postings, in the order of the roles."""
    sums: dict = defaultdict(lambda: [0, 0])
    for each in postings:
        sums[each.role, each.currency][each.minor < 0] += abs(each.minor)
    roles = list(Role)
    return [Total(*key, *sums[key]) for key in sorted(sums, key=lambda each: (roles.index(each[0]), each[1]))]


def entry_sums(period):
    """[Sum] of the entries of a period."""
    sign, carrier = _sign(LedgerEntry.amount_minor).label("sign"), selecting.provider().label("carrier")
    keys = (LedgerEntry.kind, carrier, LedgerEntry.currency)
    columns = (*keys, sign, func.count(), func.sum(LedgerEntry.amount_minor))
    statement = selecting.with_provider(select(*columns).select_from(LedgerEntry)).where(selecting.entries_of(period))
    rows = db.session.execute(statement.group_by(LedgerEntry.kind, "carrier", LedgerEntry.currency, "sign"))
    return [Sum(kind, carrier, currency, count, int(minor)) for kind, carrier, currency, _sign, count, minor in rows]


def row_sums(period):
    """[RowSum] of the rows of Stripe's balance of a period."""
    amounts = (BalanceRow.amount_minor, BalanceRow.fee_minor, BalanceRow.source_minor)
    keys = (BalanceRow.category, BalanceRow.currency, BalanceRow.source_currency)
    signs = [_sign(each).label(f"sign_{number}") for number, each in enumerate(amounts)]
    columns = (*keys, *signs, func.count(), *(func.sum(each) for each in amounts))
    statement = select(*columns).where(selecting.rows_of(period))
    rows = db.session.execute(statement.group_by(*keys, *(each.name for each in signs)))
    return [_row_sum(*row) for row in rows]


def _row_sum(category, currency, source_currency, _amount, _fee, _source, count, amount, fee, source):
    return RowSum(count, rules.Movement(category, int(amount), int(fee), currency, int(source), source_currency))


def _of_sum(each):
    return rules.of_entry(each.kind, each.minor, each.currency, each.provider)


def _of_taxed(each):
    return rules.of_tax(each.minor, each.currency, each.against)


def _revenue(period, known):
    """(minor units, currency) of everything that became revenue: with the entries themselves by sign, and by the calendar."""
    yield from recognising.at_once_by_sign(period, known)
    for each in recognising.by_calendar(period, known):
        yield each.minor, each.currency


def _sign(column):
    return case((column < 0, -1), else_=1)
