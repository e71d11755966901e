"""Tables of allotments: so many seats of a group that cost nothing, and who has one of them."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base, UtcDateTime, one_of


class Allotment(Base):
    """So many seats of a group that cost nothing; `used` counts those held and kept, and is never more than `allotted`."""

    __tablename__ = "registration_allotment"
    __table_args__ = (
        CheckConstraint("used >= 0", name="not_negative"),
        CheckConstraint("used <= allotted", name="not_overused"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("registration_group.id", ondelete="CASCADE"), unique=True)
    allotted: Mapped[int]
    used: Mapped[int] = mapped_column(default=0)


class AllotmentUse(Base):
    """A registration within an allotment: held with its order, kept once it is settled. `list_minor`: what it would have cost."""

    __tablename__ = "registration_allotment_use"
    __table_args__ = (one_of("state", ("held", "kept")), CheckConstraint("list_minor >= 0", name="list"))

    id: Mapped[int] = mapped_column(primary_key=True)
    allotment_id: Mapped[int] = mapped_column(ForeignKey("registration_allotment.id"), index=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), unique=True)
    state: Mapped[str] = mapped_column(String(4), default="held")
    list_minor: Mapped[int] = mapped_column(BigInteger)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)
