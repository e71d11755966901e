"""The outbox: letters as rows, written in the transaction of their cause."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference.kernel import Base, UtcDateTime, new_ref, one_of
from conference.mail.rules import State


class Letter(Base):
    """One letter to one address. `cause` names what it is about; a cause has one letter of a kind to an address."""

    __tablename__ = "mail_letter"
    __table_args__ = (
        UniqueConstraint("kind", "cause", "to_email"),
        one_of("state", State),
        Index("ix_mail_letter_due", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    kind: Mapped[str] = mapped_column(String(60))
    cause: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    to_email: Mapped[str] = mapped_column(String(320))
    to_name: Mapped[str] = mapped_column(String(620), default="")
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    is_secret: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    message_id: Mapped[str] = mapped_column(String(200))
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    enclosures: Mapped[list["Enclosure"]] = relationship(lazy="raise_on_sql", order_by="Enclosure.id")


class Enclosure(Base):
    """A file sent with a letter."""

    __tablename__ = "mail_enclosure"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("mail_letter.id", ondelete="CASCADE"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary)
