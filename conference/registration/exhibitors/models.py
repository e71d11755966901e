"""Tables of exhibitors: kinds of booths with their rules, the companies, files that brought them, letters that were written to them."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference.kernel import Base, Money, UtcDateTime, new_ref, one_of
from conference.meetings import Meeting
from conference.registration.exhibitors.rules import Basis, Late, LetterKind, Names, Rounding, Rule, Unit
from conference.registration.groups.models import Group
from conference.registration.models import Category


class BoothKind(Base):
    """A kind of booth: how many badges it brings, as which category they are sold, and until when names are to be given."""

    __tablename__ = "registration_booth_kind"
    __table_args__ = (
        UniqueConstraint("meeting_id", "code"),
        one_of("basis", Basis),
        one_of("unit", Unit),
        one_of("rounding", Rounding),
        one_of("late", Late),
        CheckConstraint("badges >= 0 AND minimum >= 0 AND (maximum IS NULL OR maximum >= minimum)", name="badges"),
        CheckConstraint("basis <> 'per_area' OR per_area > 0", name="per_area"),
        CheckConstraint("late_fee_minor >= 0", name="late_fee"),
        CheckConstraint("company_most IS NULL OR company_most >= 0", name="company_most"),
        CheckConstraint("remind_days IS NULL OR remind_days BETWEEN 1 AND 180", name="remind_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    basis: Mapped[str] = mapped_column(String(10), default=Basis.BOOTH)
    badges: Mapped[int]
    per_area: Mapped[int] = mapped_column(default=0)
    unit: Mapped[str] = mapped_column(String(3), default=Unit.SQUARE_METRE)
    rounding: Mapped[str] = mapped_column(String(10), default=Rounding.WHOLE)
    minimum: Mapped[int] = mapped_column(default=0)
    maximum: Mapped[int | None]
    category_id: Mapped[int] = mapped_column(ForeignKey("registration_category.id"))
    company_most: Mapped[int | None]  # badges without a person; None: any number
    names_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    late: Mapped[str] = mapped_column(String(10), default=Late.REFUSED)
    late_fee_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    remind_days: Mapped[int | None]
    with_add_ons: Mapped[bool] = mapped_column(default=False)
    budget_code: Mapped[str] = mapped_column(String(40), default="")
    position: Mapped[int] = mapped_column(default=0)
    category: Mapped[Category] = relationship(lazy="joined")
    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")

    @property
    def rule(self):
        """The rule as a value."""
        return Rule(
            basis=Basis(self.basis),
            badges=self.badges,
            per_area=self.per_area,
            unit=Unit(self.unit),
            rounding=Rounding(self.rounding),
            minimum=self.minimum,
            maximum=self.maximum,
        )

    @property
    def closes_at(self):
        """From when the contact gives no more names; None for never."""
        return self.names_until if self.late == Late.REFUSED else None

    def names(self, currency):
        """Until when names are given, and what holds then."""
        fee = Money(self.late_fee_minor, currency) if self.late == Late.FEE else None
        return Names(self.names_until, fee)


class Exhibitor(Base):
    """A company with a booth. Its contact coordinates its group; what is free of charge is counted in the group's allotment.

    `area` is in hundredths of the kind's unit. `override` is a number of badges that the office gives, with its reason, whatever the
    rule says.
    """

    __tablename__ = "registration_exhibitor"
    __table_args__ = (
        UniqueConstraint("meeting_id", "key"),
        CheckConstraint("booth_count >= 1", name="booth_count"),
        CheckConstraint("area IS NULL OR area >= 0", name="area"),
        CheckConstraint("override IS NULL OR (override >= 0 AND override_reason <> '')", name="override"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("registration_group.id"), unique=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("registration_booth_kind.id"), index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("registration_exhibitor_file.id"), index=True)
    company: Mapped[str] = mapped_column(String(300))
    key: Mapped[str] = mapped_column(String(600))
    booths: Mapped[str] = mapped_column(String(200), default="")
    booth_count: Mapped[int] = mapped_column(default=1)
    area: Mapped[int | None]
    override: Mapped[int | None]
    override_reason: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
    group: Mapped[Group] = relationship(lazy="raise_on_sql")
    kind: Mapped[BoothKind] = relationship(lazy="raise_on_sql")


class ExhibitorFile(Base):
    """A checked file of exhibitors: its text, what it would do, and when it was brought in or undone."""

    __tablename__ = "registration_exhibitor_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    report: Mapped[dict] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    imported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done: Mapped[list | None] = mapped_column(JSON)  # [line, exhibitor's key, key of its contact if entered by it]
    kept: Mapped[list | None] = mapped_column(JSON)


class ExhibitorLetter(Base):
    """A letter to an exhibitor's contact. `due_for` keeps each from being written twice: when they were entered, the day of names, a wish."""

    __tablename__ = "registration_exhibitor_letter"
    __table_args__ = (UniqueConstraint("exhibitor_id", "kind", "due_for", "to_email"), one_of("kind", LetterKind))

    id: Mapped[int] = mapped_column(primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("registration_exhibitor.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    due_for: Mapped[datetime] = mapped_column(UtcDateTime)
    to_email: Mapped[str] = mapped_column(String(320))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
