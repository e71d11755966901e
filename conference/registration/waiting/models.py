"""Tables of waiting: each person's wait for a thing, and for how long a meeting's offers stand."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference.kernel import Base, UtcDateTime, new_ref, one_of
from conference.meetings import Meeting
from conference.registration.models import AddOn, Category, Pool, Registration
from conference.registration.waiting.rules import LIVE, Pace, WaitState

_IS_LIVE = text(f"state IN ({', '.join(repr(str(state)) for state in LIVE)})")


class Wait(Base):
    """One registration's wait for a place of one pool; only one such wait is live. `position` orders those who wait."""

    __tablename__ = "registration_wait"
    __table_args__ = (
        one_of("state", WaitState),
        CheckConstraint("(category_id IS NULL) <> (add_on_id IS NULL)", name="for_one_thing"),
        CheckConstraint("state <> 'offered' OR ends_at IS NOT NULL", name="offers_end"),
        Index(
            "uq_registration_wait_live",
            "registration_id",
            "pool_id",
            unique=True,
            sqlite_where=_IS_LIVE,
            postgresql_where=_IS_LIVE,
        ),
        Index("ix_registration_wait_line", "pool_id", "state", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    pool_id: Mapped[int] = mapped_column(ForeignKey("registration_pool.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("registration_category.id"))
    add_on_id: Mapped[int | None] = mapped_column(ForeignKey("registration_add_on.id"))
    state: Mapped[str] = mapped_column(String(10), default=WaitState.WAITING)
    position: Mapped[int]
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    offered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(String(300), default="")
    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
    pool: Mapped[Pool] = relationship(lazy="raise_on_sql")
    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")
    category: Mapped[Category | None] = relationship(lazy="raise_on_sql")
    add_on: Mapped[AddOn | None] = relationship(lazy="raise_on_sql")

    @property
    def what(self):
        """What is waited for, by its name."""
        return self.category.name if self.category else self.add_on.title

    def is_offered(self, now):
        """Whether a place is offered that can still be taken."""
        return self.state == WaitState.OFFERED and now < self.ends_at


class WaitPace(Base):
    """For how long a meeting's offers stand (rules.Pace); a meeting without a row has the usual hours."""

    __tablename__ = "registration_wait_pace"
    __table_args__ = (
        CheckConstraint("hours > 0 AND hours_month > 0 AND hours_week > 0 AND hours_end > 0", name="hours"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    hours: Mapped[int]
    hours_month: Mapped[int]
    hours_week: Mapped[int]
    hours_end: Mapped[int]

    def as_rule(self):
        """The row as the rules need it."""
        return Pace(self.hours, self.hours_month, self.hours_week, self.hours_end)
