"""The verbs of the form: ask, reword, keep answers with those before them, purge."""

from typing import Any

from sqlalchemy import delete, insert, select

from conference import audit
from conference.kernel import db
from conference.registration.form.kinds import number_of
from conference.registration.form.models import Answer, PastAnswer, Question, QuestionVersion, Section

WORDING = ("label", "statement", "kind", "choices")  # what gives an answer its meaning
_KEPT = ("version", "value", "sealed", "number", "answered_at", "by_id", "purged_at")


def ask(meeting, *, code, label, kind, choices=(), now=None, **details):
    """A field of the form, in its first version; `choices` are {code, label}, or labels that are their own codes."""
    listed = [each if isinstance(each, dict) else {"code": each, "label": each} for each in choices]
    question = Question(meeting_id=meeting.id, code=code, label=label, kind=str(kind), choices=listed, **details)
    question.version = 1
    db.session.add(question)
    db.session.flush()
    _write_version(question, now)
    return question


def add_section(meeting, *, code, title, **details):
    """A part of the form."""
    section = Section(meeting_id=meeting.id, code=code, title=title, **details)
    db.session.add(section)
    db.session.flush()
    return section


def reworded(question, facts):
    """Whether `facts` give the field another meaning than it has now."""
    return any(name in facts and facts[name] != getattr(question, name) for name in WORDING)


def start_version(question, now):
    """Call after a field was reworded: answers from now on are answers to this version."""
    question.version += 1
    db.session.flush()
    _write_version(question, now)


def keep(registration, answers, *, asked, by=None, now=None, with_past=False):
    """Make `answers` {question id: kept text} those of a registration.

    Of the fields `asked` (ids), those that are not answered lose their answer; every other answer stays as it is. With
    `with_past` what is replaced is remembered for staff. How many answers are others than before.
    """
    standing = _standing(registration)
    questions = {each.id: each for each in db.session.scalars(select(Question).where(Question.id.in_(list(answers))))}
    stamp = {"answered_at": now, "by_id": by.id if by is not None else None}
    fresh, replaced = [], 0
    for key, text in answers.items():
        old, question = standing.get(key), questions[key]
        if old is None:
            fresh.append({"registration_id": registration.id, "question_id": key, **_kept(question, text), **stamp})
        elif (old.text, old.version) != (text, question.version):
            _replace(old, {**_kept(question, text), **stamp, "purged_at": None}, with_past, now)
            replaced += 1
    if fresh:
        db.session.execute(insert(Answer), fresh)
    gone = [standing[key] for key in set(asked) & set(standing) - set(answers) if standing[key].purged_at is None]
    for old in gone:
        _take_back(old, with_past, now)
    db.session.flush()
    return len(fresh) + replaced + len(gone)


def amend(registration, answers, *, asked, by, now):
    """What somebody registered answers from now on; what stood there before is kept for staff, and that it changed is recorded."""
    changed = keep(registration, answers, asked=asked, by=by, now=now, with_past=True)
    if changed:
        audit.record(by=by, verb="changed answers", subject=registration, now=now, after={"count": changed})
    return changed


def seal(question):
    """Seal what was answered openly to a field that has become sensitive; how many answers."""
    count = 0
    for table in (Answer, PastAnswer):
        rows: list[Any] = list(
            db.session.scalars(select(table).where(table.question_id == question.id, table.value.is_not(None)))
        )
        for row in rows:
            row.sealed, row.value, row.number = row.value, None, None
        count += len(rows)
    db.session.flush()
    return count


def _standing(registration):
    """{question id: Answer}, with the registration locked: of two tabs the second one sees what the first one kept."""
    table = type(registration)
    db.session.execute(select(table.id).where(table.id == registration.id).with_for_update())
    rows = select(Answer).where(Answer.registration_id == registration.id)
    return {each.question_id: each for each in db.session.scalars(rows.execution_options(populate_existing=True))}


def _kept(question, text):
    sealed = question.is_sensitive
    return {
        "version": question.version,
        "value": None if sealed else text,
        "sealed": text if sealed else None,
        "number": None if sealed else number_of(question.kind, text),
    }


def _replace(old, values, with_past, now):
    if with_past:
        _remember(old, now)
    for name, value in values.items():
        setattr(old, name, value)


def _take_back(old, with_past, now):
    if with_past:
        _remember(old, now)
    db.session.execute(delete(Answer).where(Answer.id == old.id))
    db.session.expunge(old)


def _remember(old, now):
    kept = {name: getattr(old, name) for name in _KEPT}
    db.session.add(PastAnswer(registration_id=old.registration_id, question_id=old.question_id, ended_at=now, **kept))


def _write_version(question, now):
    words = {name: getattr(question, name) for name in WORDING}
    db.session.add(QuestionVersion(question_id=question.id, version=question.version, since=now, **words))
    db.session.flush()
