"""Tables of registration: categories, prices, places, add-ons, and the registrations themselves."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    FromClause,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    true,
)
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from conference.kernel import Base, Money, UtcDateTime, new_badge_code, new_ref, one_of
from conference.meetings import Meeting, Window
from conference.people import Person
from conference.registration.rules import CategoryKind, Mode, State


class Pool(Base):
    """A number of places; `taken` counts those set aside, held and sold, `waiting` who waits. `places` empty means no limit."""

    __tablename__ = "registration_pool"
    __table_args__ = (
        CheckConstraint("taken >= 0", name="not_negative"),
        CheckConstraint("places IS NULL OR taken <= places", name="not_oversold"),
        CheckConstraint("waiting >= 0", name="waiting_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    places: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0, server_default="0")
    is_paused: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def free(self):
        """Places left, or None without a limit."""
        return None if self.places is None else self.places - self.taken

    @property
    def is_full(self):
        """Whether nobody new can have a place: none is free, or what is free is for those who wait."""
        return self.free == 0 or self.waiting > 0


class Category(Base):
    """Who somebody registers as: prices hang on it, and the badge's band; `admits_to_sessions` is what a scan at a session asks."""

    __tablename__ = "registration_category"
    __table_args__ = (UniqueConstraint("meeting_id", "code"), one_of("kind", CategoryKind))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    pool_id: Mapped[int | None] = mapped_column(ForeignKey("registration_pool.id"))
    code: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10), default=CategoryKind.ATTENDEE, server_default="attendee")
    name: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(600), default="")
    band: Mapped[str] = mapped_column(String(7), default="#1f5fa8")
    position: Mapped[int] = mapped_column(default=0)
    is_on_offer: Mapped[bool] = mapped_column(default=True)
    admits_to_sessions: Mapped[bool] = mapped_column(default=True, server_default=true())
    pool: Mapped[Pool | None] = relationship(lazy="joined")


class Price(Base):
    """One cell of the price matrix; a combination without a row is not sold."""

    __tablename__ = "registration_price"
    __table_args__ = (
        UniqueConstraint("category_id", "window_id", "member", "span", "mode"),
        CheckConstraint("amount_minor >= 0", name="amount"),
        one_of("mode", Mode),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("registration_category.id", ondelete="CASCADE"))
    window_id: Mapped[int] = mapped_column(ForeignKey("meeting_window.id"))
    member: Mapped[bool]
    span: Mapped[str] = mapped_column(String(10))
    mode: Mapped[str] = mapped_column(String(10))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    category: Mapped[Category] = relationship(lazy="raise_on_sql")
    window: Mapped[Window] = relationship(lazy="raise_on_sql")


class AddOn(Base):
    """A workshop, a dinner: its own price and its own places."""

    __tablename__ = "registration_add_on"
    __table_args__ = (UniqueConstraint("meeting_id", "code"), CheckConstraint("amount_minor >= 0", name="amount"))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    pool_id: Mapped[int] = mapped_column(ForeignKey("registration_pool.id"))
    code: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(300))
    summary: Mapped[str] = mapped_column(String(600), default="")
    kind: Mapped[str] = mapped_column(String(20), default="workshop")
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    position: Mapped[int] = mapped_column(default=0)
    is_on_offer: Mapped[bool] = mapped_column(default=True)
    sold_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sold_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    only_for: Mapped[list] = mapped_column(JSON, default=list)  # codes of categories; none: all
    needs: Mapped[list] = mapped_column(JSON, default=list)  # codes of add-ons, one of which is taken too
    pool: Mapped[Pool] = relationship(lazy="joined")

    @property
    def amount(self):
        """Its own price: that of whoever has no other by category and window (extras.AddOnPrice)."""
        return Money(self.amount_minor, self.currency)


class ConductCode(Base):
    """A version of the code of conduct; the newest published one is asked for."""

    __tablename__ = "registration_conduct_code"
    __table_args__ = (UniqueConstraint("meeting_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    version: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Registration(Base):
    """One person's taking part in one meeting, from the first draft on; a guest's names that of their host."""

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        CheckConstraint("host_id <> id", name="host"),
        one_of("state", State),
        one_of("mode", Mode),
        Index("ix_registration_list", "meeting_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    host_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default=State.DRAFT)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("registration_category.id"), index=True)
    span: Mapped[str] = mapped_column(String(10), default="whole")
    mode: Mapped[str] = mapped_column(String(10), default=Mode.IN_PERSON)
    wanted: Mapped[list] = mapped_column(JSON, default=list)
    dues_code: Mapped[str] = mapped_column(String(40), default="")
    discount_code: Mapped[str] = mapped_column(String(40), default="", server_default="")
    conduct_code_id: Mapped[int | None] = mapped_column(ForeignKey("registration_conduct_code.id"))
    conduct_accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    questions_done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    badge_code: Mapped[str] = mapped_column(String(12), unique=True, default=new_badge_code)
    ribbons: Mapped[list] = mapped_column(JSON, default=list)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
    category: Mapped[Category | None] = relationship(lazy="raise_on_sql")
    bookings: Mapped[list["Booking"]] = relationship(lazy="raise_on_sql", order_by="Booking.id")
    # Whose guest they are, without the host's registration, which may be in the hands of whoever reads this one.
    hosted_by: Mapped[Person | None] = relationship(
        lazy="raise_on_sql",
        viewonly=True,
        uselist=False,
        secondary=lambda: _HOSTS,
        primaryjoin=lambda: foreign(Registration.host_id) == _HOSTS.c.id,
        secondaryjoin=lambda: foreign(_HOSTS.c.person_id) == Person.id,
    )

    @property
    def contact(self):
        """Who is written to about it, and pays for it: of a guest the host, else whoever is registered."""
        return self.hosted_by if self.host_id else self.person

    @property
    def contact_id(self):
        """The key of that person."""
        return self.hosted_by.id if self.host_id else self.person_id


_HOSTS: FromClause = Registration.__table__.alias("hosts")


class Booking(Base):
    """An add-on that belongs to a registration; its state follows the order that bought it."""

    __tablename__ = "registration_booking"
    __table_args__ = (
        UniqueConstraint("registration_id", "add_on_id"),
        one_of("state", (State.HELD, State.CONFIRMED)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    add_on_id: Mapped[int] = mapped_column(ForeignKey("registration_add_on.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="held")
    add_on: Mapped[AddOn] = relationship(lazy="raise_on_sql")


class Place(Base):
    """One place of a pool in somebody's hands: offered (set aside for who waited or is invited), held by an open order, kept once it is settled."""

    __tablename__ = "registration_place"
    __table_args__ = (
        UniqueConstraint("registration_id", "pool_id"),
        CheckConstraint("state IN ('offered', 'held', 'kept')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pool_id: Mapped[int] = mapped_column(ForeignKey("registration_pool.id"), index=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    state: Mapped[str] = mapped_column(String(7), default="held")
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime)
