"""What the desk keeps of its own: views of its lists, files that were checked and wait for a yes, letters to many."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference import people
from conference.kernel import Base, UtcDateTime, new_ref

_USUAL = text("is_usual")


class Upload(Base):
    """A file of registrations: its text, what it would do, when it was imported, what its rows became, when that was undone.

    `doing` is what the worker has been asked to do with it: check, import or undo.
    """

    __tablename__ = "staff_upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    report: Mapped[dict] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    imported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    doing: Mapped[str] = mapped_column(String(10), default="", server_default="")
    failure: Mapped[str] = mapped_column(Text, default="", server_default="")
    done: Mapped[list | None] = mapped_column(JSON)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    kept: Mapped[list | None] = mapped_column(JSON)


class Mailing(Base):
    """Letters to be written again to many: keys of registrations in order, and how many of them the worker has done."""

    __tablename__ = "staff_mailing"
    __table_args__ = (
        CheckConstraint("done >= 0 AND done <= total", name="done"),
        Index("ix_staff_mailing_due", "finished_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    entries: Mapped[list] = mapped_column(JSON)
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    written: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SavedView(Base):
    """A view of the list of registrations under a name: its filters, columns and order, as the address has them.

    It is its maker's own, or shared with the whole desk; one of theirs may be what they see first.
    """

    __tablename__ = "staff_view"
    __table_args__ = (
        Index(
            "uq_staff_view_usual",
            "meeting_id",
            "person_id",
            unique=True,
            sqlite_where=_USUAL,
            postgresql_where=_USUAL,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    asked: Mapped[dict] = mapped_column(JSON)
    is_shared: Mapped[bool] = mapped_column(default=False)
    is_usual: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    person: Mapped[people.Person] = relationship(lazy="raise_on_sql")
