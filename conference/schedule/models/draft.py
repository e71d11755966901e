"""Tables of the draft that staff and imports work on."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference.kernel import Base, UtcDateTime

if TYPE_CHECKING:
    from conference.schedule.models.submitted import Abstract, Author


class Room(Base):
    """A place where sessions are held."""

    __tablename__ = "schedule_room"
    __table_args__ = (UniqueConstraint("meeting_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(300))
    position: Mapped[int] = mapped_column(default=0)


class Track(Base):
    """A strand of the programme."""

    __tablename__ = "schedule_track"
    __table_args__ = (UniqueConstraint("meeting_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(300))
    colour: Mapped[str] = mapped_column(String(7), default="")
    position: Mapped[int] = mapped_column(default=0)


class Kind(Base):
    """A kind of presentation of a meeting, and how many minutes one lasts that says nothing else."""

    __tablename__ = "schedule_kind"
    __table_args__ = (UniqueConstraint("meeting_id", "name"), CheckConstraint("minutes >= 0", name="minutes"))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(100))
    minutes: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)


class Contributor(Base):
    """Someone in the programme of one meeting, as they are written there; linked to a person once that is known.

    `disclosure` of interests is NULL as long as it has not been given, empty where there is nothing to disclose.
    """

    __tablename__ = "schedule_contributor"
    __table_args__ = (UniqueConstraint("meeting_id", "guid"), UniqueConstraint("meeting_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    guid: Mapped[str] = mapped_column(String(36))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(300))
    given: Mapped[str] = mapped_column(String(300), default="")
    middle: Mapped[str] = mapped_column(String(300), default="")
    family: Mapped[str] = mapped_column(String(300), default="")
    disclosure: Mapped[str | None] = mapped_column(Text)


class Session(Base):
    """One entry of the draft with its own time; `number` is its public address and never changes.

    One without day, start and end waits in the pool to be given a time, and is in no release; `pool_minutes` is how long it will be,
    `pool_from` when it began before, which is what the pinned starts of its talks go by. A part of another session has its `parent`;
    `depth` and `parent_depth` let the database refuse a part of a part.
    """

    __tablename__ = "schedule_session"
    __table_args__ = (
        UniqueConstraint("meeting_id", "guid"),
        UniqueConstraint("meeting_id", "number"),
        UniqueConstraint("id", "depth"),
        ForeignKeyConstraint(["parent_id", "parent_depth"], ["schedule_session.id", "schedule_session.depth"]),
        CheckConstraint("starts_at < ends_at", name="in_order"),
        CheckConstraint(
            "(starts_at IS NULL) = (ends_at IS NULL) AND (starts_at IS NULL) = (day IS NULL)", name="all_or_no_time"
        ),
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("pool_minutes >= 0", name="pool_minutes"),
        CheckConstraint(
            "(parent_id IS NULL AND parent_depth IS NULL AND depth = 0)"
            " OR (parent_id IS NOT NULL AND parent_depth = 0 AND depth = 1)",
            name="one_level",
        ),
        Index(None, "meeting_id", "starts_at"),
        Index(None, "parent_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("schedule_room.id", ondelete="SET NULL"), index=True)
    track_id: Mapped[int | None] = mapped_column(ForeignKey("schedule_track.id", ondelete="SET NULL"), index=True)
    guid: Mapped[str] = mapped_column(String(36))
    number: Mapped[int]
    source: Mapped[str] = mapped_column(String(120), default="")
    title: Mapped[str] = mapped_column(String(500))
    subtitle: Mapped[str] = mapped_column(String(500), default="")
    kind: Mapped[str] = mapped_column(String(100), default="")
    language: Mapped[str] = mapped_column(String(20), default="")
    day: Mapped[date | None]
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    abstract: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    origin_url: Mapped[str] = mapped_column(Text, default="")
    links: Mapped[list] = mapped_column(JSON, default=list)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    capacity: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    pool_minutes: Mapped[int] = mapped_column(default=0)
    pool_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    parent_id: Mapped[int | None]
    parent_depth: Mapped[int | None]
    depth: Mapped[int] = mapped_column(default=0)

    room: Mapped[Room | None] = relationship(lazy="raise_on_sql")
    track: Mapped[Track | None] = relationship(lazy="raise_on_sql")
    people: Mapped[list["SessionPerson"]] = relationship(
        cascade="all, delete-orphan", order_by="SessionPerson.position", lazy="raise_on_sql"
    )
    presentations: Mapped[list["Presentation"]] = relationship(
        cascade="all", order_by="Presentation.position", lazy="raise_on_sql", back_populates="session"
    )


class SessionPerson(Base):
    """A chair, speaker or discussant of a whole session."""

    __tablename__ = "schedule_session_person"
    __table_args__ = (UniqueConstraint("session_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("schedule_session.id", ondelete="CASCADE"))
    contributor_id: Mapped[int] = mapped_column(ForeignKey("schedule_contributor.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    role: Mapped[str] = mapped_column(String(20))

    contributor: Mapped[Contributor] = relationship(lazy="raise_on_sql")


class Presentation(Base):
    """A talk or poster within a session; its time follows from its order and minutes unless `starts_at` pins it.

    One that presents an abstract has its title, text, topics, award, links and authors; its own stay empty.
    One that was added and taken back is in no session and in no release; its number is not given again, and what the trail says of it is said of no other.
    """

    __tablename__ = "schedule_presentation"
    __table_args__ = (
        UniqueConstraint("meeting_id", "guid"),
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint("minutes >= 0", name="minutes"),
        CheckConstraint("session_id IS NOT NULL OR withdrawn", name="placed_or_withdrawn"),
        Index(None, "session_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("schedule_session.id", ondelete="CASCADE"))
    track_id: Mapped[int | None] = mapped_column(ForeignKey("schedule_track.id", ondelete="SET NULL"), index=True)
    abstract_id: Mapped[int | None] = mapped_column(ForeignKey("schedule_abstract.id", ondelete="RESTRICT"), index=True)
    position: Mapped[int]
    guid: Mapped[str] = mapped_column(String(36))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(500))
    kind: Mapped[str] = mapped_column(String(100), default="")
    minutes: Mapped[int] = mapped_column(default=0)
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    award: Mapped[str] = mapped_column(String(100), default="")
    board: Mapped[str] = mapped_column(String(40), default="")
    source: Mapped[str] = mapped_column(String(10), default="")  # "desk" for one that no file has brought
    hall: Mapped[str] = mapped_column(String(200), default="")
    late_breaking: Mapped[bool] = mapped_column(default=False)
    abstract: Mapped[str] = mapped_column(Text, default="")
    keywords: Mapped[list] = mapped_column(JSON, default=list)
    links: Mapped[list] = mapped_column(JSON, default=list)
    withdrawn: Mapped[bool] = mapped_column(default=False)

    session: Mapped[Session | None] = relationship(lazy="raise_on_sql", back_populates="presentations")
    track: Mapped[Track | None] = relationship(lazy="raise_on_sql")
    submission: Mapped["Abstract | None"] = relationship(lazy="raise_on_sql", back_populates="presentations")
    authors: Mapped[list["Author"]] = relationship(
        cascade="all, delete-orphan", order_by="Author.position", lazy="raise_on_sql"
    )
