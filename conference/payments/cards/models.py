"""Tables of saved cards: the card as far as it is known here, what its owner agreed to, and charges while the owner is away."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base, Money, UtcDateTime, new_ref, one_of
from conference.payments.cards.rules import CardState, ChargeState, Use, is_expired

_SAVED = text("state = 'saved'")
_REQUESTED = text("state = 'requested'")


class SavedCard(Base):
    """A card that somebody saves, or sets out to: Stripe has its number, here are brand, last four digits and expiry.

    `ref` is what Stripe knows it by before it has one of its own. A person has one saved card, which the partial key holds.
    """

    __tablename__ = "payments_card"
    __table_args__ = (
        one_of("state", CardState),
        Index("uq_payments_card_saved", "person_id", unique=True, sqlite_where=_SAVED, postgresql_where=_SAVED),
        Index("ix_payments_card_due", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: new_ref(16))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="asked")
    session_id: Mapped[str | None] = mapped_column(String(255), unique=True)
    customer_ref: Mapped[str] = mapped_column(String(255), default="")
    method_ref: Mapped[str | None] = mapped_column(String(255), unique=True)
    brand: Mapped[str] = mapped_column(String(30), default="")
    last4: Mapped[str] = mapped_column(String(4), default="")
    exp_month: Mapped[int] = mapped_column(default=0)
    exp_year: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)

    @property
    def expiry(self):
        """As it stands on the card: 04/2027."""
        return f"{self.exp_month:02}/{self.exp_year}"

    def is_expired(self, on):
        """Whether it counts no more on a day."""
        return is_expired(self.exp_month, self.exp_year, on)


class Agreement(Base):
    """One thing that somebody agreed to, or took back: the words as they were shown, in their language. Only ever added."""

    __tablename__ = "payments_card_agreement"
    __table_args__ = (one_of("use", Use), Index("ix_payments_card_agreement_person", "person_id", "use"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    use: Mapped[str] = mapped_column(String(10))
    is_given: Mapped[bool]
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Charge(Base):
    """A saved card charged for an order while its owner is away: the row first, then the call, under a key made of `ref`.

    An order has one charge under way at most, and its tries are counted: both are held by keys.
    """

    __tablename__ = "payments_charge"
    __table_args__ = (
        one_of("state", ChargeState),
        CheckConstraint("amount_minor > 0 AND number > 0", name="amount"),
        UniqueConstraint("order_id", "number"),
        Index(
            "uq_payments_charge_under_way", "order_id", unique=True, sqlite_where=_REQUESTED, postgresql_where=_REQUESTED
        ),
        Index("ix_payments_charge_due", "state", "due_at"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: new_ref(16))
    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"))
    card_id: Mapped[int] = mapped_column(ForeignKey("payments_card.id"), index=True)
    number: Mapped[int]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    state: Mapped[str] = mapped_column(String(20), default="requested")
    provider_ref: Mapped[str | None] = mapped_column(String(255), unique=True)
    code: Mapped[str] = mapped_column(String(80), default="")
    failure: Mapped[str] = mapped_column(Text, default="")
    promised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)

    @property
    def amount(self):
        """What is charged."""
        return Money(self.amount_minor, self.currency)


def _refuse_change(mapper, connection, row):
    raise RuntimeError("what was agreed to is only ever added")


event.listen(Agreement, "before_update", _refuse_change)
event.listen(Agreement, "before_delete", _refuse_change)
