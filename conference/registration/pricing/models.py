"""The table of what a meeting has decided about its prices."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base, UtcDateTime, one_of
from conference.registration.pricing.rules import CaseKind, CaseState, Lapse, Needs, Policy, PriceDate


class PricePolicy(Base):
    """One meeting's policy. A meeting without a row has the first one of all, see `Policy`."""

    __tablename__ = "registration_price_policy"
    __table_args__ = (
        one_of("needs", Needs),
        one_of("lapse", Lapse),
        one_of("price_date", PriceDate),
        CheckConstraint("grace_days BETWEEN 0 AND 366", name="grace_days"),
        CheckConstraint("credit_days BETWEEN 0 AND 366", name="credit_days"),
        CheckConstraint("pay_days BETWEEN 0 AND 366", name="pay_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), unique=True)
    needs: Mapped[str] = mapped_column(String(12), default=Needs.REGISTRATION)
    order_counts: Mapped[bool] = mapped_column(default=True)
    recheck_on: Mapped[date | None]
    lapse: Mapped[str] = mapped_column(String(10), default=Lapse.HONOUR)
    grace_days: Mapped[int] = mapped_column(default=0)
    credit_days: Mapped[int] = mapped_column(default=0)
    price_date: Mapped[str] = mapped_column(String(10), default=PriceDate.SUBMIT)
    pay_days: Mapped[int] = mapped_column(default=0)
    hard_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def policy(self):
        """The row as a value."""
        return Policy(
            needs=Needs(self.needs),
            order_counts=self.order_counts,
            recheck_on=self.recheck_on,
            lapse=Lapse(self.lapse),
            grace_days=self.grace_days,
            credit_days=self.credit_days,
            price_date=PriceDate(self.price_date),
            pay_days=self.pay_days,
            hard_at=self.hard_at,
            version=self.version,
        )


class PriceCase(Base):
    """One look at one sold ticket because of its member price, so that nothing is done twice for it.

    `warned` waits until `due_at` for a renewal; `asked` has an order over the difference; `credited` has sent it back.
    """

    __tablename__ = "registration_price_case"
    __table_args__ = (
        UniqueConstraint("line_id", "kind"),
        one_of("kind", CaseKind),
        one_of("state", CaseState),
        Index("ix_registration_price_case_due", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("payments_line.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
