"""Tables of groups: who pays for whom, and how the roster came about."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference.kernel import Base, UtcDateTime, new_ref, one_of
from conference.meetings import Meeting
from conference.people import Person
from conference.registration.models import Category, Registration
from conference.registration.rules import WHOLE, Mode


class Group(Base):
    """People for whom one payer orders: a lab, an institution. `join_ref` is the roster link while it is open.

    A group may be for one category alone, on offer or not, without add-ons, and its coordinator may name people until `closes_at`. Of
    its seats `unnamed` are without a person, of at most `unnamed_most`. `reminded_at` is when those who still miss something were last
    reminded.
    """

    __tablename__ = "registration_group"
    __table_args__ = (
        CheckConstraint("joined >= 0 AND joined <= join_most", name="joined"),
        CheckConstraint("unnamed >= 0 AND unnamed <= unnamed_most", name="unnamed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: new_ref(16))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    coordinator_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    bill_to: Mapped[str] = mapped_column(Text, default="")
    tax_id: Mapped[str] = mapped_column(String(40), default="")
    po_number: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    join_ref: Mapped[str | None] = mapped_column(String(32), unique=True)
    join_most: Mapped[int] = mapped_column(default=0)
    joined: Mapped[int] = mapped_column(default=0)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("registration_category.id"), index=True)
    with_add_ons: Mapped[bool] = mapped_column(default=True, server_default=true())
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unnamed_most: Mapped[int] = mapped_column(default=0, server_default="0")
    unnamed: Mapped[int] = mapped_column(default=0, server_default="0")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    category: Mapped[Category | None] = relationship(lazy="raise_on_sql")
    coordinator: Mapped[Person] = relationship(lazy="raise_on_sql")
    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")


class Roster(Base):
    """A checked file of seats: its text, what it would do, and when it was brought in or undone."""

    __tablename__ = "registration_group_roster"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: new_ref(16))
    group_id: Mapped[int] = mapped_column(ForeignKey("registration_group.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    report: Mapped[dict] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    imported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Seat(Base):
    """One attendee of a group, as the payer or they themselves wrote them down; what they own is their registration.

    A seat without an address is a badge of the `institution` alone, which any of its people may wear. `order_id` is the order by
    which it stands, `registration_id` what it became there; `declined_at`: its person has said no.
    """

    __tablename__ = "registration_group_seat"
    __table_args__ = (
        UniqueConstraint("group_id", "email"),
        one_of("mode", Mode),
        Index("ix_registration_group_seat_email", "email"),
        CheckConstraint("email IS NOT NULL OR institution <> ''", name="whose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("registration_group.id"))
    roster_id: Mapped[int | None] = mapped_column(ForeignKey("registration_group_roster.id"), index=True)
    email: Mapped[str | None] = mapped_column(String(320))
    given_name: Mapped[str] = mapped_column(String(300), default="")
    family_name: Mapped[str] = mapped_column(String(300), default="")
    institution: Mapped[str] = mapped_column(String(300), default="", server_default="")
    category_id: Mapped[int] = mapped_column(ForeignKey("registration_category.id"))
    span: Mapped[str] = mapped_column(String(10), default=WHOLE)
    mode: Mapped[str] = mapped_column(String(10), default=Mode.IN_PERSON)
    wanted: Mapped[list] = mapped_column(JSON, default=list)
    grant: Mapped[str] = mapped_column("grant_code", String(80), default="")
    order_id: Mapped[int | None] = mapped_column(ForeignKey("payments_order.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    category: Mapped[Category] = relationship(lazy="joined")
    registration: Mapped[Registration | None] = relationship(lazy="raise_on_sql")

    @property
    def name(self):
        """As it was written down; the address when no name was, the institution where there is no person."""
        return " ".join(part for part in (self.given_name, self.family_name) if part) or self.email or self.institution


class GroupOrder(Base):
    """An order that was placed for a group: the first, a top-up, or that of a change of one of its seats."""

    __tablename__ = "registration_group_order"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("registration_group.id"), index=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"), unique=True)
