"""What registrants answered, as the desk lists it: the questions that may be columns and filters, and what was said to them."""

from dataclasses import dataclass

from flask_babel import get_locale
from sqlalchemy import and_, select

from conference.kernel import db
from conference.people import Person
from conference.registration import Answer, Question, Registration, State, answer_clause, filterable_values, form

OPEN_KINDS = ("text", "long", "email", "phone")


@dataclass(frozen=True)
class Asked:
    """A question as a column: what it is called, and what can be chosen ((code, label), empty when anything can be typed)."""

    id: int
    code: str
    label: str
    kind: str
    choices: tuple
    question: Question


def asked_of(meeting):
    """Every question of a meeting whose answers the desk may list, in order, retired ones too; never the sensitive ones."""
    rows = [each for block in form.form_of(meeting) for each in block.fields if not each.is_sensitive]
    return [Asked(each.id, each.code, each.label, each.kind, tuple(filterable_values(each)), each) for each in rows]


def is_given(question, text):
    """A WHERE clause: the registration's answer is `text`, or holds it when anything could be typed or several chosen."""
    op = "contains" if question.kind in (*OPEN_KINDS, "choices") else "is"
    return answer_clause(question.question, op, text)


def people_of(meeting):
    """[(registration id, reference, given name, family name, e-mail)] of everybody registered, by name."""
    names = (Person.given_name, Person.family_name, Person.email)
    statement = select(Registration.id, Registration.ref, *names).join(Registration.person)
    statement = statement.where(Registration.meeting_id == meeting.id, Registration.state == State.CONFIRMED)
    return db.session.execute(statement.order_by(Person.family_name, Person.given_name, Registration.id)).all()


def value_of(question):
    """What the registration answered, as an expression to order by."""
    own = (Answer.registration_id == Registration.id, Answer.question_id == question.id)
    column = Answer.number if question.kind == "number" else Answer.value
    return select(column).where(*own).correlate(Registration).scalar_subquery()


def given_by(ids, questions):
    """{registration id: {question code: words of when it was answered}} in one query; ids: keys, or a SELECT of them."""
    codes = {each.id: each.code for each in questions}
    same = and_(form.QuestionVersion.question_id == Answer.question_id, form.QuestionVersion.version == Answer.version)
    statement = (
        select(
            Answer.registration_id,
            Answer.question_id,
            Answer.value,
            form.QuestionVersion.kind,
            form.QuestionVersion.choices,
        )
        .join(form.QuestionVersion, same)
        .where(Answer.registration_id.in_(ids), Answer.question_id.in_(codes), Answer.value.is_not(None))
    )
    found, language = {}, get_locale().language
    for entry_id, question_id, text, kind, choices in db.session.execute(statement) if codes else ():
        found.setdefault(entry_id, {})[codes[question_id]] = form.in_words(kind, choices, text, language)
    return found
