"""The books of a month, made ready for the desk."""

from typing import NamedTuple

from flask import url_for
from sqlalchemy import select

from conference import books, society
from conference.kernel import Money, db
from conference.people import Person
from conference.staff import report_charts, reporting_money
from conference.web import charts, money


class Row(NamedTuple):
    """An account of a month: its number and name, and its Total."""

    role: books.Role
    number: str
    name: str
    total: books.Total


def rows(period):
    """[Row] of the accounts that a month touches, by currency and number."""
    named = books.accounts.of_period(period)
    found = [Row(each.role, named[each.role].number, named[each.role].name, each) for each in books.of_period(period)]
    return sorted(found, key=lambda row: (row.total.currency, row.number, row.name))


def sums(found):
    """{currency: (debit, credit)} of Rows: both the same, or something is wrong."""
    by_currency: dict = {}
    for row in found:
        debit, credit = by_currency.get(row.total.currency, (Money(0, row.total.currency),) * 2)
        by_currency[row.total.currency] = (debit + row.total.debit, credit + row.total.credit)
    return by_currency


def people_of(closures):
    """{key: full name} of whoever closed months or opened them again."""
    keys = {key for each in closures for key in (each.closed_by, each.reopened_by) if key}
    return {each.id: each.full_name for each in db.session.scalars(select(Person).where(Person.id.in_(keys)))}


def days_chart(period):
    """(currency, Chart) of what came and went on each day of a month in the society's currency; None without money."""
    founded = society.current()
    currency = founded.currency if founded else "USD"
    passed = [reporting_money.Passed(*each) for each in books.reports.cash_by_day(period, currency)]
    return currency, report_charts.passed(passed, passed[-1].day if passed else period.last)


def deferred_bars(period, deferred):
    """[(Deferred, [Part])] with the largest as long as the picture: what is left, then what became revenue in the month."""
    most = max((max(each.closing.minor, 0) + max(each.recognised.minor, 0) for each in deferred), default=0)
    return [(each, charts.bar(_parts(period, each), most)) for each in deferred]


def _parts(period, each):
    name = books.words.scope(each.scope)
    href = (
        url_for("staff.books_journal", month=period.month, scope=each.scope, account="deferred") if each.scope else None
    )
    yield max(each.closing.minor, 0), "registered", f"{name}: {money(each.closing)}", href
    yield max(each.recognised.minor, 0), "held", f"{name}: {money(each.recognised)}", href
