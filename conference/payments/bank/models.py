"""Tables of banks: accounts, the files that told of them, their lines, and which orders those paid."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from conference.kernel import Base, Money, UtcDateTime, new_ref, one_of
from conference.payments.bank.rules import CounterpartKind, LineState
from conference.payments.models import Order

_STANDS = text("ended_at IS NULL")


class Account(Base):
    """An account of the society: how its files are read, and what a payer has to know.

    `books_exact`: lines that agree in reference, amount and currency pay their order by themselves.
    """

    __tablename__ = "payments_bank_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    holder: Mapped[str] = mapped_column(String(200), default="")
    iban: Mapped[str] = mapped_column(String(34), default="")
    bic: Mapped[str] = mapped_column(String(11), default="")
    details: Mapped[str] = mapped_column(Text, default="")
    currency: Mapped[str] = mapped_column(String(3))
    mapping: Mapped[dict] = mapped_column(JSON, default=dict)
    books_exact: Mapped[bool] = mapped_column(default=True)
    is_closed: Mapped[bool] = mapped_column(default=False)
    # Staff's word that everything that was booked until this day stands here: a day without bookings is in no line.
    complete_until: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(default=1)


class Statement(Base):
    """A file of an account, known by its SHA-256: what reading it found, and when its lines were kept.

    `doing` is what the worker has been asked to do with it: check or import; `tries` counts how often that broke.
    """

    __tablename__ = "payments_bank_statement"
    __table_args__ = (UniqueConstraint("account_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    account_id: Mapped[int] = mapped_column(ForeignKey("payments_bank_account.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False), raiseload=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opening_minor: Mapped[int | None] = mapped_column(BigInteger)
    closing_minor: Mapped[int | None] = mapped_column(BigInteger)
    report: Mapped[dict] = mapped_column(JSON, default=dict)
    doing: Mapped[str] = mapped_column(String(10), default="")
    tries: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(Text, default="")
    imported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class StatementLine(Base):
    """One booking at the bank, kept once however many files tell of it.

    `fingerprint` is a digest of all that it says, its day too; `occurrence` counts those that say the same: so two true equal
    payments of a day are two, and a statement that overlaps another adds nothing. `suggested_id` is the key of the order that it
    most likely pays, with how sure that is and why; `is_sure`: it is booked by itself in a moment.
    """

    __tablename__ = "payments_bank_line"
    __table_args__ = (
        UniqueConstraint("account_id", "fingerprint", "occurrence"),
        CheckConstraint(
            "matched_minor >= 0 AND returned_minor >= 0 AND"
            " (amount_minor > 0 AND matched_minor + returned_minor <= amount_minor"
            " OR amount_minor <= 0 AND matched_minor + returned_minor = 0)",
            name="not_over_matched",
        ),
        CheckConstraint("state <> 'matched' OR matched_minor + returned_minor = amount_minor", name="matched_wholly"),
        CheckConstraint("state <> 'reversed' OR matched_minor = 0", name="reversed_pays_nothing"),
        CheckConstraint(
            "state NOT IN ('payout', 'sent') OR matched_minor + returned_minor = 0", name="counterpart_pays_nothing"
        ),
        one_of("state", LineState),
        Index("ix_payments_bank_line_state", "account_id", "state", "booked_on"),
        Index("ix_payments_bank_line_sure", "is_sure", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    account_id: Mapped[int] = mapped_column(ForeignKey("payments_bank_account.id"))
    statement_id: Mapped[int] = mapped_column(ForeignKey("payments_bank_statement.id"), index=True)
    number: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))
    occurrence: Mapped[int]
    booked_on: Mapped[date] = mapped_column(Date)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    text: Mapped[str] = mapped_column(Text, default="")
    name: Mapped[str] = mapped_column(String(300), default="")
    iban: Mapped[str] = mapped_column(String(40), default="")
    bank_ref: Mapped[str] = mapped_column(String(200), default="")
    folded: Mapped[str] = mapped_column(Text, default="")
    is_reversal: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10))
    matched_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    returned_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    note: Mapped[str] = mapped_column(Text, default="")
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("payments_bank_line.id"), unique=True)
    # A guess is no reference: an order that is only guessed at can still be taken back with the file that made it.
    suggested_id: Mapped[int | None]
    score: Mapped[int] = mapped_column(default=0)
    why: Mapped[str] = mapped_column(String(10), default="nothing")
    is_sure: Mapped[bool] = mapped_column(default=False)
    account: Mapped[Account] = relationship(lazy="raise_on_sql")
    matches: Mapped[list["Match"]] = relationship(lazy="raise_on_sql", order_by="Match.id", back_populates="line")

    @property
    def amount(self):
        """What came in; less than zero went out."""
        return Money(self.amount_minor, self.currency)

    @property
    def left(self):
        """What of it is not given to any order yet, nor sent back."""
        return Money(max(self.amount_minor, 0) - self.matched_minor - self.returned_minor, self.currency)


class Match(Base):
    """Money of a line that pays an order, by one payment; `ended_at`: it was taken out of it again."""

    __tablename__ = "payments_bank_match"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        Index(
            "uq_payments_bank_match_stands",
            "line_id",
            "order_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("payments_bank_line.id"), index=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"), index=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments_payment.id"), unique=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    line: Mapped[StatementLine] = relationship(lazy="raise_on_sql", back_populates="matches")
    order: Mapped[Order] = relationship(lazy="raise_on_sql")


def _one_stands(name, *columns):
    """What an index with this name keeps: of the rows that were not ended, one for each value."""
    return Index(name, *columns, unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS)


class Counterpart(Base):
    """What a line that pays no order is the other side of: one thing, which no other line is; `ended_at`: that was wrong.

    `made_by_id` None: it was found by itself.
    """

    __tablename__ = "payments_bank_counterpart"
    __table_args__ = (
        one_of("kind", CounterpartKind),
        CheckConstraint("(payout_id IS NOT NULL) = (kind IN ('payout', 'payout_back'))", name="payout"),
        CheckConstraint("(returned_id IS NOT NULL) = (kind = 'returned')", name="returned"),
        CheckConstraint("(refund_id IS NOT NULL) = (kind = 'refund')", name="refund"),
        _one_stands("uq_payments_bank_counterpart_line", "line_id"),
        _one_stands("uq_payments_bank_counterpart_payout", "payout_id", "kind"),
        _one_stands("uq_payments_bank_counterpart_returned", "returned_id"),
        _one_stands("uq_payments_bank_counterpart_refund", "refund_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("payments_bank_line.id"))
    kind: Mapped[str] = mapped_column(String(12))
    payout_id: Mapped[int | None] = mapped_column(ForeignKey("payments_payout.id"))
    returned_id: Mapped[int | None] = mapped_column(ForeignKey("payments_bank_line.id"))
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("payments_refund.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
