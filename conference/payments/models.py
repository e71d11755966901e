"""Tables of money. Lines, payments and ledger entries are written once and never edited."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from conference.kernel import Base, Money, UtcDateTime, append_only, new_ref, one_of
from conference.payments.rules import EntryKind, OrderState, Provider, RefundState

_NOTED = text("state = 'parked' OR parked_reason <> ''")  # what waits for staff: few of a hundred thousand
REVERSED = "reversed-"  # before the reference of a payment that was taken out of its order


class Order(Base):
    """What one person buys at once, and where its payment stands."""

    __tablename__ = "payments_order"
    __table_args__ = (
        CheckConstraint("total_minor >= 0", name="total"),
        one_of("state", OrderState),
        Index("ix_payments_order_due", "state", "expires_at"),
        Index("ix_payments_order_network", "network"),
        Index("ix_payments_order_total", "total_minor"),
        Index("ix_payments_order_noted", "id", postgresql_where=_NOTED, sqlite_where=_NOTED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    currency: Mapped[str] = mapped_column(String(3))
    total_minor: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(10), default="open")
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempt: Mapped[int] = mapped_column(default=0)
    session_id: Mapped[str | None] = mapped_column(String(255), unique=True)
    session_url: Mapped[str] = mapped_column(Text, default="")
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    parked_reason: Mapped[str] = mapped_column(Text, default="")
    # A keyed digest of the network it was placed from, so that one network cannot hold everything; kept while it is open.
    network: Mapped[str | None] = mapped_column(String(64))
    # What it is for in the books, such as "meeting:AM28"; its lines may say otherwise. None when it is for nothing but its lines.
    scope: Mapped[str | None] = mapped_column(String(60))
    lines: Mapped[list["Line"]] = relationship(lazy="raise_on_sql", order_by="Line.id")

    @property
    def total(self):
        """What the lines sum to."""
        return Money(self.total_minor, self.currency)

    @property
    def due(self):
        """What is to be paid for it: all of it, but for what was taken out before anybody had paid."""
        return Money.total([line.amount for line in self.lines if not line.ended_at], self.currency)

    @validates("state")
    def _forget_network(self, _name, state):
        if state != "open":
            self.network = None
        return state


class Line(Base):
    """One thing bought: price, reason and rule as they were at that instant.

    `ended_at`: it was taken back, or taken out of its order before that was paid.
    `subject` is what several lines of several orders are about together, for whoever sold them: the rule's `registration`;
    `member` whether it was sold at the price for members, the rule's `member`. Both are asked of thousands of lines at once.
    """

    __tablename__ = "payments_line"
    __table_args__ = (Index("ix_payments_line_reference", "kind", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    reference: Mapped[int]
    subject: Mapped[int | None] = mapped_column(index=True)
    member: Mapped[bool | None]
    scope: Mapped[str | None] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(600))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    why: Mapped[list] = mapped_column(JSON, default=list)
    rule: Mapped[dict] = mapped_column(JSON, default=dict)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def amount(self):
        """The frozen price."""
        return Money(self.amount_minor, self.currency)

    def reasons(self, *, paid):
        """Why it costs that, in words. Once it is `paid`, what mattered for choosing only is said shorter, or not at all.

        The rule's `choosing` maps such a reason to what is left of it: "Early price, until 15 February" to "Early price".
        """
        shorter = self.rule.get("choosing", {}) if paid else {}
        return [text for text in (shorter.get(each, each) for each in self.why) if text]


class Payment(Base):
    """Money that arrived once; `provider_ref` (a PaymentIntent) is unique, so it cannot arrive twice."""

    __tablename__ = "payments_payment"
    __table_args__ = (
        CheckConstraint("refunded_minor >= 0 AND refunded_minor <= amount_minor", name="not_over_refunded"),
        CheckConstraint("disputes_open >= 0 AND taken_minor >= 0", name="disputed"),
        one_of("provider", Provider),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"), index=True)
    provider: Mapped[str] = mapped_column(String(10))
    provider_ref: Mapped[str] = mapped_column(String(255), unique=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    refunded_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    # What banks have taken back of it by disputes, and how many of those are open: while one is, nothing is refunded.
    taken_minor: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    disputes_open: Mapped[int] = mapped_column(default=0, server_default="0")
    currency: Mapped[str] = mapped_column(String(3))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def amount(self):
        """What arrived."""
        return Money(self.amount_minor, self.currency)

    @property
    def left(self):
        """What could still be sent back: nothing of what a bank took, and nothing at all while a dispute is open."""
        rest = 0 if self.disputes_open else max(self.amount_minor - self.refunded_minor - self.taken_minor, 0)
        return Money(rest, self.currency)


class Refund(Base):
    """Money to be sent back: the row first, then the call to Stripe with `ref` as idempotency key."""

    __tablename__ = "payments_refund"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        one_of("state", RefundState),
        Index("ix_payments_refund_state", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: new_ref(16))
    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"), index=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments_payment.id"), index=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    reason: Mapped[str] = mapped_column(Text, default="")
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(20), default="requested")
    provider_ref: Mapped[str | None] = mapped_column(String(255), unique=True)
    failure: Mapped[str] = mapped_column(Text, default="")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def is_reversal(self):
        """Whether nobody has sent it: a bank took it back, or it was booked for the wrong order."""
        return (self.provider_ref or "").startswith(REVERSED)

    @property
    def amount(self):
        """What goes back."""
        return Money(self.amount_minor, self.currency)


class LedgerEntry(Base):
    """One signed amount on an order's account; `source` is unique, so nothing is booked twice.

    payment + and refund − are money; sale − and reversal + are what was given for it. A settled order sums to zero.
    `by_id` is who did it, None when it came about by itself; `why` says what for; `scope` names the meeting or term that it belongs to,
    such as "meeting:AM28" or "term:2027-01-01/2027-12-31".
    """

    __tablename__ = "payments_ledger"
    __table_args__ = (one_of("kind", EntryKind), Index("ix_payments_ledger_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(String(20))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    source: Mapped[str] = mapped_column(String(80), unique=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    why: Mapped[str] = mapped_column(Text, default="")
    scope: Mapped[str | None] = mapped_column(String(60))


# Only who it was may change: when two people turn out to be one, or somebody is forgotten.
append_only(LedgerEntry.__table__, but=("by_id",))


class Event(Base):
    """One message from Stripe, kept before it is acted on; `event_id` is unique, so a repeat changes nothing."""

    __tablename__ = "payments_event"
    __table_args__ = (Index("ix_payments_event_due", "done_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(String(255), unique=True)
    type: Mapped[str] = mapped_column(String(80))
    object_id: Mapped[str] = mapped_column(String(255))
    api_version: Mapped[str] = mapped_column(String(80), default="", server_default="")
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
