"""What is told of answers: counts of marks, means, texts; of sessions with three answers or more, and of no other."""

from dataclasses import dataclass
from statistics import fmean

from flask import url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from sqlalchemy import select

from conference.attending.evaluations import queries, rules
from conference.attending.evaluations.models import Evaluation
from conference.attending.evaluations.rules import QuestionKind
from conference.kernel import db
from conference.schedule import Session
from conference.web import charts


@dataclass(frozen=True)
class Result:
    """One question: counts of marks from 1 to 5 with their mean and chart, or texts."""

    wording: str
    kind: str
    counts: list
    mean: float | None
    chart: object
    texts: list


def of_session(meeting, session, form):
    """(how many answers, [Result] or None while they are too few for anything to be told)."""
    answers = queries.answers_to(meeting, session.guid)
    if not rules.is_told(len(answers)):
        return None
    return len(answers), [_result(each, answers) for each in queries.questions_of(form)]


def overview(meeting, numbers):
    """[(session, how many answers, mean of all its marks or None, address)] of the sessions of which something is told."""
    means = {item: _mean(answers) for item, answers in _given(meeting, numbers).items()}
    return [
        (each, numbers[each.guid], means[each.guid], url_for("attending_staff.results_of", code=meeting.code, number=each.number))
        for each in _sessions(meeting, numbers)
    ]  # fmt: skip


def table(meeting):
    """(header, rows) of the marks: a column of counts and a mean for each question; texts are read on the pages."""
    form = queries.any_form_of(meeting.id)
    asked = [each for each in queries.questions_of(form) if each.kind == QuestionKind.MARK] if form else []
    header = [_("Number"), _("Session"), _("Answers")]
    header += [f"{each.wording}: {part}" for each in asked for part in (*rules.MARKS, _("mean"))]
    numbers = queries.numbers(meeting)
    given = _given(meeting, numbers)
    return header, [_row(each, given[each.guid], asked) for each in _sessions(meeting, numbers)]


def _sessions(meeting, numbers):
    """The sessions of the draft that are named, in order of time."""
    mine = select(Session).where(Session.meeting_id == meeting.id, Session.guid.in_(list(numbers)))
    return db.session.scalars(mine.order_by(Session.starts_at, Session.id)) if numbers else []


def _row(session, answers, asked):
    cells = []
    for each in asked:
        counts, mean = rules.counts(answers, str(each.id))
        cells += [*counts, round(mean, 2) if mean else None]
    return [session.number, session.title, len(answers), *cells]


def _given(meeting, numbers):
    """{guid: [answers]} of the sessions in `numbers`, in one question."""
    found: dict = {item: [] for item in numbers}
    mine = select(Evaluation.item, Evaluation.answers).where(Evaluation.meeting_id == meeting.id)
    for item, answers in db.session.execute(mine):
        if item in found:
            found[item].append(answers)
    return found


def _mean(answers):
    """The mean of all marks in [{key: answer}]; None without any."""
    marks = [value for each in answers for value in each.values() if isinstance(value, int)]
    return fmean(marks) if marks else None


def _result(question, answers):
    key = str(question.id)
    if question.kind == QuestionKind.TEXT:
        return Result(question.wording, question.kind, [], None, None, rules.texts(answers, key))
    counts, mean = rules.counts(answers, key)
    columns = [
        [(count, "registered", _says(mark, count), None)] for mark, count in zip(rules.MARKS, counts, strict=True)
    ]
    chart = charts.columns(columns, [format_decimal(mark) for mark in rules.MARKS])
    return Result(question.wording, question.kind, list(zip(rules.MARKS, counts, strict=True)), mean, chart, [])


def _says(mark, count):
    return ngettext("%(num)s answer with %(mark)s", "%(num)s answers with %(mark)s", count, mark=mark)
