"""The table of disputes: a payer's bank that wants its money back."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base, Money, UtcDateTime, new_ref, one_of
from conference.payments.dispute_rules import CLOSED, INQUIRIES, RETURNS, DisputeState, PlaceDecision


class Dispute(Base):
    """One dispute of one payment; `provider_ref` is Stripe's, unique, so it is opened here once.

    `taken_minor` is what the bank has of the payment now. `finished_at`: it is decided and the order's account is even again.
    """

    __tablename__ = "payments_dispute"
    __table_args__ = (
        CheckConstraint("amount_minor >= 0 AND taken_minor >= 0", name="amount"),
        one_of("state", DisputeState),
        one_of("place", PlaceDecision),
        Index("ix_payments_dispute_due", "closed_at", "evidence_due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    provider_ref: Mapped[str] = mapped_column(String(255), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"), index=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments_payment.id"), index=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    reason: Mapped[str] = mapped_column(String(60), default="")
    state: Mapped[str] = mapped_column(String(30))
    blocks_refunds: Mapped[bool] = mapped_column(default=False)
    taken_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    movements: Mapped[int] = mapped_column(default=0)
    fee_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    fee_currency: Mapped[str] = mapped_column(String(3), default="")
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    evidence_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(String(12), default="undecided")
    place_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    place_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    place_why: Mapped[str] = mapped_column(Text, default="")

    @property
    def amount(self):
        """What the payer's bank wants back."""
        return Money(self.amount_minor, self.currency)

    @property
    def taken(self):
        """What it has of it now."""
        return Money(self.taken_minor, self.currency)

    @property
    def fee(self):
        """What Stripe has charged for it: a cost of the society, on no order's account."""
        return Money(self.fee_minor, self.fee_currency or self.currency)

    @property
    def is_open(self):
        """Whether the bank has not decided yet."""
        return self.state not in CLOSED

    @property
    def is_inquiry(self):
        """Whether the bank only asks: no money was taken."""
        return self.state in INQUIRIES

    @property
    def is_return(self):
        """Whether a direct debit was sent back by the bank, which takes no answer."""
        return self.reason in RETURNS
