"""A session is made a part of another one of its day, one level deep and no deeper."""

from flask_babel import gettext as _
from sqlalchemy import exists, or_, select

from conference.kernel import Refusal, db
from conference.schedule.models import Session
from conference.schedule.queries import whole_of


def to_choose(meeting, session):
    """[(number, title)] of the sessions that a session may be a part of, and of the one that it is a part of, in order of time."""
    fit = (Session.day == session.day) & (Session.depth == 0) & ~Session.withdrawn & ~_has_parts(session)
    statement = (
        select(Session.number, Session.title)
        .where(Session.meeting_id == meeting.id, Session.id != session.id)
        .where(or_(fit, Session.id == session.parent_id) if session.parent_id else fit)
        .order_by(Session.starts_at, Session.id)
    )
    return [(number, title) for number, title in db.session.execute(statement)]


def join(meeting, session, number):
    """Make a session a part of the one of a number, or of none (None).

    Refusal at `whole` for one that there is not, that is held on another day or is a part itself, and for a session that has parts.
    """
    if number == whole_of(session):
        return
    whole = _found(meeting, session, number) if number else None
    session.parent_id, session.parent_depth = (whole.id, 0) if whole else (None, None)
    session.depth = 1 if whole else 0
    db.session.flush()


def refuse_parts(session):
    """Refusal for a session that has parts: without it they would have no time."""
    if db.session.scalar(select(_has_parts(session))):
        raise Refusal(_("This session has parts. Take them out of it first, or cancel it."))


def _found(meeting, session, number):
    named = select(Session).where(Session.meeting_id == meeting.id, Session.number == number)
    whole = db.session.scalar(named)
    if whole is None or whole.id == session.id or whole.day != session.day:
        raise Refusal(_("Choose another session of the same day."), field="whole")
    if db.session.scalar(select(Session.depth).where(Session.id == whole.id)):
        raise Refusal(_("“%(session)s” is a part of another session itself.", session=whole.title), field="whole")
    if db.session.scalar(select(_has_parts(session))):
        raise Refusal(_("This session has parts: it cannot be a part of another one."), field="whole")
    return whole


def _has_parts(session):
    part = Session.__table__.alias()
    return exists().where(part.c.parent_id == session.id)
