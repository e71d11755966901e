"""What is asked of Stripe, kept before it is asked; and under which number Stripe knows a person."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base, UtcDateTime, one_of


class CallKind(StrEnum):
    """What was asked for; `subject` of the row is the key of what it was asked for."""

    PAGE = "page"  # a payment page, for an order
    REFUND = "refund"  # for a refund
    CUSTOMER = "customer"  # for a person
    CARD = "card"  # a page on which a card is saved
    DETACH = "detach"  # a saved card to be let go of
    CHARGE = "charge"  # a saved card charged while its owner is away


class CallState(StrEnum):
    """A call's life: a broken connection leaves it UNKNOWN, a killed process ASKED; both are looked into."""

    ASKED = "asked"
    ANSWERED = "answered"
    UNKNOWN = "unknown"
    REFUSED = "refused"  # Stripe said no, or never had it


class Call(Base):
    """One thing that Stripe was asked to make: with which key, when, and what came of it. Repeats under the same key are one row."""

    __tablename__ = "payments_call"
    __table_args__ = (
        one_of("kind", CallKind),
        one_of("state", CallState),
        Index("ix_payments_call_due", "state", "due_at"),
        Index("ix_payments_call_subject", "kind", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(255), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    subject: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="asked")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=1)
    is_spent: Mapped[bool] = mapped_column(default=False)  # Stripe repeats its own fault under this key
    answer: Mapped[str] = mapped_column(String(255), default="")
    error: Mapped[str] = mapped_column(Text, default="")


class Customer(Base):
    """Stripe's number for a person who has an account: one each. `made` counts how many were made, as one may be deleted at Stripe."""

    __tablename__ = "payments_customer"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    provider_ref: Mapped[str | None] = mapped_column(String(255), unique=True)
    email: Mapped[str] = mapped_column(String(320), default="")
    made: Mapped[int] = mapped_column(default=1)


class FailedDebit(Base):
    """That a bank debit for an order did not clear: each once, by its PaymentIntent."""

    __tablename__ = "payments_failed_debit"
    __table_args__ = (UniqueConstraint("order_id", "intent"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"))
    intent: Mapped[str] = mapped_column(String(255))
    failed_at: Mapped[datetime] = mapped_column(UtcDateTime)
