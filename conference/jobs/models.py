"""When the worker was last seen."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base, UtcDateTime


class Heartbeat(Base):
    """One row: the last instant at which a worker began its sweep."""

    __tablename__ = "jobs_heartbeat"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
