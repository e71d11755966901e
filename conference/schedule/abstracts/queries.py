"""Finding abstracts, their topics, and what the desk needs to know beside them."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from conference.kernel import db
from conference.schedule import draft
from conference.schedule.models import Abstract, Contributor, Kind, Presentation, Session


def abstract_numbered(meeting, number):
    """One abstract with authors and presentations, or None."""
    statement = select(Abstract).where(Abstract.meeting_id == meeting.id, Abstract.number == number)
    presented = selectinload(Abstract.presentations).joinedload(Presentation.session).joinedload(Session.room)
    return db.session.scalar(statement.options(*draft.with_authors(Abstract), presented))


def topics_of(meeting):
    """Every topic that an abstract of the meeting has, by name."""
    rows = db.session.scalars(select(Abstract.topics).where(Abstract.meeting_id == meeting.id))
    return sorted({topic for topics in rows for topic in topics}, key=str.casefold)


def sessions_to_choose(meeting):
    """[(number, title, starts_at)] of the draft's sessions that are held, in order of time, those without one last."""
    statement = select(Session.number, Session.title, Session.starts_at).where(
        Session.meeting_id == meeting.id, ~Session.withdrawn
    )
    return db.session.execute(statement.order_by(Session.starts_at.is_(None), Session.starts_at, Session.id)).all()


def kinds_in_use(meeting):
    """Names of kinds of presentations: those with a row in their order, then others that presentations have."""
    named = db.session.scalars(select(Kind.name).where(Kind.meeting_id == meeting.id).order_by(Kind.position, Kind.id))
    used = select(Presentation.kind).where(Presentation.meeting_id == meeting.id, Presentation.kind != "").distinct()
    return list(dict.fromkeys([*named, *sorted(db.session.scalars(used))]))


def people_named(meeting, names):
    """{name: contributor} of the draft for some names, as they are written."""
    statement = select(Contributor).where(Contributor.meeting_id == meeting.id, Contributor.name.in_(set(names)))
    return {row.name: row for row in db.session.scalars(statement.order_by(Contributor.id.desc()))}


def people_numbered(meeting, numbers):
    """{number: contributor} of the draft."""
    statement = select(Contributor).where(Contributor.meeting_id == meeting.id, Contributor.number.in_(set(numbers)))
    return {row.number: row for row in db.session.scalars(statement)}


def authors_first():
    """Loader options for the authors of an Abstract in a list."""
    return draft.with_authors(Abstract)


def presented():
    """Loader options for where an Abstract is presented."""
    return (selectinload(Abstract.presentations).options(joinedload(Presentation.session)),)
