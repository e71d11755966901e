"""Tables of membership: types, members, terms. Standing is nowhere stored."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference import people
from conference.kernel import Base, Money, UtcDateTime, one_of
from conference.membership.rules import Audience, Period, PeriodKind, Span

_VALID = text("voided_at IS NULL")


class MembershipType(Base):
    """A kind of membership: what it costs, how long a term runs, what it gives. Sold terms keep their own dates and price."""

    __tablename__ = "membership_type"
    __table_args__ = (
        one_of("period_kind", PeriodKind),
        CheckConstraint(
            "price_minor >= 0 AND (renewal_price_minor IS NULL OR renewal_price_minor >= 0)", name="prices"
        ),
        CheckConstraint("months BETWEEN 1 AND 120", name="months"),
        CheckConstraint("grace_days BETWEEN 0 AND 366", name="grace"),
        CheckConstraint("rollover_month BETWEEN 1 AND 12 AND rollover_day BETWEEN 1 AND 31", name="rollover"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    summary: Mapped[str] = mapped_column(String(600), default="")
    benefits: Mapped[str] = mapped_column(Text, default="")
    eligibility: Mapped[str] = mapped_column(String(600), default="")
    price_minor: Mapped[int]
    renewal_price_minor: Mapped[int | None]
    currency: Mapped[str] = mapped_column(String(3))
    period_kind: Mapped[PeriodKind] = mapped_column(String(10), default=PeriodKind.ROLLING)
    months: Mapped[int] = mapped_column(default=12)
    rollover_month: Mapped[int] = mapped_column(default=10)
    rollover_day: Mapped[int] = mapped_column(default=1)
    grace_days: Mapped[int] = mapped_column(default=30)
    min_years: Mapped[int] = mapped_column(default=0)
    is_on_offer: Mapped[bool] = mapped_column(default=True)
    may_vote: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)

    @property
    def price(self):
        """What a first term costs."""
        return Money(self.price_minor, self.currency)

    @property
    def renewal_price(self):
        """What a term without a gap costs."""
        return self.price if self.renewal_price_minor is None else Money(self.renewal_price_minor, self.currency)

    @property
    def period(self):
        """How long its terms run, as a value."""
        return Period(PeriodKind(self.period_kind), self.months, (self.rollover_month, self.rollover_day))

    @property
    def benefit_lines(self):
        """What it gives, one thing a line."""
        return [line.strip() for line in self.benefits.splitlines() if line.strip()]


class Member(Base):
    """A person who is or was a member. The number is theirs for ever, given once, and proves nothing.

    The directory shows nobody who did not ask for it; each field has its own audience, never wider than the entry's.
    """

    __tablename__ = "membership_member"
    __table_args__ = tuple(
        one_of(name, Audience)
        for name in ("listed_for", "institution_for", "country_for", "interests_for", "email_for")
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    member_number: Mapped[int] = mapped_column(unique=True)
    joined_on: Mapped[date]
    listed_for: Mapped[Audience] = mapped_column(String(10), default=Audience.NOBODY, index=True)
    institution_for: Mapped[Audience] = mapped_column(String(10), default=Audience.MEMBERS)
    country_for: Mapped[Audience] = mapped_column(String(10), default=Audience.MEMBERS)
    interests_for: Mapped[Audience] = mapped_column(String(10), default=Audience.MEMBERS)
    email_for: Mapped[Audience] = mapped_column(String(10), default=Audience.NOBODY)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    person: Mapped[people.Person] = relationship(lazy="raise_on_sql")
    terms: Mapped[list["Term"]] = relationship(lazy="raise_on_sql", order_by="Term.starts", back_populates="member")


class Term(Base):
    """A stretch of paid (or given) days, `ends` included, None for life. Never changed, only voided.

    The locked member row keeps terms apart (see actions); the two partial keys stop a double even without it.
    """

    __tablename__ = "membership_term"
    __table_args__ = (
        CheckConstraint("ends IS NULL OR starts <= ends", name="in_order"),
        Index(
            "uq_membership_term_starts",
            "member_id",
            "starts",
            unique=True,
            sqlite_where=_VALID,
            postgresql_where=_VALID,
        ),
        Index(
            "uq_membership_term_ends", "member_id", "ends", unique=True, sqlite_where=_VALID, postgresql_where=_VALID
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("membership_member.id"), index=True)
    type_id: Mapped[int] = mapped_column(ForeignKey("membership_type.id"), index=True)
    starts: Mapped[date]
    ends: Mapped[date | None]
    order_line_ref: Mapped[str | None] = mapped_column(String(64), unique=True)
    paid_minor: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(String(3))
    note: Mapped[str] = mapped_column(String(600), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    void_note: Mapped[str] = mapped_column(String(600), default="")
    member: Mapped[Member] = relationship(lazy="raise_on_sql", back_populates="terms")
    type: Mapped[MembershipType] = relationship(lazy="raise_on_sql")

    @property
    def paid(self):
        """What was paid for it, after discounts."""
        return Money(self.paid_minor, self.currency)

    @property
    def span(self):
        """The term as a value; its type must be loaded."""
        return Span(self.starts, self.ends, self.type.code, self.type.grace_days)


class Counter(Base):
    """The last member number given, so that none is ever given twice, whatever becomes of the member."""

    __tablename__ = "membership_counter"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
