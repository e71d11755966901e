"""What the desk keeps of its own: views of its lists, files that were checked and wait for a yes, what is done to many, its counters."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference import people
from conference.kernel import Base, UtcDateTime, new_ref, one_of
from conference.registration import Registration
from conference.staff.bulk.rules import ItemState
from conference.staff.counter.rules import Payment

_USUAL, _RUNNING = text("is_usual"), text("finished_at IS NULL")


class Upload(Base):
    """A file of registrations: its text, what it would do, when it was imported, what its rows became, when that was undone.

    `doing` is what the worker has been asked to do with it: check, import or undo; `tries` counts how often that broke.
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
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    failure: Mapped[str] = mapped_column(Text, default="", server_default="")
    done: Mapped[list | None] = mapped_column(JSON)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    kept: Mapped[list | None] = mapped_column(JSON)


class Bulk(Base):
    """Something that is done to many registrations: `act` with its `facts`, to the items, from `due_at` on.

    `digest` knows the same thing again: it is begun once at a time. `undoes` is the one that this one takes back.
    """

    __tablename__ = "staff_bulk"
    __table_args__ = (
        CheckConstraint("total > 0", name="total"),
        Index("ix_staff_bulk_due", "finished_at", "due_at"),
        Index(
            "uq_staff_bulk_running",
            "meeting_id",
            "digest",
            unique=True,
            sqlite_where=_RUNNING,
            postgresql_where=_RUNNING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    act: Mapped[str] = mapped_column(String(20))
    facts: Mapped[dict] = mapped_column(JSON, default=dict)
    digest: Mapped[str] = mapped_column(String(64))
    total: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("staff_bulk.id"), unique=True)
    person: Mapped[people.Person] = relationship(lazy="raise_on_sql")


class BulkItem(Base):
    """One registration of a Bulk: what was `kept` of it for doing it, and what became of it, with the reason when it was refused."""

    __tablename__ = "staff_bulk_item"
    __table_args__ = (
        UniqueConstraint("bulk_id", "registration_id"),
        one_of("state", ItemState),
        Index("ix_staff_bulk_item_next", "bulk_id", "state", "tries", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bulk_id: Mapped[int] = mapped_column(ForeignKey("staff_bulk.id", ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default=ItemState.WAITING)
    kept: Mapped[dict] = mapped_column(JSON, default=dict)
    told: Mapped[str] = mapped_column(Text, default="")
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")


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


class Station(Base):
    """How one counter takes people in: kept for a sign-in, which is one browser, and gone with it."""

    __tablename__ = "staff_station"
    __table_args__ = (one_of("payment", Payment),)

    sign_in_id: Mapped[int] = mapped_column(ForeignKey("account_sign_in.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), default="")
    category: Mapped[str] = mapped_column(String(40), default="")
    payment: Mapped[str] = mapped_column(String(10), default=Payment.CASH)
    checks_in: Mapped[bool] = mapped_column(default=True)
    prints: Mapped[bool] = mapped_column(default=True)


class WalkIn(Base):
    """Somebody was registered at a counter: once for each `token`, which the check page gave out; to be undone for some minutes."""

    __tablename__ = "staff_walk_in"
    __table_args__ = (Index("ix_staff_walk_in_latest", "meeting_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(32), unique=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    station: Mapped[str] = mapped_column(String(60), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")
    by: Mapped[people.Person] = relationship(lazy="raise_on_sql", foreign_keys=by_id)
