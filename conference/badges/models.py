"""Tables of printing: runs that make one file of many badges, snapshots of faces, and each time one was printed."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference import people
from conference.kernel import Base, UtcDateTime, new_ref
from conference.meetings import Meeting
from conference.registration import Registration


class Run(Base):
    """An order for one file of badges: `choice` says which; the file is named by `ref`, in the folder of prints."""

    __tablename__ = "badges_run"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),
        CheckConstraint("done >= 0 AND total >= 0", name="counts"),
        Index("ix_badges_run_due", "state", "lease_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    choice: Mapped[dict] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    missing: Mapped[dict] = mapped_column(JSON, default=dict)
    failure: Mapped[str] = mapped_column(Text, default="")
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
    requested_by: Mapped[people.Person] = relationship(lazy="raise_on_sql")

    @property
    def is_over(self):
        """Whether nothing more happens by itself."""
        return self.state in ("done", "failed")


class Snapshot(Base):
    """What stood on a badge; a registration gets the next version when its face has changed."""

    __tablename__ = "badges_snapshot"
    __table_args__ = (UniqueConstraint("registration_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    version: Mapped[int]
    face: Mapped[dict] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")


class Print(Base):
    """A badge was printed: not that somebody has come to fetch it. `run_id` is empty for one printed by itself."""

    __tablename__ = "badges_print"

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("badges_snapshot.id"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("badges_run.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    snapshot: Mapped[Snapshot] = relationship(lazy="raise_on_sql")
    by: Mapped[people.Person] = relationship(lazy="raise_on_sql")
