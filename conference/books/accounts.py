"""The chart of accounts: number and name for each role, as the society has set them or as they come."""

from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from conference import audit
from conference.books.models import Account
from conference.books.rules import Role
from conference.kernel import db


class Named(NamedTuple):
    """An account's number and name."""

    number: str
    name: str


_NUMBERS = {
    Role.BANK: "1000",
    Role.TRANSIT: "1010",
    Role.CARD: "1020",
    Role.SUSPENSE: "1090",
    Role.CUSTOMERS: "1200",
    Role.TAX: "2300",
    Role.DEFERRED: "2400",
    Role.REVENUE: "4000",
    Role.FEES: "4100",
    Role.GOODWILL: "6100",
    Role.WRITTEN_OFF: "6110",
    Role.STRIPE_FEES: "6200",
    Role.EXCHANGE: "6210",
}


def defaults():
    """{role: Named} as they come, by number."""
    names = {
        Role.BANK: _("Bank and desk"),
        Role.TRANSIT: _("On its way to the bank"),
        Role.CARD: _("Card clearing"),
        Role.SUSPENSE: _("To be explained"),
        Role.CUSTOMERS: _("Customers"),
        Role.TAX: _("Output tax"),
        Role.DEFERRED: _("Deferred revenue"),
        Role.REVENUE: _("Revenue"),
        Role.FEES: _("Fees kept"),
        Role.GOODWILL: _("Goodwill"),
        Role.WRITTEN_OFF: _("Written off"),
        Role.STRIPE_FEES: _("Stripe’s fees"),
        Role.EXCHANGE: _("Currency exchange at Stripe"),
    }
    return {role: Named(number, names[role]) for role, number in _NUMBERS.items()}


def current():
    """{role: Named} as they are set."""
    chosen = {Role(each.role): Named(each.number, each.name) for each in db.session.scalars(select(Account))}
    return defaults() | chosen


def of_period(period):
    """{role: Named} as they were when a period was closed, or as they are set."""
    if period.closure is None:
        return current()
    return current() | {Role(role): Named(*named) for role, named in period.closure.accounts.items()}


def change(wanted, *, subject, by, now):
    """Set {role: Named}; months that are closed keep theirs. `subject` is the society, for the trail."""
    before = current()
    changed = {role: named for role, named in wanted.items() if named != before[role]}
    for role, named in changed.items():
        db.session.merge(Account(role=str(role), number=named.number, name=named.name))
    if changed:
        sides = ({str(role): " ".join(side[role]) for role in changed} for side in (before, wanted))
        audit.record(
            by=by, verb="changed the accounts of", subject=subject, now=now, before=next(sides), after=next(sides)
        )
    db.session.flush()
