"""The table of what a meeting has decided about guests."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base
from conference.registration.guests.rules import MOST, GuestPolicy


class GuestPolicyRow(Base):
    """One meeting's policy; a meeting without a row registers no guests."""

    __tablename__ = "registration_guest_policy"
    __table_args__ = (CheckConstraint(f"most BETWEEN 0 AND {MOST}", name="most"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), unique=True)
    most: Mapped[int] = mapped_column(default=0)
    hosts: Mapped[list] = mapped_column(JSON, default=list)  # codes of categories; none: all

    @property
    def policy(self):
        """The row as a value."""
        return GuestPolicy(self.most, tuple(self.hosts))
