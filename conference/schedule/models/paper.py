"""Tables of what is printed: one file of a release."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference import people
from conference.kernel import Base, UtcDateTime, new_ref, one_of
from conference.schedule.models.public import Release

STATES = ("waiting", "running", "done", "failed")


class Paper(Base):
    """A file of a release after so many of its openings, or of all of it for the printer; the same is made once. `ref` names the file.

    `done` of `total` parts are made. What holds what is under embargo is never public: the database refuses it.
    """

    __tablename__ = "schedule_paper"
    __table_args__ = (
        UniqueConstraint(
            "release_id", "kind", "size", "is_whole", "opening", "language", name="uq_schedule_paper_once"
        ),
        one_of("state", STATES),
        CheckConstraint("done >= 0 AND total >= 0", name="counts"),
        CheckConstraint("NOT (is_whole AND is_public)", name="whole_is_not_public"),
        Index("ix_schedule_paper_due", "state", "lease_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    release_id: Mapped[int] = mapped_column(ForeignKey("schedule_release.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    size: Mapped[str] = mapped_column(String(20))
    is_whole: Mapped[bool]
    opening: Mapped[int]
    language: Mapped[str] = mapped_column(String(20))
    is_public: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    pages: Mapped[int] = mapped_column(default=0)
    missing: Mapped[dict] = mapped_column(JSON, default=dict)
    failure: Mapped[str] = mapped_column(Text, default="")
    etag: Mapped[str] = mapped_column(String(64), default="")
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    release: Mapped[Release] = relationship(lazy="raise_on_sql")
    requested_by: Mapped[people.Person | None] = relationship(lazy="raise_on_sql")

    @property
    def is_over(self):
        """Whether nothing more happens by itself."""
        return self.state in ("done", "failed")
