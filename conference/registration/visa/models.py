"""Tables of visa letters: what a meeting has decided, its texts, requests with their sealed data, refused visas."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference.kernel import Base, SealedBytes, SealedText, UtcDateTime, new_ref, one_of
from conference.meetings import Meeting
from conference.people import Person
from conference.registration.models import Registration
from conference.registration.visa.rules import ClaimState, Policy, RefundRule, RequestState, Review


class VisaPolicy(Base):
    """One meeting's policy; a meeting without a row offers no letters."""

    __tablename__ = "registration_visa_policy"
    __table_args__ = (
        one_of("review", Review),
        one_of("refund_rule", RefundRule),
        CheckConstraint("keep_days BETWEEN 0 AND 366", name="keep_days"),
        CheckConstraint("fee_minor >= 0", name="fee"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), unique=True)
    is_offered: Mapped[bool] = mapped_column(default=False)
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    members_only: Mapped[bool] = mapped_column(default=False)
    review: Mapped[str] = mapped_column(String(10), default=Review.ALWAYS)
    countries: Mapped[list] = mapped_column(JSON, default=list)
    keep_days: Mapped[int] = mapped_column(default=30)
    refund_rule: Mapped[str] = mapped_column(String(10), default=RefundRule.NOTHING)
    fee_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    refund_until: Mapped[date | None]
    needs_refusal: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def policy(self):
        """The row as a value."""
        return Policy(
            is_offered=self.is_offered,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            members_only=self.members_only,
            review=Review(self.review),
            countries=tuple(self.countries),
            keep_days=self.keep_days,
            refund_rule=RefundRule(self.refund_rule),
            fee_minor=self.fee_minor,
            refund_until=self.refund_until,
            needs_refusal=self.needs_refusal,
            version=self.version,
        )


class VisaText(Base):
    """What the letters of a meeting say in one language, in one version; the newest version is used."""

    __tablename__ = "registration_visa_text"
    __table_args__ = (UniqueConstraint("meeting_id", "language", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(10))
    version: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    signatory: Mapped[str] = mapped_column(String(300), default="")
    office: Mapped[str] = mapped_column(String(300), default="")
    is_used: Mapped[bool] = mapped_column(default=True)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    author: Mapped[str] = mapped_column(String(620), default="")


class VisaRequest(Base):
    """Somebody's wish for a letter, and the letter. Passport and letter are sealed, and empty once they are purged.

    `code` is what the public address of a letter knows it by; `confirmed_at` is the registration's at the time: one that was
    cancelled and bought anew is another one.
    """

    __tablename__ = "registration_visa_request"
    __table_args__ = (
        one_of("state", RequestState),
        Index("ix_registration_visa_request_queue", "meeting_id", "state", "asked_at"),
        # One live request a registration, whatever two tabs do.
        Index(
            "uq_registration_visa_request_live",
            "registration_id",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'issued')"),
            postgresql_where=text("state IN ('waiting', 'issued')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default=RequestState.WAITING)
    language: Mapped[str] = mapped_column(String(10))
    nationality: Mapped[str] = mapped_column(String(2), default="")
    passport: Mapped[str | None] = mapped_column(SealedText, deferred=True)
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(600), default="")
    code: Mapped[str | None] = mapped_column(String(32), unique=True)
    text_id: Mapped[int | None] = mapped_column(ForeignKey("registration_visa_text.id"))
    letter: Mapped[str | None] = mapped_column(SealedText, deferred=True)
    purged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")
    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
    decided_by: Mapped[Person | None] = relationship(lazy="raise_on_sql")


class VisaRefusal(Base):
    """Somebody whose visa was refused asks for their money; the consulate's letter is sealed, and purged when its time is over."""

    __tablename__ = "registration_visa_refusal"
    __table_args__ = (
        one_of("state", ClaimState),
        Index("ix_registration_visa_refusal_queue", "meeting_id", "state", "asked_at"),
        Index(
            "uq_registration_visa_refusal_waiting",
            "registration_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default=ClaimState.WAITING)
    note: Mapped[str] = mapped_column(String(600), default="")
    rule: Mapped[dict] = mapped_column(JSON)  # the refund rule of the day on which it was asked for
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(600), default="")
    media_type: Mapped[str] = mapped_column(String(40), default="")
    content: Mapped[bytes | None] = mapped_column(SealedBytes, deferred=True)
    purged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")
    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
    decided_by: Mapped[Person | None] = relationship(lazy="raise_on_sql")
