"""How a meeting takes bank transfers."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from conference.checkout.transfer_rules import Whom
from conference.kernel import Base, one_of


class TransferTerms(Base):
    """Who may pay a meeting's orders by transfer, within how many days, and how long before it the last day is.

    `grace_days`: so long places are held beyond the day, as banks take their time.
    """

    __tablename__ = "checkout_transfer_terms"
    __table_args__ = (
        one_of("whom", Whom),
        CheckConstraint(
            "days BETWEEN 1 AND 60 AND days_before BETWEEN 0 AND 365 AND grace_days BETWEEN 0 AND 14", name="days"
        ),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    whom: Mapped[str] = mapped_column(String(10), default="nobody")
    days: Mapped[int] = mapped_column(default=14)
    days_before: Mapped[int] = mapped_column(default=14)
    grace_days: Mapped[int] = mapped_column(default=3)
    version: Mapped[int] = mapped_column(default=1)
