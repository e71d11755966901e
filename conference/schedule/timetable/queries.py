"""Finding what stands on a day, what waits in the pool, and what was changed last."""

import json
from datetime import timedelta

from sqlalchemy import String, cast, exists, func, or_, select
from sqlalchemy.orm import joinedload

from conference import audit
from conference.kernel import db
from conference.schedule import draft
from conference.schedule.models import Abstract, Presentation, Release, Room, Session
from conference.schedule.queries import days_of_draft

LONGEST_MEETING = 60  # days that are offered


def of_day(meeting, day):
    """The sessions of a day in order of time, cancelled ones too."""
    return _sessions(meeting, Session.day == day)


def pool(meeting):
    """The sessions without a time that are not cancelled, by title."""
    return _sessions(meeting, Session.day.is_(None), ~Session.withdrawn, order=(func.lower(Session.title), Session.id))


def days(meeting):
    """The days of the meeting and all others on which the draft has sessions."""
    length = min((meeting.ends - meeting.starts).days + 1, LONGEST_MEETING)
    return sorted({meeting.starts + timedelta(days=n) for n in range(length)} | set(days_of_draft(meeting)))


def talk_numbered(meeting, number):
    """One presentation of the draft with its session, or None for one that was taken back too."""
    statement = select(Presentation).where(Presentation.meeting_id == meeting.id, Presentation.number == number)
    statement = statement.where(Presentation.session_id.is_not(None))
    return db.session.scalar(
        statement.options(*map(joinedload, (Presentation.session, Presentation.submission, Presentation.track))),
        execution_options={"populate_existing": True},
    )


def abstract_numbered(meeting, number):
    """One abstract of the meeting that was not turned down, or None."""
    statement = select(Abstract).where(Abstract.meeting_id == meeting.id, Abstract.number == number)
    return db.session.scalar(statement.where(Abstract.status.in_(("submitted", "accepted"))))


def room_of(meeting, room_id):
    """A room of the meeting by its id, or None."""
    return db.session.scalar(select(Room).where(Room.meeting_id == meeting.id, Room.id == room_id))


def parts_of(session):
    """The sessions that are parts of a session, with all below them."""
    statement = select(Session).where(Session.parent_id == session.id).options(*draft.everything())
    return list(db.session.scalars(statement.order_by(Session.id), execution_options={"populate_existing": True}))


def sessions_to_choose(meeting, found):
    """[(number, title)] of the sessions that are held, and of `found` even if it is not, in order of time."""
    offered = or_(~Session.withdrawn, Session.id == found.id)
    statement = select(Session.number, Session.title).where(Session.meeting_id == meeting.id, offered)
    rows = db.session.execute(statement.order_by(Session.starts_at.is_(None), Session.starts_at, Session.id))
    return [(number, title) for number, title in rows]


def was_released(meeting, guid):
    """Whether the public has ever had a session or talk."""
    # The database looks: the revisions of all releases are megabytes that nobody needs to read here.
    named = cast(Release.revisions, String).contains(f"{json.dumps(guid)}:", autoescape=True)
    return bool(db.session.scalar(select(exists().where(Release.meeting_id == meeting.id, named))))


def kinds_of_sessions(meeting):
    """The kinds that its sessions have, by name."""
    statement = select(Session.kind).where(Session.meeting_id == meeting.id, Session.kind != "").distinct()
    return list(db.session.scalars(statement.order_by(Session.kind)))


def last_changes(meeting, verbs, limit):
    """The trail's latest entries of some verbs about the sessions and talks of a meeting, newest first."""
    mine = [(table, select(table.id).where(table.meeting_id == meeting.id)) for table in (Session, Presentation)]
    return audit.latest_of(mine, verbs, limit)


def subjects_of(entries):
    """{(subject, id): (session, the session itself or its talk)} of what entries are about, in a fixed number of queries."""
    ids = {
        table: {each.subject_id for each in entries if each.subject == table.__tablename__}
        for table in (Session, Presentation)
    }
    of_talks = select(Presentation.session_id).where(Presentation.id.in_(ids[Presentation]))
    statement = (
        select(Session).where(or_(Session.id.in_(ids[Session]), Session.id.in_(of_talks))).options(*draft.everything())
    )
    found: dict[tuple, tuple] = {}
    for session in db.session.scalars(statement):
        found[Session.__tablename__, session.id] = (session, session)
        for talk in session.presentations:
            found[Presentation.__tablename__, talk.id] = (session, talk)
    return found


def _sessions(meeting, *where, order=(Session.starts_at, Session.id)):
    statement = select(Session).where(Session.meeting_id == meeting.id, *where).options(*draft.for_a_list())
    return list(db.session.scalars(statement.order_by(*order)))
