"""Tables of the form: sections, fields, what each field said in each of its versions, answers and the answers before them."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base, SealedText, UtcDateTime, one_of
from conference.registration.form.kinds import Kind

_NONE = text("'[]'")


class FormSettings(Base):
    """What holds for a meeting's whole form; a meeting without a row has the usual."""

    __tablename__ = "registration_form"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    edit_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def id(self):
        """The key by which the audit trail knows it."""
        return self.meeting_id


class Section(Base):
    """A part of the form under a heading of its own."""

    __tablename__ = "registration_section"
    __table_args__ = (UniqueConstraint("meeting_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    code: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    lede: Mapped[str] = mapped_column(String(600), default="")
    position: Mapped[int] = mapped_column(default=0)
    condition: Mapped[dict | None] = mapped_column(JSON(none_as_null=True))
    categories: Mapped[list] = mapped_column(JSON, default=list)
    modes: Mapped[list] = mapped_column(JSON, default=list)
    is_asked: Mapped[bool] = mapped_column(default=True)


class Question(Base):
    """A field of the form. What its label and choices were when somebody answered stands in QuestionVersion.

    `condition` is explained in `rules`; `choices` are [{code, label}]; `limits` {least, most, longest, decimals}. `categories`
    and `modes` name those who are asked, all when empty. Answers to a sensitive field are sealed, and shown to `roles` only.
    """

    __tablename__ = "registration_question"
    __table_args__ = (UniqueConstraint("meeting_id", "code"), one_of("kind", Kind))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("registration_section.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(300))
    hint: Mapped[str] = mapped_column(String(600), default="")
    statement: Mapped[str] = mapped_column(Text, default="", server_default="")
    kind: Mapped[str] = mapped_column(String(10))
    choices: Mapped[list] = mapped_column(JSON, default=list)
    limits: Mapped[dict] = mapped_column(JSON, default=dict, server_default=text("'{}'"))
    is_required: Mapped[bool] = mapped_column(default=False)
    condition: Mapped[dict | None] = mapped_column(JSON(none_as_null=True))
    categories: Mapped[list] = mapped_column(JSON, default=list, server_default=_NONE)
    modes: Mapped[list] = mapped_column(JSON, default=list, server_default=_NONE)
    position: Mapped[int] = mapped_column(default=0)
    is_asked: Mapped[bool] = mapped_column(default=True)
    is_sensitive: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    roles: Mapped[list] = mapped_column(JSON, default=list, server_default=_NONE)
    retention_days: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class QuestionVersion(Base):
    """What a field said in one of its versions; `since` is empty where that was not kept yet. A row never changes."""

    __tablename__ = "registration_question_version"
    __table_args__ = (UniqueConstraint("question_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("registration_question.id", ondelete="CASCADE"))
    version: Mapped[int]
    label: Mapped[str] = mapped_column(String(300))
    statement: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(10))
    choices: Mapped[list] = mapped_column(JSON, default=list)
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)


class _Given:
    """What an answer is made of: the version that was answered, and the kept text, sealed or not; neither once it was purged."""

    version: Mapped[int] = mapped_column(default=1, server_default="1")
    value: Mapped[str | None] = mapped_column(Text)
    sealed: Mapped[str | None] = mapped_column(SealedText)
    number: Mapped[float | None]
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    purged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def text(self):
        """What was answered, in the form of its kind; None once it was purged."""
        return self.sealed if self.sealed is not None else self.value


class Answer(_Given, Base):
    """What somebody answers to a field now."""

    __tablename__ = "registration_answer"
    __table_args__ = (
        UniqueConstraint("registration_id", "question_id"),
        ForeignKeyConstraint(
            ["question_id", "version"],
            ["registration_question_version.question_id", "registration_question_version.version"],
            name="fk_registration_answer_version",
        ),
        CheckConstraint("value IS NULL OR sealed IS NULL", name="once"),
        CheckConstraint("purged_at IS NULL OR (value IS NULL AND sealed IS NULL AND number IS NULL)", name="purged"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("registration_question.id"), index=True)


class PastAnswer(_Given, Base):
    """An answer that somebody registered replaced or took back at `ended_at`."""

    __tablename__ = "registration_past_answer"
    __table_args__ = (
        CheckConstraint("value IS NULL OR sealed IS NULL", name="once"),
        CheckConstraint("purged_at IS NULL OR (value IS NULL AND sealed IS NULL AND number IS NULL)", name="purged"),
        Index("ix_registration_past_answer_of", "registration_id", "question_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("registration_question.id"), index=True)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime)
