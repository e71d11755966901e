"""Tables of changes: what they cost until when, and each change of a registration that stood."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference.kernel import Base, UtcDateTime, new_ref, one_of
from conference.registration.changes.rules import ASKED, ChangeState, Kind
from conference.registration.models import Category, Registration


class ChangeStep(Base):
    """One step of a meeting's table: until an instant, a kind of change costs so much (rules.Step)."""

    __tablename__ = "registration_change_step"
    __table_args__ = (
        one_of("kind", ASKED),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint("amount_minor >= 0 AND minimum_minor >= 0", name="amounts"),
        Index("ix_registration_change_step_meeting", "meeting_id", "kind", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("registration_category.id"))
    kind: Mapped[str] = mapped_column(String(10))
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    percent: Mapped[int] = mapped_column(default=0)
    amount_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    minimum_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    category: Mapped[Category | None] = relationship(lazy="joined")


class Change(Base):
    """One change of a registration: what it was before and is afterwards, the order that pays for it, the lines that end.

    Only one can be open at a time. `refund_minor` goes back when it is done; `heir_id` is the registration that takes the places over.
    """

    __tablename__ = "registration_change"
    __table_args__ = (
        one_of("kind", Kind),
        one_of("state", ChangeState),
        CheckConstraint("refund_minor >= 0", name="refund"),
        Index(
            "uq_registration_change_open",
            "registration_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    heir_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("payments_order.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(6), default=ChangeState.OPEN)
    before: Mapped[dict] = mapped_column(JSON)
    after: Mapped[dict] = mapped_column(JSON)
    ends: Mapped[list] = mapped_column(JSON, default=list)
    currency: Mapped[str] = mapped_column(String(3))
    refund_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    reason: Mapped[str] = mapped_column(String(300), default="")
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registration: Mapped[Registration] = relationship(lazy="raise_on_sql", foreign_keys=registration_id)
