"""Finding a meeting's form and what was answered."""

from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from conference.attending.evaluations import rules
from conference.attending.evaluations.models import Evaluation, EvaluationForm, EvaluationQuestion
from conference.kernel import db, in_parts, tokens

_PURPOSE = "evaluation"


def form_of(meeting_id):
    """The EvaluationForm of a meeting whose sessions are evaluated, or None."""
    return db.session.scalar(
        select(EvaluationForm).where(EvaluationForm.meeting_id == meeting_id, EvaluationForm.is_on)
    )


def any_form_of(meeting_id):
    """The form whether it is in use or not, or None."""
    statement = select(EvaluationForm).where(EvaluationForm.meeting_id == meeting_id)
    return db.session.scalar(statement, execution_options={"populate_existing": True})


def questions_of(form):
    """The questions of a form in order."""
    mine = select(EvaluationQuestion).where(EvaluationQuestion.form_id == form.id)
    return list(db.session.scalars(mine.order_by(EvaluationQuestion.position)))


def hours(form, meeting, session):
    """(from when, until when) a session can be evaluated."""
    return (
        rules.opens(form.begins, session.starts, session.ends),
        rules.closes(meeting.ends, form.days, ZoneInfo(meeting.timezone)),
    )


def is_open(form, meeting, session, now):
    """Whether answers to a session are taken at an instant."""
    opens, closes = hours(form, meeting, session)
    return rules.is_open(opens, closes, now)


def has_answers(meeting_id):
    """Whether anybody has answered anything at this meeting."""
    return db.session.scalar(select(Evaluation.id).where(Evaluation.meeting_id == meeting_id).limit(1)) is not None


def seal_of(entry, item):
    """The keyed digest under which a registration's answer to a session is kept."""
    return tokens.digest(f"{entry.ref}:{item}", purpose=_PURPOSE)


def answer_of(entry, meeting, item):
    """What a registration has answered to a session, or None."""
    mine = select(Evaluation).where(Evaluation.meeting_id == meeting.id, Evaluation.item == item)
    return db.session.scalar(mine.where(Evaluation.seal == seal_of(entry, item)))


def answered(entry, meeting, items):
    """The guids among `items` of the sessions that a registration has answered."""
    seals = {seal_of(entry, item): item for item in items}
    found = set()
    for some in in_parts(sorted(seals)):
        mine = select(Evaluation.seal).where(Evaluation.meeting_id == meeting.id, Evaluation.seal.in_(some))
        found |= {seals[seal] for seal in db.session.scalars(mine)}
    return found


def answers_to(meeting, item):
    """[{key: answer}] of everybody to one session."""
    mine = select(Evaluation.answers).where(Evaluation.meeting_id == meeting.id, Evaluation.item == item)
    return list(db.session.scalars(mine))


def numbers(meeting):
    """{guid: how many answers} of the sessions for which there are enough for anything to be told."""
    counted = func.count(Evaluation.id)
    statement = select(Evaluation.item, counted).where(Evaluation.meeting_id == meeting.id).group_by(Evaluation.item)
    return dict(db.session.execute(statement.having(counted >= rules.FEWEST)).all())
