"""Tables of what was submitted: abstracts, their authors, where these work, and until when what may be read."""

from datetime import datetime, time

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference.kernel import Base, UtcDateTime, one_of
from conference.schedule.formats.embargo import ANCHORS, GROUPS
from conference.schedule.formats.programme import STATUSES
from conference.schedule.models.draft import Contributor, Presentation


class Abstract(Base):
    """What was submitted, whether it is presented once, several times or not at all; `number` stands in print and never changes.

    `sections` are {"heading", "text"} with text as safe HTML. The four instants hold back what the meeting's rules would not.
    `folded` is what the desk finds it by: number, title, authors and institutions without case and accents (finding.py).
    """

    __tablename__ = "schedule_abstract"
    __table_args__ = (
        UniqueConstraint("meeting_id", "guid"),
        UniqueConstraint("meeting_id", "number"),
        one_of("status", STATUSES),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    guid: Mapped[str] = mapped_column(String(36))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(500))
    status: Mapped[str] = mapped_column(String(20), default="accepted")
    late_breaking: Mapped[bool] = mapped_column(default=False)
    award: Mapped[str] = mapped_column(String(100), default="")
    sections: Mapped[list] = mapped_column(JSON, default=list)
    topics: Mapped[list] = mapped_column(JSON, default=list)
    links: Mapped[list] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(default=1)
    folded: Mapped[str] = mapped_column(Text, default="")
    listing_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    text_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    files_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    award_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    authors: Mapped[list["Author"]] = relationship(
        cascade="all, delete-orphan", order_by="Author.position", lazy="raise_on_sql"
    )
    presentations: Mapped[list[Presentation]] = relationship(lazy="raise_on_sql", back_populates="submission")


class EmbargoRule(Base):
    """Until when a meeting holds a group of fields back, in presentations of a kind or ("") of all."""

    __tablename__ = "schedule_embargo"
    __table_args__ = (
        UniqueConstraint("meeting_id", "part", "kind"),
        one_of("part", GROUPS),
        one_of("anchor", ANCHORS),
        CheckConstraint("(at IS NOT NULL) = (anchor = 'instant')", name="instant"),
        CheckConstraint("(clock IS NOT NULL) = (anchor IN ('day', 'meeting'))", name="clock"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    part: Mapped[str] = mapped_column(String(20))
    anchor: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(100), default="")
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    clock: Mapped[time | None] = mapped_column(Time)


class Author(Base):
    """One author, in order, of an abstract or of a presentation that has none."""

    __tablename__ = "schedule_author"
    __table_args__ = (
        UniqueConstraint("presentation_id", "position"),
        UniqueConstraint("abstract_id", "position"),
        CheckConstraint("(presentation_id IS NULL) <> (abstract_id IS NULL)", name="one_paper"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    presentation_id: Mapped[int | None] = mapped_column(ForeignKey("schedule_presentation.id", ondelete="CASCADE"))
    abstract_id: Mapped[int | None] = mapped_column(ForeignKey("schedule_abstract.id", ondelete="CASCADE"))
    contributor_id: Mapped[int] = mapped_column(ForeignKey("schedule_contributor.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    presenting: Mapped[bool] = mapped_column(default=False)
    corresponding: Mapped[bool] = mapped_column(default=False)

    contributor: Mapped[Contributor] = relationship(lazy="raise_on_sql")
    affiliations: Mapped[list["Affiliation"]] = relationship(
        cascade="all, delete-orphan", order_by="Affiliation.position", lazy="raise_on_sql"
    )


class Affiliation(Base):
    """Where an author works, as it was submitted; `ror` is the institution's id (https://ror.org), without its address."""

    __tablename__ = "schedule_affiliation"
    __table_args__ = (UniqueConstraint("author_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("schedule_author.id", ondelete="CASCADE"))
    position: Mapped[int]
    institution: Mapped[str] = mapped_column(String(300), default="")
    department: Mapped[str] = mapped_column(String(300), default="")
    city: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[str] = mapped_column(String(300), default="")
    country: Mapped[str] = mapped_column(String(300), default="")
    ror: Mapped[str] = mapped_column(String(9), default="")
