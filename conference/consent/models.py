"""Tables of consent: answers and the wordings they were given to. Rows are never changed; nobody's answers end (jobs)."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from conference.consent.rules import Choice
from conference.kernel import Base, UtcDateTime


class Wording(Base):
    """What people were shown: banner, purposes, cookies and resources of one version in one language."""

    __tablename__ = "consent_wording"
    __table_args__ = (UniqueConstraint("version", "language", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    first_used_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Answer(Base):
    """One answer. No network address and no browser name are kept; the person only when signed in at that moment."""

    __tablename__ = "consent_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    consent_id: Mapped[str] = mapped_column(String(32), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    act: Mapped[str] = mapped_column(String(20))
    choices: Mapped[dict] = mapped_column(JSON)
    despite_signal: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int]
    text_sha256: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(20))
    surface: Mapped[str] = mapped_column(String(20))

    @property
    def choice(self):
        """The answer as a value."""
        allowed = frozenset(key for key, yes in self.choices.items() if yes)
        return Choice(self.consent_id, self.version, allowed, self.despite_signal, self.at)


def _refuse_change(mapper, connection, row):
    raise RuntimeError("answers and wordings of consent are only ever added")


for _table in (Wording, Answer):
    event.listen(_table, "before_update", _refuse_change)
    event.listen(_table, "before_delete", _refuse_change)
