"""Tables of codes that take something off, and of their uses."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference.kernel import Base, UtcDateTime, one_of
from conference.registration.discounts import Effect, Scope
from conference.registration.models import AddOn, Category


class DiscountCode(Base):
    """A code that takes something off: from whom, from what, how often; `used` counts uses held and kept.

    That of an invitation is bound to its person, whatever their address, and covers the add-ons of `also` beside its scope.
    """

    __tablename__ = "registration_discount_code"
    __table_args__ = (
        UniqueConstraint("meeting_id", "code"),
        one_of("effect", Effect),
        one_of("scope", Scope),
        CheckConstraint("effect <> 'percent' OR percent BETWEEN 1 AND 100", name="percent"),
        CheckConstraint("effect <> 'amount' OR amount_minor > 0", name="amount"),
        CheckConstraint("used >= 0", name="not_negative"),
        CheckConstraint("most_uses IS NULL OR used <= most_uses", name="not_overused"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    code: Mapped[str] = mapped_column(String(40))
    effect: Mapped[str] = mapped_column(String(10))
    percent: Mapped[int] = mapped_column(default=0)
    amount_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    currency: Mapped[str] = mapped_column(String(3))
    scope: Mapped[str] = mapped_column(String(12), default=Scope.REGISTRATION)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("registration_category.id"))
    add_on_id: Mapped[int | None] = mapped_column(ForeignKey("registration_add_on.id"))
    email: Mapped[str] = mapped_column(String(320), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    also: Mapped[list] = mapped_column(JSON, default=list, server_default="[]")
    most_uses: Mapped[int | None]
    used: Mapped[int] = mapped_column(default=0)
    valid_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(300))
    budget_code: Mapped[str] = mapped_column(String(40), default="")
    is_on_offer: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    category: Mapped[Category | None] = relationship(lazy="joined")
    add_on: Mapped[AddOn | None] = relationship(lazy="joined")


class CodeUse(Base):
    """A registration that used a code: held with its order, kept once it is settled. One code for a registration."""

    __tablename__ = "registration_code_use"
    __table_args__ = (one_of("state", ("held", "kept")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code_id: Mapped[int] = mapped_column(ForeignKey("registration_discount_code.id"), index=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), unique=True)
    state: Mapped[str] = mapped_column(String(4), default="held")
    off_minor: Mapped[int] = mapped_column(BigInteger)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)
