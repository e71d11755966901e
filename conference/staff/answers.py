"""What registrants answered, as the desk lists it: the questions that may be columns and filters, and what was said to them."""

from dataclasses import dataclass

from sqlalchemy import select

from conference.kernel import db
from conference.registration import Answer, Question, Registration

OPEN_KINDS = ("text", "long")


@dataclass(frozen=True)
class Asked:
    """A question as a column: what it is called, and what can be chosen (empty when anything can be typed)."""

    id: int
    code: str
    label: str
    kind: str
    choices: tuple


def asked_of(meeting):
    """Every question of a meeting whose answers the desk may list, in order, hidden ones too."""
    statement = select(Question).where(Question.meeting_id == meeting.id).order_by(Question.position, Question.id)
    return [Asked(each.id, each.code, each.label, each.kind, _choices(each)) for each in db.session.scalars(statement)]


def is_given(question, text):
    """A WHERE clause: the registration's answer is `text`, or holds it when anything could be typed."""
    says = Answer.value.icontains(text, autoescape=True) if question.kind in OPEN_KINDS else Answer.value == text
    own = (Answer.registration_id == Registration.id, Answer.question_id == question.id)
    return select(Answer.id).where(*own, says).correlate(Registration).exists()


def value_of(question):
    """What the registration answered, as an expression to order by."""
    own = (Answer.registration_id == Registration.id, Answer.question_id == question.id)
    return select(Answer.value).where(*own).correlate(Registration).scalar_subquery()


def given_by(ids, questions):
    """{registration id: {question code: text}} in one query; ids: keys, or a SELECT of them."""
    codes = {each.id: each.code for each in questions}
    statement = select(Answer.registration_id, Answer.question_id, Answer.value)
    statement = statement.where(Answer.registration_id.in_(ids), Answer.question_id.in_(codes))
    found = {}
    for entry_id, question_id, text in db.session.execute(statement) if codes else ():
        found.setdefault(entry_id, {})[codes[question_id]] = text
    return found


def _choices(question):
    return ("yes", "no") if question.kind == "yes_no" else tuple(question.choices or ())
