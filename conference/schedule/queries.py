"""Finding releases, drafts of sessions, and whose part in the programme is whose."""

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from conference import meetings
from conference.kernel import db, fold, in_parts
from conference.schedule import draft
from conference.schedule.models import Contributor, Opening, Presentation, Release, ReleaseFile, Session, Upload


def file_of_release(release_id, name, opening):
    """The (etag, body) of an export of a release after so many of its moments, or None if nobody has asked for it then."""
    statement = select(ReleaseFile.etag, ReleaseFile.body).where(
        ReleaseFile.release_id == release_id, ReleaseFile.format == name, ReleaseFile.opening == opening
    )
    return db.session.execute(statement).first()


def release_with_meeting(release_id):
    """(Release with its document and revisions, its Meeting)."""
    statement = select(Release).where(Release.id == release_id)
    row = db.session.scalars(statement.options(undefer(Release.document), undefer(Release.revisions))).one()
    return row, db.session.get(meetings.Meeting, row.meeting_id)


def opening_of_release(release_id, opening):
    """(id, claimed_until, ready_at) of a release after so many of its moments, or None when nobody has asked for it yet."""
    statement = select(Opening.id, Opening.claimed_until, Opening.ready_at)
    return db.session.execute(statement.where(Opening.release_id == release_id, Opening.opening == opening)).first()


def all_openings(settled):
    """(id, release_id, opening) of every opening of a meeting whose current release is of before `settled`."""
    latest = select(Release.meeting_id, func.max(Release.at).label("at")).group_by(Release.meeting_id).subquery()
    statement = (
        select(Opening.id, Opening.release_id, Opening.opening)
        .join(Release, Release.id == Opening.release_id)
        .join(latest, latest.c.meeting_id == Release.meeting_id)
    )
    return list(db.session.execute(statement.where(latest.c.at < settled)))


def current_releases():
    """(id, openings, is_public) of the current release of every meeting."""
    latest = (
        select(Release.meeting_id, func.max(Release.number).label("number")).group_by(Release.meeting_id).subquery()
    )
    statement = (
        select(Release.id, Release.openings, meetings.Meeting.is_public)
        .join(latest, (latest.c.meeting_id == Release.meeting_id) & (latest.c.number == Release.number))
        .join(meetings.Meeting, meetings.Meeting.id == Release.meeting_id)
    )
    return list(db.session.execute(statement))


def all_releases(meeting):
    """Every release, the latest first."""
    statement = select(Release).where(Release.meeting_id == meeting.id).order_by(Release.number.desc())
    return list(db.session.scalars(statement))


def release_numbered(meeting, number):
    """One release with its document, or None."""
    statement = select(Release).where(Release.meeting_id == meeting.id, Release.number == number)
    return db.session.scalar(statement.options(undefer(Release.document), undefer(Release.revisions)))


def draft_counts(meeting):
    """{"sessions", "presentations", "people"} of the draft, withdrawn ones left out."""
    return {
        "sessions": _count(select(Session).where(Session.meeting_id == meeting.id, ~Session.withdrawn)),
        "presentations": _count(
            select(Presentation).where(Presentation.meeting_id == meeting.id, ~Presentation.withdrawn)
        ),
        "people": _count(select(Contributor).where(Contributor.meeting_id == meeting.id)),
    }


def sessions_statement(meeting, *, text="", day=None, room_id=None):
    """The SELECT of draft sessions that a list shows, in order of time."""
    statement = (
        select(Session)
        .where(Session.meeting_id == meeting.id)
        .options(*draft.for_a_list())
        .order_by(Session.starts_at.is_(None), Session.starts_at, Session.id)
    )
    if text:
        statement = statement.where(Session.id.in_(titled(meeting, text)))
    if day:
        statement = statement.where(Session.day == day)
    if room_id:
        statement = statement.where(Session.room_id == room_id)
    return statement


def days_of_draft(meeting):
    """The days on which the draft has sessions."""
    return list(
        db.session.scalars(
            select(Session.day)
            .where(Session.meeting_id == meeting.id, Session.day.is_not(None))
            .distinct()
            .order_by(Session.day)
        )
    )


def session_numbered(meeting, number):
    """One draft session with everything below it, or None."""
    statement = select(Session).where(Session.meeting_id == meeting.id, Session.number == number)
    return db.session.scalar(statement.options(*draft.everything()))


def contributors_named(meeting, names):
    """{folded name: contributor} of the draft for some names, whatever their case and accents; who is written exactly so comes first."""
    wanted, exactly = {fold(name) for name in names}, set(names)
    known = select(Contributor.id, Contributor.name).where(Contributor.meeting_id == meeting.id)
    found = [key for key, name in db.session.execute(known) if fold(name) in wanted]
    rows = [
        row
        for some in in_parts(found)
        for row in db.session.scalars(select(Contributor).where(Contributor.id.in_(some)))
    ]
    # The last one stays: of several the first that was entered, before all who is written exactly so.
    return {fold(row.name): row for row in sorted(rows, key=lambda row: (row.name in exactly, -row.id))}


def whole_of(session):
    """The number of the session that a session is a part of, or None."""
    return db.session.get(Session, session.parent_id).number if session.parent_id else None


def upload_by_ref(meeting, ref):
    """An uploaded file with its bytes, or None."""
    statement = select(Upload).where(Upload.meeting_id == meeting.id, Upload.ref == ref)
    return db.session.scalar(statement.options(undefer(Upload.content)))


def titled(meeting, text):
    """Ids of the sessions in whose title each word of a text occurs; SQLite knows upper and lower case of ASCII alone."""
    wanted = fold(text).split()
    rows = db.session.execute(select(Session.id, Session.title).where(Session.meeting_id == meeting.id))
    return [key for key, title in rows if all(word in fold(title) for word in wanted)]


def _count(statement):
    return db.session.scalar(select(func.count()).select_from(statement.subquery()))
