"""Tables of how a draft is checked: what a meeting asks for, ways between rooms, warnings that were set aside."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base, UtcDateTime, one_of

DISCLOSING = ("nobody", "speaking", "everybody")


class CheckPolicy(Base):
    """What a meeting's programme is checked against; a meeting without one has the usual."""

    __tablename__ = "schedule_check_policy"
    __table_args__ = (
        UniqueConstraint("meeting_id"),
        CheckConstraint("walk_minutes >= 0", name="walk_minutes"),
        one_of("disclosing", DISCLOSING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    walk_minutes: Mapped[int] = mapped_column(default=0)
    disclosing: Mapped[str] = mapped_column(String(20), default="speaking")


class Walk(Base):
    """Minutes between two rooms, in either direction: `one_id` is the smaller of the two."""

    __tablename__ = "schedule_walk"
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="in_order"),
        CheckConstraint("minutes >= 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("schedule_room.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("schedule_room.id", ondelete="CASCADE"), index=True)
    minutes: Mapped[int]


class SetAside(Base):
    """A warning that somebody has looked at and lets stand: it comes back when its `state` is another."""

    __tablename__ = "schedule_set_aside"
    __table_args__ = (UniqueConstraint("meeting_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
