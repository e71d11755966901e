"""How a meeting takes bank transfers, and the papers of orders as they were handed out."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from conference.checkout.paper_rules import PaperKind
from conference.checkout.transfer_rules import Whom
from conference.kernel import Base, UtcDateTime, append_only, new_ref, one_of


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


class KeptPaper(Base):
    """A receipt or a statement as it was rendered for whoever asked first, once for all that it says.

    `said` is the SHA-256 of its words and their arrangement, without its style: as long as an order's paper would say the same, it is this one.
    `sha256` is that of the bytes.
    """

    __tablename__ = "checkout_kept_paper"
    __table_args__ = (UniqueConstraint("order_id", "kind", "said"), one_of("kind", PaperKind))

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"))
    kind: Mapped[str] = mapped_column(String(10))
    said: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(10))
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sha256: Mapped[str] = mapped_column(String(64))
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


append_only(KeptPaper.__table__)
