"""The person."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base, UtcDateTime, new_ref
from conference.people.rules import display_name, sort_name, stage_on


class Person(Base):
    """Somebody the society knows. `email` is the address letters go to, in normal form, one person each.

    Whoever comes along with somebody else is known by name and has none: they never sign in, and others are written to for
    them. A badge that only names a company is somebody of whom the institution is known, and nothing else.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint(
            "given_name <> '' OR family_name <> '' OR institution <> '' OR email IS NOT NULL", name="has_a_name"
        ),
        CheckConstraint("email <> ''", name="email"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    email: Mapped[str | None] = mapped_column(String(320), unique=True)
    given_name: Mapped[str] = mapped_column(String(300), default="")
    family_name: Mapped[str] = mapped_column(String(300), default="", index=True)
    badge_name: Mapped[str] = mapped_column(String(300), default="")
    degrees: Mapped[str] = mapped_column(String(300), default="")
    institution: Mapped[str] = mapped_column(String(300), default="")
    city: Mapped[str] = mapped_column(String(300), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    orcid: Mapped[str] = mapped_column(String(19), default="")
    career_stage: Mapped[str] = mapped_column(String(20), default="", server_default="")
    stage_since: Mapped[date | None]
    stage_until: Mapped[date | None]
    interests: Mapped[list] = mapped_column(JSON, default=list)
    folded: Mapped[str] = mapped_column(String(1500), default="")
    folded_name: Mapped[str] = mapped_column(String(1500), default="")
    folded_institution: Mapped[str] = mapped_column(String(1500), default="")
    is_fictional: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def full_name(self):
        """As people write it; without any, the address or the institution."""
        return display_name(self.given_name, self.family_name) or self.email or self.institution

    @property
    def filed_name(self):
        """Family name first."""
        return sort_name(self.given_name, self.family_name) or self.email or self.institution

    @property
    def introduced(self):
        """In a line, what tells them from others of the same name."""
        return ", ".join(part for part in (self.full_name, self.email, self.institution, self.country) if part)

    def stage_on(self, day):
        """The career stage that they say holds on a day; empty when none does."""
        return stage_on(self.career_stage, self.stage_since, self.stage_until, day)

    @property
    def is_complete(self):
        """Whether enough is known to register them and print a badge."""
        return bool((self.given_name or self.family_name) and self.country)


class Interest(Base):
    """A topic that people may choose in their profile. The society keeps the list; a retired topic stays with those who chose it."""

    __tablename__ = "person_interest"

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    label: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(default=0)
    is_retired: Mapped[bool] = mapped_column(default=False)
