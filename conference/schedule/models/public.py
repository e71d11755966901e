"""Tables of what is made of the draft: releases, their files, everybody's stars, uploads that wait."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base, UtcDateTime, new_ref


class Release(Base):
    """The whole programme as it was made public once: never changed, the highest number is the current one.

    `openings` are the moments (seconds since 1970, in order) at which something of it ceases to be under embargo. `news` is what it has changed,
    item by item (changes/rules.py), with from when the public may read of it.
    `telling_since` stands as long as letters about it are being written, asked for by whom and in which language.
    """

    __tablename__ = "schedule_release"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    note: Mapped[str] = mapped_column(String(600), default="")
    url: Mapped[str] = mapped_column(String(500))
    sessions: Mapped[int]
    presentations: Mapped[int]
    changes: Mapped[dict] = mapped_column(JSON, default=dict)
    openings: Mapped[list] = mapped_column(JSON, default=list)
    telling_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    telling_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    telling_language: Mapped[str] = mapped_column(String(20), default="")
    news: Mapped[list] = mapped_column(JSON, default=list, deferred=True)
    revisions: Mapped[dict] = mapped_column(JSON, default=dict, deferred=True)
    document: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class ReleaseFile(Base):
    """One export of a release after so many of its `openings`: gzip bytes made once, so that every process serves the same
    and their ETag is strong."""

    __tablename__ = "schedule_release_file"
    __table_args__ = (UniqueConstraint("release_id", "format", "opening"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("schedule_release.id", ondelete="CASCADE"))
    format: Mapped[str] = mapped_column(String(10))
    opening: Mapped[int] = mapped_column(default=0)
    etag: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Itinerary(Base):
    """Whose stars these are: a visitor's, known by the keyed hash of a cookie, or a person's."""

    __tablename__ = "schedule_itinerary"
    __table_args__ = (CheckConstraint("(visitor IS NULL) <> (person_id IS NULL)", name="one_owner"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visitor: Mapped[str | None] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    feed: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: new_ref(24))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Star(Base):
    """One session or presentation that somebody wants to see, by the guid that survives re-scheduling."""

    __tablename__ = "schedule_star"
    __table_args__ = (UniqueConstraint("itinerary_id", "meeting_id", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    itinerary_id: Mapped[int] = mapped_column(ForeignKey("schedule_itinerary.id", ondelete="CASCADE"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    item: Mapped[str] = mapped_column(String(36))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Look(Base):
    """Up to which release the owner of an itinerary has seen what moved in one meeting."""

    __tablename__ = "schedule_look"
    __table_args__ = (UniqueConstraint("itinerary_id", "meeting_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    itinerary_id: Mapped[int] = mapped_column(ForeignKey("schedule_itinerary.id", ondelete="CASCADE"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    release: Mapped[int]


class Share(Base):
    """A secret link by which others read the stars of one meeting, with the owner's name where they have said so; deleted when it is revoked."""

    __tablename__ = "schedule_share"
    __table_args__ = (UniqueConstraint("itinerary_id", "meeting_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    itinerary_id: Mapped[int] = mapped_column(ForeignKey("schedule_itinerary.id", ondelete="CASCADE"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: new_ref(24))
    with_name: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Upload(Base):
    """A file that staff have sent and checked, waiting to be imported; its bytes go when that is done."""

    __tablename__ = "schedule_upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    name: Mapped[str] = mapped_column(String(300))
    report: Mapped[dict] = mapped_column(JSON)
    imported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
