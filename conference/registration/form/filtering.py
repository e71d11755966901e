"""Answers as filters of lists: which fields one may ask after, and each condition as a clause of a SELECT of registrations."""

from flask_babel import gettext as _
from sqlalchemy import false, func, or_, select

from conference.kernel import db
from conference.registration.form.kinds import BETWEEN, CHOOSING, Kind, is_number
from conference.registration.form.models import Answer
from conference.registration.models import Registration

_EVERY = ("answered", "not_answered")
_OPS = {
    Kind.TEXT: ("contains", "is", "is_not"),
    Kind.LONG: ("contains",),
    Kind.NUMBER: ("is", "is_not", "less", "more"),
    Kind.DATE: ("is", "is_not", "less", "more"),
    Kind.YES_NO: ("is", "is_not"),
    Kind.CHOICE: ("is", "is_not"),
    Kind.CHOICES: ("contains", "is", "is_not"),
    Kind.EMAIL: ("contains", "is", "is_not"),
    Kind.PHONE: ("contains", "is", "is_not"),
    Kind.COUNTRY: ("is", "is_not"),
    Kind.CONSENT: ("is", "is_not"),
}


def answer_ops(question):
    """The ways in which answers to a field can be compared: keys that `op_words` names."""
    return (*_OPS[question.kind], *_EVERY)


def filterable_values(question):
    """[(code, label)] of the values that a field can have, or [] when anything may be typed."""
    if question.kind in CHOOSING:
        return [(each["code"], each["label"]) for each in question.choices]
    return {Kind.YES_NO: [("yes", _("Yes")), ("no", _("No"))], Kind.CONSENT: [("yes", _("Agreed"))]}.get(
        question.kind, []
    )


def answer_clause(question, op, value=""):
    """A WHERE clause on Registration: the answer to `question` compares with `value` as `op` says.

    What makes no sense (an op that the kind does not know, a number that is none, a sensitive field) matches nothing.
    """
    if question.is_sensitive or op not in answer_ops(question):
        return false()
    if op == "answered":
        return _given(question)
    if op == "not_answered":
        return ~_given(question)
    clause = _compared(question, op.removesuffix("_not"), str(value))
    if clause is None:
        return false()
    return ~_given(question, clause) if op == "is_not" else _given(question, clause)


def op_words():
    """What the comparisons are called."""
    return {
        "is": _("is"),
        "is_not": _("is not"),
        "contains": _("contains"),
        "less": _("is less, or before"),
        "more": _("is more, or after"),
        "answered": _("was answered"),
        "not_answered": _("was not answered"),
    }


def _given(question, *clauses):
    own = (Answer.registration_id == Registration.id, Answer.question_id == question.id, Answer.value.is_not(None))
    return select(Answer.id).where(*own, *clauses).correlate(Registration).exists()


def _compared(question, op, value):
    if question.kind == Kind.NUMBER:
        return _number(op, float(value)) if is_number(value) else None
    if op in ("less", "more"):
        return Answer.value < value if op == "less" else Answer.value > value
    if question.kind == Kind.CHOICES:
        whole = f"{BETWEEN}{value}{BETWEEN}"
        return Answer.value == whole if op == "is" else Answer.value.contains(whole, autoescape=True)
    if op == "contains":
        return Answer.value.icontains(value, autoescape=True)
    # SQLite lowers no letters but ASCII's.
    return or_(Answer.value == value, func.lower(Answer.value) == value.lower())


def _number(op, value):
    return {"is": Answer.number == value, "less": Answer.number < value, "more": Answer.number > value}[op]


def counts_of(question):
    """{kept text: how many confirmed registrations answer so}, the most frequent first; nothing of a sensitive field."""
    if question.is_sensitive:
        return {}
    statement = (
        select(Answer.value, func.count())
        .join(Registration, Answer.registration_id == Registration.id)
        .where(Answer.question_id == question.id, Answer.value.is_not(None), Registration.state == "confirmed")
        .group_by(Answer.value)
        .order_by(func.count().desc(), Answer.value)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}
