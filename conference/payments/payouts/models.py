"""Tables of Stripe's side of the books: what its balance held, row by row, and what it sent to the bank."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference.kernel import Base, Money, UtcDateTime, append_only, one_of
from conference.payments.payouts.rules import Tie


class Payout(Base):
    """Money that Stripe sent to the society's bank account at once."""

    __tablename__ = "payments_payout"

    id: Mapped[int] = mapped_column(primary_key=True)
    payout_id: Mapped[str] = mapped_column(String(255), unique=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[str] = mapped_column(String(20))
    is_automatic: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    arrives_on: Mapped[date] = mapped_column(index=True)
    failure: Mapped[str] = mapped_column(Text, default="")
    # What the bank's statement shows: words of Stripe's or the society's, and the number under which the bank traces it.
    descriptor: Mapped[str] = mapped_column(String(60), default="")
    trace: Mapped[str] = mapped_column(String(255), default="")
    # When all rows that went along had been fetched; None before, and for ever when Stripe cannot name them.
    itemised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def amount(self):
        """What arrived at the bank, or should have."""
        return Money(self.amount_minor, self.currency)


class BalanceRow(Base):
    """One movement of Stripe's balance, in minor units of the balance's currency; `row_id` is unique, so it is counted once.

    What Stripe says of it is never changed; to what of ours it belongs is found out later, or said by staff.
    """

    __tablename__ = "payments_balance_row"
    __table_args__ = (one_of("tie", Tie), Index("ix_payments_balance_row_open", "tied_at", "tie"))

    id: Mapped[int] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(String(255), unique=True)
    kind: Mapped[str] = mapped_column(String(60))
    category: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(String(255), index=True)
    intent: Mapped[str] = mapped_column(String(255))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    fee_minor: Mapped[int] = mapped_column(BigInteger)
    net_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    source_minor: Mapped[int] = mapped_column(BigInteger)
    source_currency: Mapped[str] = mapped_column(String(3))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    description: Mapped[str] = mapped_column(Text)
    tie: Mapped[str] = mapped_column(String(10))
    payout_key: Mapped[int | None] = mapped_column(ForeignKey("payments_payout.id"), index=True)
    payment_key: Mapped[int | None] = mapped_column(ForeignKey("payments_payment.id"), index=True)
    refund_key: Mapped[int | None] = mapped_column(ForeignKey("payments_refund.id"), index=True)
    tied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    trouble: Mapped[str] = mapped_column(Text, default="")
    explained_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    explanation: Mapped[str] = mapped_column(Text, default="")
    payout: Mapped[Payout | None] = relationship(lazy="raise_on_sql")

    @property
    def amount(self):
        """What moved, before Stripe's fee."""
        return Money(self.amount_minor, self.currency)

    @property
    def fee(self):
        """What Stripe took of it."""
        return Money(self.fee_minor, self.currency)

    @property
    def net(self):
        """By how much the balance changed."""
        return Money(self.net_minor, self.currency)


append_only(
    BalanceRow.__table__,
    but=("payout_key", "payment_key", "refund_key", "tied_at", "trouble", "explained_by", "explanation"),
)
