"""Tables of dunning: what is to be done, how far it has come with an order, and what was sent."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference.checkout.dunning.rules import Release, Step
from conference.kernel import Base, Money, UtcDateTime, one_of

_DEFAULT = text("meeting_id IS NULL")


class DunningPolicy(Base):
    """How a meeting reminds of transfers that were promised; the one without a meeting is for all that have none of their own.

    `by_hand`: nothing is sent before staff have looked at it. `bank_days`: see rules.Schedule.
    """

    __tablename__ = "checkout_dunning_policy"
    __table_args__ = (
        one_of("release", Release),
        CheckConstraint("days_to_pay BETWEEN 1 AND 90 AND bank_days BETWEEN 0 AND 30", name="days"),
        CheckConstraint("is_default = (meeting_id IS NULL)", name="default"),
        Index(
            "uq_checkout_dunning_policy_default",
            "is_default",
            unique=True,
            sqlite_where=_DEFAULT,
            postgresql_where=_DEFAULT,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), unique=True)
    is_default: Mapped[bool] = mapped_column(default=False)
    is_on: Mapped[bool] = mapped_column(default=False)
    by_hand: Mapped[bool] = mapped_column(default=False)
    release: Mapped[str] = mapped_column(String(10), default="staff")
    days_to_pay: Mapped[int] = mapped_column(default=10)
    bank_days: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    steps: Mapped[list["DunningStep"]] = relationship(lazy="raise_on_sql", order_by="DunningStep.id")


class DunningStep(Base):
    """A letter that a policy sends: after how many days (rules.Schedule), and what it says beside the facts; empty is as usual."""

    __tablename__ = "checkout_dunning_step"
    __table_args__ = (
        UniqueConstraint("policy_id", "step"),
        one_of("step", Step),
        CheckConstraint("days BETWEEN 1 AND 90", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("checkout_dunning_policy.id"))
    step: Mapped[str] = mapped_column(String(10))
    is_on: Mapped[bool] = mapped_column(default=True)
    days: Mapped[int]
    subject: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class DunningCase(Base):
    """An order that is to be paid by a transfer: what was decided about it, and what comes next.

    `due_on`, `next_step` and `next_on` are what the rules said when they were last asked, at `looked_at`: to find rows by, not to act on. None there:
    it is to be looked at anew.
    """

    __tablename__ = "checkout_dunning_case"
    __table_args__ = (
        Index("ix_checkout_dunning_case_next_on", "next_on"),
        one_of("next_step", Step),
        CheckConstraint("(next_step IS NULL) = (next_on IS NULL)", name="next"),
        CheckConstraint("(paused_until IS NULL) = (pause_reason = '')", name="paused"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"), primary_key=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)  # None: of dues
    due_on: Mapped[date | None] = mapped_column(Date, index=True)
    next_step: Mapped[str | None] = mapped_column(String(10))
    next_on: Mapped[date | None] = mapped_column(Date)
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_day: Mapped[date | None] = mapped_column(Date)
    paused_until: Mapped[date | None] = mapped_column(Date)
    pause_reason: Mapped[str] = mapped_column(Text, default="")


class DunningLetter(Base):
    """A step that was sent for an order: each once, and one on a day of the venue. `missing_minor`: what it asked for."""

    __tablename__ = "checkout_dunning_letter"
    __table_args__ = (
        UniqueConstraint("order_id", "step"),
        UniqueConstraint("order_id", "sent_on"),
        one_of("step", Step),
        CheckConstraint("missing_minor > 0", name="missing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"))
    step: Mapped[str] = mapped_column(String(10))
    sent_on: Mapped[date] = mapped_column(Date)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    missing_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    last_day: Mapped[date | None] = mapped_column(Date)

    @property
    def missing(self):
        """What it asked for."""
        return Money(self.missing_minor, self.currency)
