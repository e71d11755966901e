"""The door's one table: arrivals."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference import people
from conference.kernel import Base, UtcDateTime
from conference.registration import Registration

_STANDING = text("undone_at IS NULL")


class CheckIn(Base):
    """Somebody arrived. A registration has one that stands; those taken back stay, so that a day can be told afterwards."""

    __tablename__ = "door_check_in"
    __table_args__ = (
        Index(
            "uq_door_check_in_standing",
            "registration_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        CheckConstraint("way IN ('scan', 'search')", name="way"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    way: Mapped[str] = mapped_column(String(10))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")
    by: Mapped[people.Person] = relationship(lazy="raise_on_sql", foreign_keys=by_id)
