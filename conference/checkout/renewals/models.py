"""The table of renewals: each term of each member who agreed is renewed by itself once."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from conference.checkout.renewals.rules import UNFINISHED, RenewalState, is_time_for_notice
from conference.kernel import Base, Money, UtcDateTime, one_of


class Renewal(Base):
    """What becomes of a membership that ends on `ends`: announced, charged, tried again. The key lets it be planned once.

    What was announced: type, amount, `charge_on`. `tries` counts charges; a guarded update counts them, so that of two workers one charges.
    """

    __tablename__ = "checkout_renewal"
    __table_args__ = (
        one_of("state", RenewalState),
        UniqueConstraint("person_id", "ends"),
        CheckConstraint("tries >= 0 AND notices >= 0", name="counts"),
        Index("ix_checkout_renewal_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ends: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default="planned")
    type_code: Mapped[str] = mapped_column(String(40))
    amount_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    currency: Mapped[str] = mapped_column(String(3), default="")
    told_on: Mapped[date | None]
    notices: Mapped[int] = mapped_column(default=0)
    charge_on: Mapped[date | None]
    try_on: Mapped[date | None]
    tries: Mapped[int] = mapped_column(default=0)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("payments_order.id"), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def is_due(self, on):
        """Whether something is to be done on a day: announced, said once more, or tried."""
        if self.state == RenewalState.PLANNED:
            return True
        if self.state == RenewalState.TOLD and is_time_for_notice(self.notices, self.charge_on, self.told_on, on):
            return True
        return self.state in UNFINISHED and self.try_on is not None and on >= self.try_on

    @property
    def amount(self):
        """What was announced."""
        return Money(self.amount_minor, self.currency)
