"""Tables of evaluations: a meeting's form, its questions, and answers without a name."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from conference.attending.evaluations.rules import Begins, QuestionKind
from conference.kernel import Base, one_of


class EvaluationForm(Base):
    """How the sessions of a meeting are evaluated: from their start or end on, until so many days after the meeting."""

    __tablename__ = "attending_evaluation_form"
    __table_args__ = (
        UniqueConstraint("meeting_id"),
        one_of("begins", Begins),
        CheckConstraint("days >= 0 AND days <= 365", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    is_on: Mapped[bool] = mapped_column(default=True, server_default=true())
    begins: Mapped[str] = mapped_column(String(10), default=Begins.END)
    days: Mapped[int] = mapped_column(default=14)
    version: Mapped[int] = mapped_column(default=1)


class EvaluationQuestion(Base):
    """One question of a meeting's form."""

    __tablename__ = "attending_evaluation_question"
    __table_args__ = (UniqueConstraint("form_id", "position"), one_of("kind", QuestionKind))

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("attending_evaluation_form.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    wording: Mapped[str] = mapped_column(String(300))


class Evaluation(Base):
    """What one person has answered about one session, {key of a question: mark or text}.

    `seal` is a keyed digest of registration and session: it brings an answer back to whoever gave it, and says to nobody else whose it
    is. No time is kept, so that an answer cannot be matched with who was on the site.
    """

    __tablename__ = "attending_evaluation"
    __table_args__ = (UniqueConstraint("meeting_id", "item", "seal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    item: Mapped[str] = mapped_column(String(36))
    seal: Mapped[str] = mapped_column(String(64))
    answers: Mapped[dict] = mapped_column(JSON)
