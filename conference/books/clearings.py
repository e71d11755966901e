"""Payouts that have cleared at the bank, in the journal: on the bank's day, or, when they were tied or untied after its month was closed, in the next."""

from sqlalchemy import and_, false, func, or_, select, true

from conference.books import rules
from conference.books.rules import Role
from conference.kernel import db
from conference.payments import bank, payouts

Clearing = bank.Clearing
_Line, _Tie, _Payout = bank.StatementLine, bank.Counterpart, payouts.Payout


def booked(*where):
    """A SELECT of what is booked: (id, at, minor, currency, counterpart's kind, is_undone, what the line says, payout's id, line's reference)."""
    columns = (
        Clearing.id, Clearing.at, Clearing.amount_minor, Clearing.currency, _Tie.kind, Clearing.is_undone, _Line.text,
        _Payout.payout_id, _Line.ref,
    )  # fmt: skip
    tied = select(*columns).select_from(Clearing).join(_Tie, _Tie.id == Clearing.counterpart_id)
    return tied.join(_Line, _Line.id == _Tie.line_id).join(_Payout, _Payout.id == _Tie.payout_id).where(*where)


def of_period(period):
    """The clause that a clearing is booked in a period."""
    mine = and_(Clearing.at >= period.starts_at, Clearing.at < period.ends_at)
    if period.earlier is not None:
        mine = or_(mine, and_(Clearing.at < period.starts_at, Clearing.id > period.earlier.last_clearing))
    return mine if period.later is None else and_(mine, Clearing.id <= period.later.last_clearing)


def touching(role):
    """The clause that a clearing posts to the account of a role."""
    return true() if role in (Role.BANK, Role.TRANSIT) else false()


def named(text):
    """The clause that a clearing has words in it: of its line or the payout's id."""
    return or_(*(each.icontains(text, autoescape=True) for each in (_Line.text, _Payout.payout_id)))


def sums(*where):
    """[(minor units, currency)] of these, what came and what went apart."""
    went = (Clearing.amount_minor < 0).label("went")
    asked = select(func.sum(Clearing.amount_minor), Clearing.currency, went).where(*where)
    rows = db.session.execute(asked.group_by(Clearing.currency, "went"))
    return [(int(minor), currency) for minor, currency, _went in rows]


def newest():
    """The highest key of a clearing; 0 when there is none."""
    return db.session.scalar(select(func.coalesce(func.max(Clearing.id), 0)))


def postings(*where):
    """[Posting] of the sums of these."""
    return [post for minor, currency in sums(*where) for post in rules.of_clearing(minor, currency)]
