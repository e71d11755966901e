"""The audit trail's one table."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base, UtcDateTime


class Entry(Base):
    """One thing somebody did (or the system, when `actor_id` is empty), with what stood before and after."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    actor_name: Mapped[str] = mapped_column(String(620), default="")
    verb: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int]
    before: Mapped[dict | None] = mapped_column(JSON)
    after: Mapped[dict | None] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text, default="")
