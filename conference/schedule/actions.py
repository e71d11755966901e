"""What staff do to the draft: change a session, put its talks in order, keep an uploaded file."""

import gzip
from datetime import timedelta
from uuid import uuid4

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from conference import audit
from conference.kernel import Refusal, db
from conference.schedule import importing, queries
from conference.schedule.models import Contributor, Room, SessionPerson, Upload
from conference.schedule.rules import day_of

# Files that were checked and then forgotten.
KEPT = timedelta(days=2)


def change_session(*, meeting, session, title, room, starts, ends, chairs, withdrawn, by, now):
    """Write what staff may change of a session of the draft; Refusal when it would end before it starts."""
    if ends <= starts:
        raise Refusal(_("A session ends after it starts."), field="ends")
    before = _told(session)
    session.title, session.withdrawn = title, withdrawn
    session.room = _room(meeting, room) if room else None
    if (session.starts_at, session.ends_at) != (starts, ends):
        if session.starts_at is not None:
            _move_talks(session, starts - session.starts_at)
        session.starts_at, session.ends_at = starts, ends
        session.day = day_of(starts.astimezone(meeting.zone))
    if queries.chairs_of(session) != chairs:
        _seat(meeting, session, chairs)
    db.session.flush()
    before, after = audit.differing(before, _told(session))
    if after:
        audit.record(by=by, verb="changed a session", subject=session, now=now, before=before, after=after)


def order_talks(*, session, places, by, now):
    """Put the talks of a session into the order of {number: place}; talks without a place keep theirs."""
    before = [talk.number for talk in session.presentations]
    ordered = sorted(
        session.presentations, key=lambda talk: (places.get(talk.number, talk.position + 1), talk.position)
    )
    for position, talk in enumerate(ordered):
        talk.position = position
    after = [talk.number for talk in ordered]
    if before != after:
        audit.record(
            by=by,
            verb="ordered the talks of",
            subject=session,
            now=now,
            before={"talks": before},
            after={"talks": after},
        )
    db.session.flush()


def keep_upload(*, meeting, name, content, report, by, now):
    """Remember a checked file until it is imported; older ones that nobody imported go."""
    db.session.execute(
        delete(Upload).where(Upload.meeting_id == meeting.id, Upload.at < now - KEPT, Upload.imported_at.is_(None))
    )
    upload = Upload(
        meeting_id=meeting.id,
        by_id=by.id if by else None,
        at=now,
        name=name[:300],
        report=report.as_dict(),
        content=gzip.compress(content),
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def import_upload(*, meeting, upload, by, now):
    """Import a kept file and let its bytes go; Refusal when that was done before."""
    if upload.content is None:
        raise Refusal(_("This file has been imported already."))
    content = gzip.decompress(upload.content)
    report = importing.import_content(meeting=meeting, content=content, now=now, by=by)
    upload.report, upload.imported_at, upload.content = report.as_dict(), now, None
    db.session.flush()
    return report


def _room(meeting, name):
    found = db.session.scalar(select(Room).where(Room.meeting_id == meeting.id, Room.name == name))
    if found is None:
        last = db.session.scalar(select(func.max(Room.position)).where(Room.meeting_id == meeting.id))
        found = Room(meeting_id=meeting.id, name=name, position=0 if last is None else last + 1)
        db.session.add(found)
    return found


def _move_talks(session, shift):
    """Pinned talks move with their session."""
    for talk in session.presentations:
        if talk.starts_at is not None:
            talk.starts_at += shift


def _seat(meeting, session, names):
    known = queries.contributors_named(meeting, names)
    people = [known.get(name.lower()) or _contributor(meeting, name) for name in names]
    others = [(part.contributor, part.role) for part in session.people if part.role != "chair"]
    session.people.clear()
    db.session.flush()
    parts = [(person, "chair") for person in people] + others
    session.people.extend(
        SessionPerson(contributor=person, role=role, position=position) for position, (person, role) in enumerate(parts)
    )


def _contributor(meeting, name):
    last = db.session.scalar(select(func.max(Contributor.number)).where(Contributor.meeting_id == meeting.id)) or 0
    row = Contributor(meeting_id=meeting.id, guid=str(uuid4()), number=last + 1, name=name)
    db.session.add(row)
    db.session.flush()
    return row


def _told(session):
    return {
        "title": session.title,
        "room": session.room.name if session.room else "",
        "starts": session.starts_at.isoformat() if session.starts_at else "",
        "ends": session.ends_at.isoformat() if session.ends_at else "",
        "chairs": queries.chairs_of(session),
        "withdrawn": session.withdrawn,
    }
