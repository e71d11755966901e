"""The account "on its way to the bank" of all months together, beside the payouts that no bank line shows: they are the same."""

from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select, true

from conference.books import clearings, rules, totals
from conference.books.periods import closures
from conference.books.rules import Role
from conference.kernel import Money, db
from conference.payments import bank, payouts

BalanceRow = payouts.BalanceRow


class OnItsWay(NamedTuple):
    """What of a currency is on its way to the bank as Money: by the `journal`, and what Stripe has sent that banks have not shown (`unseen`)."""

    journal: Money
    unseen: Money

    @property
    def is_tied(self):
        """Whether both say the same."""
        return self.journal == self.unseen


def on_their_way():
    """[OnItsWay] of each currency, closed months as they were kept."""
    journal, unseen = _journal(), bank.on_their_way()
    return [
        OnItsWay(Money(journal.get(each, 0), each), Money(unseen.get(each, 0), each))
        for each in sorted({*journal, *unseen})
    ]


def differences():
    """Where the journal has something else on its way than the payouts that no bank line shows, in words, amounts in minor units."""
    return [
        f"on the way to the bank in {each.journal.currency}: {each.journal.minor} in the journal, {each.unseen.minor} not seen at the bank"
        for each in on_their_way()
        if not each.is_tied
    ]


def _journal():
    """{currency: minor units} of the account, of all time."""
    found: dict = defaultdict(int)
    closed = closures()
    for each in (total for closure in closed for total in totals.kept(closure) if total.role is Role.TRANSIT):
        found[each.currency] += each.balance.minor
    clearing = clearings.Clearing
    posted = clearings.postings(_in_no_closed_month(clearing.at, clearing.id, closed, "last_clearing"))
    for post in posted + _sent(_in_no_closed_month(BalanceRow.created_at, BalanceRow.id, closed, "last_row")):
        found[post.currency] += post.minor if post.role is Role.TRANSIT else 0
    return dict(found)


def _sent(clause):
    """[Posting] of what Stripe has sent, by the rules of its rows."""
    sums = select(BalanceRow.category, BalanceRow.currency, func.sum(BalanceRow.amount_minor)).where(
        clause, BalanceRow.category.in_(payouts.SENT)
    )
    rows = db.session.execute(sums.group_by(BalanceRow.category, BalanceRow.currency))
    moved = [
        rules.Movement(category, int(minor), 0, currency, int(minor), currency) for category, currency, minor in rows
    ]
    return [post for each in moved for post in rules.of_movement(each)]


def _in_no_closed_month(at, key, closed, last):
    """The clause that something is in none of the closed months: it is of a later day, was told later, or is of before the first of them."""
    if not closed:
        return true()
    newest, oldest = closed[0], closed[-1]
    before = and_(at < oldest.starts_at, key <= getattr(oldest, last))
    return or_(at >= newest.ends_at, key > getattr(newest, last), before)
