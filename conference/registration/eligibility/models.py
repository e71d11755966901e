"""Tables of eligibility: what categories ask, income tiers by country with their dates, proofs, and prices that wait for one."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference.kernel import Base, SealedBytes, UtcDateTime, new_ref, one_of
from conference.meetings import Meeting
from conference.people import Person
from conference.registration.eligibility.rules import ProofKind, ProofState, ProvisionState, Tier, UntilCleared
from conference.registration.models import Category, Registration


class TierList(Base):
    """A list of countries by income, in force from `valid_from` until the next one begins."""

    __tablename__ = "registration_tier_list"
    __table_args__ = (UniqueConstraint("valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date]
    is_example: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TierRow(Base):
    """The tier of one country in one list."""

    __tablename__ = "registration_tier"
    __table_args__ = (UniqueConstraint("list_id", "country"), one_of("tier", Tier))

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("registration_tier_list.id", ondelete="CASCADE"))
    country: Mapped[str] = mapped_column(String(2))
    tier: Mapped[str] = mapped_column(String(20))


class CategoryRequirement(Base):
    """What a category asks of a person. Empty lists ask nothing; `fallback` names the price that others would pay."""

    __tablename__ = "registration_requirement"
    __table_args__ = (
        CheckConstraint("proof IN ('', 'letter', 'press', 'licence', 'other')", name="proof"),
        CheckConstraint("fallback_id <> category_id", name="another"),
    )

    category_id: Mapped[int] = mapped_column(ForeignKey("registration_category.id"), primary_key=True)
    members_only: Mapped[bool] = mapped_column(default=False)
    stages: Mapped[list] = mapped_column(JSON, default=list)
    tiers: Mapped[list] = mapped_column(JSON, default=list)
    proof: Mapped[str] = mapped_column(String(20), default="")
    proof_words: Mapped[str] = mapped_column(String(600), default="")
    fallback_id: Mapped[int | None] = mapped_column(ForeignKey("registration_category.id"))
    fallback: Mapped[Category | None] = relationship(lazy="joined", foreign_keys=[fallback_id])

    @property
    def id(self):
        """The key by which the audit trail knows it."""
        return self.category_id


class ProofPolicy(Base):
    """A meeting's setting: what is paid until a proof is cleared, by when it must come, and how long documents are kept."""

    __tablename__ = "registration_proof_policy"
    __table_args__ = (
        one_of("until_cleared", UntilCleared),
        CheckConstraint("hand_in_days BETWEEN 0 AND 365", name="hand_in_days"),
        CheckConstraint("pay_days BETWEEN 1 AND 90", name="pay_days"),
        CheckConstraint("keep_days BETWEEN 0 AND 365", name="keep_days"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    until_cleared: Mapped[str] = mapped_column(String(20), default=UntilCleared.HIGHER)
    hand_in_days: Mapped[int] = mapped_column(Integer, default=14)
    last_day: Mapped[date | None]
    pay_days: Mapped[int] = mapped_column(Integer, default=14)
    keep_days: Mapped[int] = mapped_column(Integer, default=30)

    @property
    def id(self):
        """The key by which the audit trail knows it."""
        return self.meeting_id


class Proof(Base):
    """A document that somebody handed in, and what was decided of it; the document itself lies apart and is purged."""

    __tablename__ = "registration_proof"
    __table_args__ = (
        one_of("kind", ProofKind),
        one_of("state", ProofState),
        Index("ix_registration_proof_queue", "meeting_id", "state", "handed_in_at"),
        Index("ix_registration_proof_person", "person_id", "kind"),
        # One document a person and kind waits at a time, whatever two tabs do.
        Index(
            "uq_registration_proof_waiting",
            "person_id",
            "kind",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("registration_category.id"))
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), default=ProofState.WAITING)
    handed_in_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(600), default="")
    good_until: Mapped[date | None]
    # When the letter about the decision was written; until then it can be taken back.
    followed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    purge_at: Mapped[datetime] = mapped_column(UtcDateTime)
    purged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[person_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[decided_by_id])
    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
    category: Mapped[Category] = relationship(lazy="raise_on_sql")


class ProofFile(Base):
    """The document of a proof, encrypted, in a table of its own."""

    __tablename__ = "registration_proof_file"

    proof_id: Mapped[int] = mapped_column(ForeignKey("registration_proof.id", ondelete="CASCADE"), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(SealedBytes, deferred=True)


class Provision(Base):
    """A sold line whose price waits for a proof: under which policy, until when, and what it would cost otherwise."""

    __tablename__ = "registration_provision"
    __table_args__ = (
        one_of("policy", UntilCleared),
        one_of("state", ProvisionState),
        Index("ix_registration_provision_due", "state", "due_at"),
        CheckConstraint("other_minor >= 0", name="other_minor"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("payments_line.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    policy: Mapped[str] = mapped_column(String(20))
    other_minor: Mapped[int] = mapped_column(BigInteger)  # of the list, before a code
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    pay_days: Mapped[int] = mapped_column(default=14)
    state: Mapped[str] = mapped_column(String(10), default=ProvisionState.OPEN)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)  # when it is looked at again
    order_id: Mapped[int | None] = mapped_column(ForeignKey("payments_order.id"))
    trouble: Mapped[str] = mapped_column(String(600), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")
