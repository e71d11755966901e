"""What staff do to the draft: put talks in order, enter a room or a name, keep an uploaded file; and what is told of a session."""

import gzip
from datetime import UTC, timedelta
from uuid import uuid4

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from conference import audit
from conference.kernel import Refusal, db, insert_once
from conference.schedule import importing, queries, roles
from conference.schedule.claiming import claim, hold, reread
from conference.schedule.formats import text as texts
from conference.schedule.formats.order import in_order
from conference.schedule.models import Contributor, Room, Upload
from conference.schedule.numbering import next_number

# Files that were checked and then forgotten.
KEPT = timedelta(days=2)


def order_talks(*, meeting, session, version, places, by, now):
    """Put the talks of a session into the order of {number: place}; talks without a place keep theirs.

    Stale when somebody has changed the session since `version` was seen.
    """
    hold(meeting)
    before = [talk.number for talk in session.presentations]
    claim(session, version, {})
    put_in_order(session, places)
    after = [talk.number for talk in session.presentations]
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


def put_in_order(session, places):
    """Number the talks of a loaded session anew by {number: place}, and tell nothing. A place where one stands already is none that was typed."""
    talks = {talk.number: talk for talk in session.presentations}
    moved = {
        number: place for stood, number in enumerate(talks, start=1) if (place := places.get(number, stood)) != stood
    }
    for position, number in enumerate(in_order(list(talks), moved)):
        talks[number].position = position
    reread(session)


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


def room_named(meeting, name):
    """The meeting's room of a name, made when there is none."""
    named = select(Room).where(Room.meeting_id == meeting.id, Room.name == name)
    found = db.session.scalar(named)
    if found is None:
        last = db.session.scalar(select(func.max(Room.position)).where(Room.meeting_id == meeting.id))
        position = 0 if last is None else last + 1
        insert_once(Room.__table__, {"meeting_id": meeting.id, "name": name, "position": position})
        found = db.session.scalars(named).one()
    return found


def enter(meeting, name):
    """Somebody new in the programme, by name alone; the last word of it counts as the family name."""
    given, _space, family = name.rpartition(" ")
    number = next_number(meeting, Contributor)
    row = Contributor(meeting_id=meeting.id, guid=str(uuid4()), number=number, name=name, given=given, family=family)
    db.session.add(row)
    db.session.flush()
    return row


def told(session):
    """What the trail says of a session: by this a change can be taken back."""
    return {
        **{name: getattr(session, name) for name in ("title", "subtitle", "kind")},
        "room": session.room.name if session.room else "",
        "track": session.track.name if session.track else "",
        "starts": told_instant(session.starts_at),
        "ends": told_instant(session.ends_at),
        "whole": queries.whole_of(session),
        **{roles.TOLD[role]: names for role, names in roles.names_by_role(session).items()},
        "language": session.language,
        "capacity": session.capacity,
        **{name: texts.as_typed(getattr(session, name)) for name in ("abstract", "description")},
        "withdrawn": session.withdrawn,
    }


def told_instant(instant):
    """An instant as the trail has it, always in UTC so that two can be compared; empty for none."""
    return instant.astimezone(UTC).isoformat() if instant else ""
