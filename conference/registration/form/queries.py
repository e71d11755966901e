"""Asking after the form of a meeting, and after what was answered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import contains_eager

from conference.kernel import db
from conference.people import Person
from conference.registration.form.kinds import show
from conference.registration.form.models import (
    Answer,
    FormSettings,
    PastAnswer,
    Question,
    QuestionVersion,
    Section,
)
from conference.registration.form.rules import asked_of, blocks_of
from conference.registration.models import Registration


@dataclass(frozen=True)
class Standing:
    """A person's own answer: the kept text, the version that was answered, and what could be chosen then."""

    text: str
    version: int
    choices: list


@dataclass(frozen=True)
class Given:
    """One answer with the field as it was worded when it was given; `words` is None when its reader may not see it."""

    question: Question
    label: str
    words: str | None
    answered_at: datetime | None
    purged_at: datetime | None
    is_old: bool


def sections_of(meeting):
    """Every section in order, retired ones too."""
    statement = select(Section).where(Section.meeting_id == meeting.id)
    return list(db.session.scalars(statement.order_by(Section.position, Section.id)))


def fields_of(meeting):
    """Every field in order within its section, retired ones too."""
    statement = select(Question).where(Question.meeting_id == meeting.id)
    return list(db.session.scalars(statement.order_by(Question.position, Question.id)))


def form_of(meeting):
    """The whole form as blocks, with what is retired."""
    return blocks_of(sections_of(meeting), fields_of(meeting))


def form_for(meeting, *, category, mode):
    """The form as blocks, as somebody of this category (a code) and mode is asked."""
    return asked_of(form_of(meeting), category=category, mode=str(mode))


def questions_of(meeting):
    """The fields that are asked of anybody, in the order of the form."""
    blocks = form_of(meeting)
    return [
        each
        for block in blocks
        if block.section is None or block.section.is_asked
        for each in block.fields
        if each.is_asked
    ]


def asked_ids(registration):
    """The keys of the fields that its meeting asks of anybody."""
    statement = select(Question.id).where(Question.meeting_id == registration.meeting_id, Question.is_asked)
    return list(db.session.scalars(statement))


def section_of(meeting, section_id):
    """One section of this meeting, or None."""
    return db.session.scalar(select(Section).where(Section.meeting_id == meeting.id, Section.id == section_id))


def answers_of(registration):
    """The answers that are nobody's secret: {code: kept text}. Sensitive ones are never among them."""
    return {code: answer.value for code, answer in _rows(registration) if answer.value is not None}


def own_answers_of(registration):
    """{code: Standing} with sensitive ones, to be shown to the person alone."""
    return {
        question.code: Standing(answer.text, answer.version, version.choices)
        for question, answer, version in _worded(Answer, registration)
        if answer.text is not None
    }


def is_answered(question):
    """Whether anybody has answered a field."""
    return any(db.session.scalar(select(_any(table, question))) for table in (Answer, PastAnswer))


def settings_of(meeting):
    """What holds for the meeting's form: a row, or None for the usual."""
    return db.session.get(FormSettings, meeting.id, populate_existing=True)


def told(registration, *, roles=frozenset(), language="en"):
    """Every answer of a registration as [Given], in the words of when it was given; sensitive ones only in words to `roles`."""
    return [_given(row, roles, language) for row in _worded(Answer, registration)]


def told_before(registration, *, roles=frozenset(), language="en"):
    """The answers that were replaced or taken back, the newest first: [(Given, ended at)]."""
    rows = _worded(PastAnswer, registration, PastAnswer.ended_at.desc(), PastAnswer.id.desc())
    return [(_given(row, roles, language), row[1].ended_at) for row in rows]


def may_see(question, roles):
    """Whether somebody with these roles may see the answers to a field: anybody's who may see answers, or the named roles'."""
    return not question.is_sensitive or bool(set(roles) & {*question.roles, "administrator"})


def may_look(meeting, roles):
    """Whether somebody with these roles may see the answers to any sensitive field of a meeting."""
    return any(may_see(each, roles) for each in fields_of(meeting) if each.is_sensitive)


def people_who_answered(question):
    """[(Registration with its person, Answer, QuestionVersion)] of everybody registered, by name: for lists that are looked at."""
    same = and_(QuestionVersion.question_id == Answer.question_id, QuestionVersion.version == Answer.version)
    statement = (
        select(Registration, Answer, QuestionVersion)
        .join(Answer, Answer.registration_id == Registration.id)
        .join(QuestionVersion, same)
        .join(Registration.person)
        .options(contains_eager(Registration.person))
        .where(Answer.question_id == question.id, Registration.state == "confirmed")
        .order_by(Person.family_name, Person.given_name, Registration.id)
    )
    return db.session.execute(statement).all()


def versions_of(question):
    """What a field said, the newest first."""
    statement = select(QuestionVersion).where(QuestionVersion.question_id == question.id)
    return list(db.session.scalars(statement.order_by(QuestionVersion.version.desc())))


def _rows(registration):
    statement = select(Question.code, Answer).join(Question, Answer.question_id == Question.id)
    statement = statement.where(Answer.registration_id == registration.id, Answer.purged_at.is_(None))
    return db.session.execute(statement.execution_options(populate_existing=True)).all()


def _worded(table, registration, *order):
    same = and_(QuestionVersion.question_id == table.question_id, QuestionVersion.version == table.version)
    statement = (
        select(Question, table, QuestionVersion)
        .join(Question, table.question_id == Question.id)
        .outerjoin(Section, Question.section_id == Section.id)
        .join(QuestionVersion, same)
        .where(table.registration_id == registration.id)
        .order_by(*order, func.coalesce(Section.position, -1), Question.position, Question.id)
    )
    return db.session.execute(statement.execution_options(populate_existing=True)).all()


def _given(row, roles, language):
    question, answer, version = row
    words = None
    if answer.text is not None and may_see(question, roles):
        words = show(version.kind, version.choices, answer.text, language)
    return Given(
        question, version.label, words, answer.answered_at, answer.purged_at, answer.version != question.version
    )


def _any(table, question):
    return select(table.id).where(table.question_id == question.id).exists()
