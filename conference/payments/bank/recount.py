"""The recount of bank lines: what a line gave is the sum of its matches, a match is its payment, and each account's money is somewhere."""

from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import aliased

from conference.kernel import before_commit, db
from conference.payments.bank import clearings
from conference.payments.bank.models import Counterpart, Match, StatementLine
from conference.payments.bank.queries import tied
from conference.payments.models import Payment
from conference.payments.recount import refuse_differences


def differences():
    """Every place where bank lines do not agree with what they pay, in words, amounts in minor units; empty when they tie out."""
    return [*_lines(), *clearings.differences(), *map(_account, (each for each in tied() if not each.is_tied))]


def to_be_checked(*line_ids):
    """Have these lines recounted before the surrounding transaction is committed; BooksDoNotTieOut undoes it."""
    before_commit(_check, line_ids)


def _check(line_ids):
    refuse_differences(_lines, line_ids)


def _lines(line_ids=None):
    """The differences of these lines, or of all."""
    return [*_matched(line_ids), *_paid(line_ids), *_returned(line_ids)]


def _matched(line_ids):
    """What a line says was given to orders is the sum of its matches that stand."""
    stands = (Match.ended_at.is_(None), _among(Match.line_id, line_ids))
    sums = (
        select(Match.line_id, func.sum(Match.amount_minor).label("sum"))
        .where(*stands)
        .group_by(Match.line_id)
        .subquery()
    )
    counted = func.coalesce(sums.c.sum, 0)
    asked = select(StatementLine.ref, StatementLine.matched_minor, counted)
    asked = asked.outerjoin(sums, sums.c.line_id == StatementLine.id).where(_among(StatementLine.id, line_ids))
    rows = db.session.execute(asked.where(StatementLine.matched_minor != counted).order_by(StatementLine.id))
    return [f"bank line {ref}: {a} marked as given to orders, its matches sum to {b}" for ref, a, b in rows]


def _paid(line_ids):
    """A match is the payment that it made: of its amount, in its order."""
    wrong = or_(Match.amount_minor != Payment.amount_minor, Match.order_id != Payment.order_id)
    asked = select(StatementLine.ref, Match.amount_minor, Payment.provider_ref, Payment.amount_minor)
    asked = asked.join(Match, Match.line_id == StatementLine.id).join(Payment, Payment.id == Match.payment_id)
    rows = db.session.execute(asked.where(wrong, _among(StatementLine.id, line_ids)).order_by(Match.id))
    return [f"bank line {ref}: a match over {a} made payment {paid} over {b}" for ref, a, paid, b in rows]


def _returned(line_ids):
    """What a line says was sent back is what the line says by which the bank shows it, where there is one."""
    shown = aliased(StatementLine)
    asked = select(StatementLine.ref, StatementLine.returned_minor, shown.ref, -shown.amount_minor)
    asked = asked.join(Counterpart, Counterpart.returned_id == StatementLine.id).join(
        shown, shown.id == Counterpart.line_id
    )
    asked = asked.where(Counterpart.ended_at.is_(None), _among(StatementLine.id, line_ids))
    rows = db.session.execute(
        asked.where(StatementLine.returned_minor != -shown.amount_minor).order_by(StatementLine.id)
    )
    return [f"bank line {ref}: {a} marked as sent back, line {other} shows {b}" for ref, a, other, b in rows]


def _account(each):
    """An account whose lines do not come to what the books received from it."""
    parts = ", ".join(
        f"{name} {getattr(each, name).minor}"
        for name in ("matched", "returned", "waiting", "ignored", "reversed", "payouts", "came", "paid")
    )
    return f"bank account {each.account.name} in {each.account.currency} does not tie out: {parts}"


def _among(column, line_ids):
    return true() if line_ids is None else column.in_(line_ids)
