"""Staff's word that money is there, or a bank line that they brought in, which above a limit counts only when a second person says the same.

The database holds the rule: nobody decides on their own mark, and of an order only one waits.
"""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, select, text, update
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from conference import audit
from conference.kernel import Base, Money, Refusal, UtcDateTime, claimed, db, insert_once, new_ref, one_of
from conference.payments.models import Order
from conference.payments.rules import Provider
from conference.people import Person

if TYPE_CHECKING:
    from conference.payments.bank.models import StatementLine

WAYS = (Provider.TRANSFER, Provider.CHEQUE, Provider.CASH, Provider.TERMINAL, Provider.HAND)
_WAITS = text("state = 'waiting'")


class MarkState(StrEnum):
    """Where a mark stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


class Mark(Base):
    """An order marked as paid that waits for a second person, or what they decided.

    With a bank line it is that line's money, and `asked_by` whoever brought the line in.
    """

    __tablename__ = "payments_mark"
    __table_args__ = (
        CheckConstraint("decided_by_id <> asked_by_id", name="two_people"),
        CheckConstraint("(state = 'waiting') = (decided_by_id IS NULL)", name="decided_by_somebody"),
        CheckConstraint("amount_minor > 0", name="amount"),
        one_of("state", MarkState),
        CheckConstraint("(line_id IS NOT NULL) = (provider = 'bank')", name="line_of_bank"),
        one_of("provider", (*WAYS, Provider.BANK)),
        Index("uq_payments_mark_waiting", "order_id", unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"), index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("payments_bank_line.id"), index=True)
    provider: Mapped[str] = mapped_column(String(10))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    note: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")
    order: Mapped[Order] = relationship(lazy="raise_on_sql")
    line: Mapped["StatementLine | None"] = relationship(lazy="raise_on_sql")
    asked_by: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[decided_by_id])

    @property
    def amount(self):
        """What is said to be there."""
        return Money(self.amount_minor, self.currency)


def ask(order, *, provider, amount, note, by, now, line=None, acting=None):
    """Keep staff's word until a second person decides; Refusal when another one waits for this order.

    With a bank `line`, `by` brought it in, and `acting` matches it now (None: it was matched by itself).
    """
    values = {
        "ref": new_ref(),
        "order_id": order.id,
        "line_id": line.id if line else None,
        "provider": str(provider),
        "amount_minor": amount.minor,
        "currency": amount.currency,
        "note": note,
        "asked_by_id": by.id,
        "asked_at": now,
        "state": str(MarkState.WAITING),
        "reason": "",
    }
    if not insert_once(Mark.__table__, values):
        raise Refusal(_("A payment of this order waits for a second person already: look at the payments to approve."))
    facts = {"amount": amount.minor, "currency": amount.currency}
    who = acting if line else by
    audit.record(by=who, verb="asked for approval of a payment", subject=order, now=now, after=facts, note=note)


def decide(mark, state, *, reason, by, now):
    """A second person says yes or no; Refusal to whoever has marked it, and when somebody was faster."""
    if by.id == mark.asked_by_id:
        raise Refusal(
            _("You have marked this, or brought it in with a statement, yourself: somebody else must decide.")
        )
    waiting = update(Mark).where(Mark.id == mark.id, Mark.state == MarkState.WAITING, Mark.asked_by_id != by.id)
    if not claimed(waiting.values(state=str(state), decided_by_id=by.id, decided_at=now, reason=reason)):
        raise Refusal(_("Somebody else has decided this meanwhile."))
    db.session.refresh(mark)


def mark_of(ref):
    """The mark with this reference, its order and who made it; or None."""
    return db.session.scalar(_whole().where(Mark.ref == ref))


def marks():
    """An ordered SELECT of all marks: those that wait first, the oldest of them on top, then the latest decided."""
    waits = Mark.state == MarkState.WAITING
    return _whole().order_by(waits.desc(), Mark.decided_at.desc(), Mark.id)


def waiting_marks(order_ids):
    """{order id: Mark that waits} of these orders."""
    wanted = _whole().where(Mark.order_id.in_(order_ids), Mark.state == MarkState.WAITING)
    return {each.order_id: each for each in db.session.scalars(wanted)}


def is_waiting(order):
    """Whether a second person is asked about money for an order."""
    return bool(db.session.scalar(select(Mark.id).where(Mark.order_id == order.id, Mark.state == MarkState.WAITING)))


def fulfil(order, line, *, by, now):
    """Money of a bank line was given to an order by somebody else than who brought it in: what waited for that is decided."""
    waiting = update(Mark).where(
        Mark.order_id == order.id, Mark.line_id == line.id, Mark.state == MarkState.WAITING, Mark.asked_by_id != by.id
    )
    db.session.execute(waiting.values(state=str(MarkState.APPROVED), decided_by_id=by.id, decided_at=now))


def waiting_lines(line_ids):
    """[Mark that waits] of money of these bank lines."""
    return list(
        db.session.scalars(
            _whole().where(Mark.line_id.in_(line_ids), Mark.state == MarkState.WAITING).order_by(Mark.id)
        )
    )


def _whole():
    people = (joinedload(Mark.asked_by), joinedload(Mark.decided_by), joinedload(Mark.line))
    return select(Mark).options(joinedload(Mark.order).selectinload(Order.lines), *people)
