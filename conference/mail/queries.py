"""Reading the outbox."""

from sqlalchemy import select

from conference.kernel import db
from conference.mail.models import Letter


def letters_to(person, limit=100):
    """The letters written to a person, newest first."""
    statement = select(Letter).where(Letter.person_id == person.id).order_by(Letter.id.desc()).limit(limit)
    return list(db.session.scalars(statement))
