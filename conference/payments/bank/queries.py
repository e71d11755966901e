"""Questions about accounts, statements and their lines."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from conference.kernel import Money, db, fold
from conference.payments.bank.candidates import accounts, candidates
from conference.payments.bank.finding import Finder
from conference.payments.bank.models import Account, Match, Statement, StatementLine
from conference.payments.bank.rules import LineState
from conference.payments.models import Payment
from conference.payments.rules import Provider


@dataclass(frozen=True)
class Tied:
    """An account's lines set against the books, as Money: what came = given to orders + sent back + waiting + set aside + taken back + payouts.

    `paid` are the payments that its matches made: it is what its lines say was given to orders, or something is wrong. Lines of
    another currency than the account's are `other`, a count.
    """

    account: Any
    states: dict
    matched: Money
    returned: Money
    waiting: Money
    ignored: Money
    reversed: Money
    payouts: Money
    came: Money
    paid: Money
    other: int
    closing: Money | None

    @property
    def is_tied(self):
        """Whether lines and payments say the same, and every line is somewhere."""
        parts = self.matched + self.returned + self.waiting + self.ignored + self.reversed + self.payouts
        return self.matched == self.paid and parts == self.came


def account_of(ref):
    """The account with this reference, or None."""
    return db.session.scalar(select(Account).where(Account.ref == ref))


def statement_of(ref):
    """The file with this reference and its account, or None."""
    return db.session.scalar(select(Statement).options(joinedload(Statement.account)).where(Statement.ref == ref))


def line_of(ref):
    """The line with this reference, its account and what it pays; or None."""
    return db.session.scalar(_whole().where(StatementLine.ref == ref).execution_options(populate_existing=True))


def statements():
    """An ordered SELECT of all files, the latest first."""
    return select(Statement).options(joinedload(Statement.account)).order_by(Statement.id.desc())


def lines(*, state="", account=None, statement=None, why="", text="", reversals=False):
    """An ordered SELECT of lines: the surest suggestion first among those that wait, else the latest booking."""
    wanted = _whole()
    if state:
        wanted = wanted.where(StatementLine.state == state)
    if account is not None:
        wanted = wanted.where(StatementLine.account_id == account.id)
    if statement is not None:
        wanted = wanted.where(StatementLine.statement_id == statement.id)
    if why:
        wanted = wanted.where(StatementLine.why == why)
    for word in fold(text).split()[:8]:
        wanted = wanted.where(StatementLine.folded.contains(word, autoescape=True))
    waits = case((StatementLine.state == LineState.OPEN, StatementLine.score), else_=0)
    return wanted.order_by(waits.desc(), StatementLine.booked_on.desc(), StatementLine.id.desc())


def counts(account=None, statement=None):
    """{state: how many lines}."""
    wanted = select(StatementLine.state, func.count()).group_by(StatementLine.state)
    if account is not None:
        wanted = wanted.where(StatementLine.account_id == account.id)
    if statement is not None:
        wanted = wanted.where(StatementLine.statement_id == statement.id)
    return dict.fromkeys(LineState, 0) | {LineState(state): count for state, count in db.session.execute(wanted)}


def sure_lines(limit=500):
    """Keys of lines that are to be booked by themselves: what banks took back first, so that it is not given to an order."""
    wanted = select(StatementLine.id).where(StatementLine.is_sure, StatementLine.state == LineState.OPEN)
    return list(db.session.scalars(wanted.order_by(StatementLine.is_reversal.desc(), StatementLine.id).limit(limit)))


def suggestions_for(line, now):
    """[Suggestion] of orders for what is left of a line, looked up anew."""
    facts = {"minor": line.left.minor, "currency": line.currency, "text": line.text, "name": line.name}
    return Finder(candidates(now, [line.text])).suggestions(**facts)


def brought_in_by(line):
    """The key of whoever sent the file of a line."""
    return db.session.scalar(select(Statement.person_id).where(Statement.id == line.statement_id))


def given_by(person_id, order):
    """What lines of files that a person brought in pay of an order by nobody else's word, as Money."""
    alone = or_(Match.made_by_id.is_(None), Match.made_by_id == person_id)
    mine = (Match.order_id == order.id, Match.ended_at.is_(None), Statement.person_id == person_id, alone)
    sums = select(func.coalesce(func.sum(Match.amount_minor), 0)).select_from(Match)
    of_files = sums.join(StatementLine, Match.line_id == StatementLine.id).join(Statement)
    return Money(int(db.session.scalar(of_files.where(*mine))), order.currency)


def matches_of(order_ids):
    """{payment id: Match with its line} of what bank lines pay of these orders."""
    wanted = select(Match).options(joinedload(Match.line)).where(Match.order_id.in_(order_ids))
    return {each.payment_id: each for each in db.session.scalars(wanted)}


def tied():
    """[Tied] of every account."""
    return [_tied(account) for account in accounts()]


def _tied(account):
    line = StatementLine
    mine = (line.account_id == account.id, line.currency == account.currency)
    left = line.amount_minor - line.matched_minor - line.returned_minor
    came = line.amount_minor > 0
    states = counts(account)
    sums = [
        func.coalesce(func.sum(each), 0)
        for each in (
            line.matched_minor,
            line.returned_minor,
            case((came & (line.state == LineState.OPEN), left), else_=0),
            case((came & (line.state == LineState.IGNORED), left), else_=0),
            case((came & (line.state == LineState.REVERSED), left), else_=0),
            case((came & (line.state == LineState.PAYOUT), left), else_=0),
            case((came, line.amount_minor), else_=0),
        )
    ]
    names = ("matched", "returned", "waiting", "ignored", "reversed", "payouts", "came")
    row = db.session.execute(select(*sums).where(*mine)).one()
    found = {name: Money(int(each), account.currency) for name, each in zip(names, row, strict=True)}
    standing = (*mine, Match.ended_at.is_(None), Payment.provider == Provider.BANK)
    paid = select(func.coalesce(func.sum(Payment.amount_minor), 0)).join(Match, Match.payment_id == Payment.id)
    money = db.session.scalar(paid.join(line, Match.line_id == line.id).where(*standing))
    other = select(func.count()).where(line.account_id == account.id, line.currency != account.currency)
    facts = {"paid": Money(int(money), account.currency), "closing": _closing(account)}
    return Tied(account=account, states=states, other=db.session.scalar(other), **found, **facts)


def _closing(account):
    """The balance that the latest statement with one ends with."""
    told = (
        Statement.account_id == account.id,
        Statement.imported_at.is_not(None),
        Statement.closing_minor.is_not(None),
    )
    latest = (
        select(func.max(StatementLine.booked_on)).where(StatementLine.statement_id == Statement.id).correlate(Statement)
    )
    wanted = (
        select(Statement.closing_minor)
        .where(*told)
        .order_by(latest.scalar_subquery().desc().nulls_last(), Statement.id.desc())
    )
    minor = db.session.scalar(wanted.limit(1))
    return None if minor is None else Money(int(minor), account.currency)


def _whole():
    return select(StatementLine).options(
        joinedload(StatementLine.account), selectinload(StatementLine.matches).joinedload(Match.order)
    )
