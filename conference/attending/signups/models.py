"""Tables of signing up: which sessions need it, and who has a place or waits for one."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference.attending.signups.rules import SeatState
from conference.kernel import Base, UtcDateTime, one_of
from conference.registration import Registration


class SignUp(Base):
    """A session, by the guid that survives imports and releases, for which one signs up; `taken` and `waiting` count its seats.

    `only_for` are codes of categories, empty for all. `turn` is the place in line that was given out last.
    """

    __tablename__ = "attending_sign_up"
    __table_args__ = (
        UniqueConstraint("meeting_id", "item"),
        CheckConstraint("taken >= 0 AND taken <= places", name="not_oversold"),
        CheckConstraint("waiting >= 0", name="waiting_not_negative"),
        CheckConstraint("opens_at < closes_at", name="in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    item: Mapped[str] = mapped_column(String(36))
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    turn: Mapped[int] = mapped_column(default=0)
    has_list: Mapped[bool] = mapped_column(default=True, server_default=true())
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    only_for: Mapped[list] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def left(self):
        """Places that nobody has; while others wait, they are theirs."""
        return self.places - self.taken


class Seat(Base):
    """One registration's place in a session, or its place in line for one."""

    __tablename__ = "attending_seat"
    __table_args__ = (
        UniqueConstraint("sign_up_id", "registration_id"),
        one_of("state", SeatState),
        CheckConstraint("(state = 'waiting') = (turn IS NOT NULL)", name="turn"),
        Index(None, "sign_up_id", "turn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("attending_sign_up.id", ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(10), default=SeatState.TAKEN)
    turn: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    came_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sign_up: Mapped[SignUp] = relationship(lazy="raise_on_sql")
    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")
