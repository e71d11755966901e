"""Tables of invitations: what a kind of them gives, when it reminds, each person's own, and the lists that were sent together."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference.kernel import Base, UtcDateTime, new_ref, one_of
from conference.meetings import Meeting
from conference.people import Person
from conference.registration.code_models import DiscountCode
from conference.registration.discounts import Effect
from conference.registration.invitation_rules import InvitationState, Source
from conference.registration.models import Category, Pool

_STANDS = text("state = 'standing'")


class InvitationKind(Base):
    """What invited people of a kind get, at whose expense, and how many they may be; `invited` counts those that stand."""

    __tablename__ = "registration_invitation_kind"
    __table_args__ = (
        UniqueConstraint("meeting_id", "code"),
        one_of("effect", Effect),
        CheckConstraint("effect <> 'percent' OR percent BETWEEN 1 AND 100", name="percent"),
        CheckConstraint("effect <> 'amount' OR amount_minor > 0", name="amount"),
        CheckConstraint("invited >= 0", name="not_negative"),
        CheckConstraint("most IS NULL OR invited <= most", name="not_too_many"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("registration_category.id"))
    code: Mapped[str] = mapped_column(String(24))
    name: Mapped[str] = mapped_column(String(100))
    inviter: Mapped[str] = mapped_column(String(200))
    effect: Mapped[str] = mapped_column(String(10), default=Effect.COMP)
    percent: Mapped[int] = mapped_column(default=0)
    amount_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    add_ons: Mapped[list] = mapped_column(JSON, default=list)  # codes of those that it covers too
    budget_code: Mapped[str] = mapped_column(String(40), default="")
    ribbon: Mapped[str] = mapped_column(String(30), default="")
    asks_eligibility: Mapped[bool] = mapped_column(default=True)
    keeps_places: Mapped[bool] = mapped_column(default=False)
    kept_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    valid_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    most: Mapped[int | None]
    invited: Mapped[int] = mapped_column(default=0)
    letter: Mapped[str] = mapped_column(Text, default="")
    is_open: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    category: Mapped[Category] = relationship(lazy="joined")

    @property
    def left(self):
        """How many more may be invited, or None without a limit."""
        return None if self.most is None else self.most - self.invited


class InvitationReminder(Base):
    """An instant at which those of a kind who have not registered yet are reminded."""

    __tablename__ = "registration_invitation_reminder"
    __table_args__ = (UniqueConstraint("kind_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("registration_invitation_kind.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class InvitationList(Base):
    """People who are looked at and then invited together: by hand, from a file, from the programme; what it would do, and when it was done."""

    __tablename__ = "registration_invitation_list"
    __table_args__ = (one_of("source", Source),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: new_ref(16))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("registration_invitation_kind.id"), index=True)
    source: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(300), default="")
    rows: Mapped[list] = mapped_column(JSON)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    kind: Mapped[InvitationKind] = relationship(lazy="raise_on_sql")
    made_by: Mapped[Person] = relationship(lazy="raise_on_sql")


class Invitation(Base):
    """One person's invitation, of which one stands for a meeting. `key` is their link; the code behind it is theirs alone.

    A place of `pool_id` was set aside for them until `kept_until`; where it is now, the Place of their registration says.
    """

    __tablename__ = "registration_invitation"
    __table_args__ = (
        one_of("state", InvitationState),
        CheckConstraint("pool_id IS NULL OR kept_until IS NOT NULL", name="kept_until_a_day"),
        Index(
            "uq_registration_invitation_standing",
            "meeting_id",
            "person_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index("ix_registration_invitation_filter", "meeting_id", "kind_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: new_ref(16))
    key: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: new_ref(24))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("registration_invitation_kind.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("registration_category.id"))
    code_id: Mapped[int] = mapped_column(ForeignKey("registration_discount_code.id"), unique=True)
    list_id: Mapped[int | None] = mapped_column(ForeignKey("registration_invitation_list.id"), index=True)
    pool_id: Mapped[int | None] = mapped_column(ForeignKey("registration_pool.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default=InvitationState.STANDING)
    note: Mapped[str] = mapped_column(String(300), default="")
    message: Mapped[str] = mapped_column(Text, default="")
    kept_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    valid_until: Mapped[datetime] = mapped_column(UtcDateTime)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_note: Mapped[str] = mapped_column(String(300), default="")
    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
    kind: Mapped[InvitationKind] = relationship(lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[person_id])
    invited_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[invited_by_id])
    category: Mapped[Category] = relationship(lazy="raise_on_sql")
    code: Mapped[DiscountCode] = relationship(lazy="raise_on_sql")
    pool: Mapped[Pool | None] = relationship(lazy="raise_on_sql")


class InvitationReminded(Base):
    """That somebody was reminded for an instant: the unique key keeps a reminder from being sent twice."""

    __tablename__ = "registration_invitation_reminded"
    __table_args__ = (UniqueConstraint("invitation_id", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("registration_invitation.id"))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
