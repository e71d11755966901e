"""Reading answers."""

from sqlalchemy import func, select

from conference.consent.models import Answer, Wording
from conference.kernel import db


def last_choice_of(person):
    """The person's latest answer, whatever browser it was given in, as a value; None when they never answered."""
    statement = (
        select(Answer).where(Answer.person_id == person.id).order_by(Answer.at.desc(), Answer.id.desc()).limit(1)
    )
    answer = db.session.scalar(statement)
    return answer.choice if answer else None


def keys_of_visitors_before(instant, limit=500):
    """Keys of the oldest answers before an instant that no known person gave."""
    statement = select(Answer.id).where(Answer.at < instant, Answer.person_id.is_(None))
    return list(db.session.scalars(statement.order_by(Answer.at).limit(limit)))


def newest_first():
    """SELECT of all answers, the newest first."""
    return select(Answer).order_by(Answer.at.desc(), Answer.id.desc())


def in_order():
    """All answers in the order of time, read in portions: for the auditors' file."""
    return db.session.scalars(select(Answer).order_by(Answer.at, Answer.id).execution_options(yield_per=500))


def counts():
    """How many answers of each kind there are: {act: number}."""
    return dict(iter(db.session.execute(select(Answer.act, func.count()).group_by(Answer.act))))


def wordings():
    """Every wording that was answered, the newest first."""
    return list(db.session.scalars(select(Wording).order_by(Wording.version.desc(), Wording.id.desc())))
