"""Payouts that have cleared at the bank, for the books: a row when a line is tied to one, another when it is untied. Only added to."""

from datetime import datetime, time

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint, and_, case, func, select
from sqlalchemy.orm import Mapped, mapped_column

from conference import society
from conference.kernel import Base, UtcDateTime, append_only, db
from conference.payments.bank.models import Counterpart, StatementLine
from conference.payments.bank.rules import CounterpartKind
from conference.payments.payouts.models import BalanceRow, Payout
from conference.payments.payouts.rules import SENT

KINDS = (CounterpartKind.PAYOUT, CounterpartKind.PAYOUT_BACK)
_SENT = BalanceRow.category.in_(SENT)
_SHOWN = and_(Counterpart.kind.in_(KINDS), Counterpart.ended_at.is_(None))


class Clearing(Base):
    """Money of a payout that a bank has shown, in minor units: above zero it came, below it went back, or had not come after all.

    `at` is noon of the bank's day at the society's place, so that it lies on that day in other zones too; `is_undone`: the line was untied.
    """

    __tablename__ = "payments_bank_clearing"
    __table_args__ = (
        UniqueConstraint("counterpart_id", "is_undone"),
        CheckConstraint("amount_minor <> 0", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    counterpart_id: Mapped[int] = mapped_column(ForeignKey("payments_bank_counterpart.id"))
    is_undone: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))


append_only(Clearing.__table__)


def note_clearing(line, counterpart, *, is_undone=False):
    """The books learn that a line shows a payout, or that it does not after all; what is tied to something else they know already."""
    if counterpart.kind in KINDS:
        noon = datetime.combine(line.booked_on, time(12), society.zone())
        minor = -line.amount_minor if is_undone else line.amount_minor
        facts = {"at": noon, "amount_minor": minor, "currency": line.currency}
        db.session.add(Clearing(counterpart_id=counterpart.id, is_undone=is_undone, **facts))
        db.session.flush()


def on_their_way():
    """{currency: minor units} that Stripe has sent to banks and no line shows."""
    sent = select(BalanceRow.currency, -func.sum(BalanceRow.amount_minor)).where(_SENT).group_by(BalanceRow.currency)
    shown = select(StatementLine.currency, func.sum(StatementLine.amount_minor)).join(
        Counterpart, Counterpart.line_id == StatementLine.id
    )
    found = {currency: int(minor) for currency, minor in db.session.execute(sent)}
    for currency, minor in db.session.execute(shown.where(_SHOWN).group_by(StatementLine.currency)):
        found[currency] = found.get(currency, 0) - int(minor)
    return found


def is_on_its_way():
    """The clause that more of a payout was sent than a bank has shown, or less."""
    sent = select(func.coalesce(-func.sum(BalanceRow.amount_minor), 0)).where(
        BalanceRow.source == Payout.payout_id, _SENT
    )
    shown = select(func.coalesce(func.sum(StatementLine.amount_minor), 0)).join(
        Counterpart, Counterpart.line_id == StatementLine.id
    )
    mine = shown.where(Counterpart.payout_id == Payout.id, _SHOWN).correlate(Payout).scalar_subquery()
    return sent.correlate(Payout).scalar_subquery() != mine


def differences():
    """Lines tied to a payout of which the books know something else, in words, amounts in minor units."""
    told = func.coalesce(func.sum(Clearing.amount_minor), 0)
    should = case((Counterpart.ended_at.is_(None), StatementLine.amount_minor), else_=0)
    asked = select(StatementLine.ref, should, told).join(Counterpart, Counterpart.line_id == StatementLine.id)
    asked = asked.outerjoin(Clearing, Clearing.counterpart_id == Counterpart.id).where(Counterpart.kind.in_(KINDS))
    grouped = asked.group_by(Counterpart.id, Counterpart.ended_at, StatementLine.ref, StatementLine.amount_minor)
    rows = db.session.execute(grouped.having(told != should).order_by(Counterpart.id))
    return [f"bank line {ref}: {a} of its payout stand at the bank, the books know of {b}" for ref, a, b in rows]
