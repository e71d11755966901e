"""Tables of the meeting."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference import payments
from conference.kernel import Base, UtcDateTime, clock
from conference.meetings.rules import phase_of, window_at


class Meeting(Base):
    """One annual meeting. `starts` and `ends` are days in its own `timezone`."""

    __tablename__ = "meeting"
    __table_args__ = (CheckConstraint("starts <= ends", name="in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    number: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(300))
    summary: Mapped[str] = mapped_column(String(600), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    starts: Mapped[date]
    ends: Mapped[date]
    timezone: Mapped[str] = mapped_column(String(64))
    currency: Mapped[str] = mapped_column(String(3))
    venue: Mapped[str] = mapped_column(String(300), default="")
    address: Mapped[str] = mapped_column(Text, default="")
    city: Mapped[str] = mapped_column(String(300), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_public: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    windows: Mapped[list["Window"]] = relationship(lazy="selectin", order_by="Window.ends_at")

    @property
    def zone(self):
        """The venue's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def scope(self):
        """How the books name what is for this meeting."""
        return payments.about_meeting(self.code)

    def window_at(self, at):
        """The price window at an instant, or None when registration is over."""
        return window_at(self.windows, at)

    def phase(self, at):
        """Whether one can register at an instant."""
        return phase_of(opens_at=self.opens_at, windows=self.windows, at=at)


class Window(Base):
    """A stretch of time with its own prices (early, regular, late/onsite), ending just before `ends_at`."""

    __tablename__ = "meeting_window"
    __table_args__ = (UniqueConstraint("meeting_id", "code"), UniqueConstraint("meeting_id", "ends_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Deadline(Base):
    """A date that people must know: abstracts, early price, hotel block."""

    __tablename__ = "meeting_deadline"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    url: Mapped[str] = mapped_column(String(500), default="")
