"""Makes the draft public: one frozen document and its exports, built once; going back is a new release of an old one."""

import gzip
import hashlib
from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import undefer

from conference import audit
from conference.kernel import Refusal, db
from conference.schedule import draft
from conference.schedule.formats import WRITERS, Edition, Revision, read
from conference.schedule.models import Release, ReleaseFile
from conference.schedule.revising import revisions


class NothingToRelease(Refusal):
    """There is no session in the draft."""


def release(*, meeting, url, now, by=None, note=""):
    """Freeze the draft as the meeting's next release, public under `url`. NothingToRelease when it is empty."""
    programme = in_use(draft.load(meeting))
    if not programme.sessions:
        raise NothingToRelease(_("There is nothing to release: the programme has no sessions yet."))
    return _publish(meeting, programme, url=url, now=now, by=by, note=note)


def go_back(*, meeting, to, url, now, by=None):
    """Make an earlier release public again, as a new release with a number of its own."""
    note = _("As release %(number)s", number=to.number)
    return _publish(meeting, programme_of(to, meeting), url=url, now=now, by=by, note=note)


def programme_of(row, meeting):
    """The Programme that a release froze; its document must be loaded."""
    programme, _ = read(gzip.decompress(row.document), zone=meeting.zone)
    return programme


def edition_of(row):
    """The Edition of a release; its revisions must be loaded."""
    revisions = {
        guid: Revision(sequence, datetime.fromisoformat(changed)) for guid, (sequence, changed) in row.revisions.items()
    }
    return Edition(row.number, row.at, row.url, revisions)


def in_use(programme):
    """The programme without rooms, tracks and people that no session names."""
    talks = [talk for session in programme.sessions for talk in session.presentations]
    named = {part.person for session in programme.sessions for part in session.people}
    named |= {author.person for talk in talks for author in talk.authors}
    rooms = {session.room for session in programme.sessions}
    tracks = {item.track for item in [*programme.sessions, *talks]}
    return replace(
        programme,
        rooms=tuple(room for room in programme.rooms if room.name in rooms),
        tracks=tuple(track for track in programme.tracks if track.name in tracks),
        people=tuple(person for person in programme.people if person.guid in named),
    )


def current(meeting):
    """The release that is public now, with its document and revisions, or None."""
    statement = select(Release).where(Release.meeting_id == meeting.id).order_by(Release.number.desc()).limit(1)
    return db.session.scalar(statement.options(undefer(Release.document), undefer(Release.revisions)))


def _publish(meeting, programme, *, url, now, by, note):
    previous = current(meeting)
    before = programme_of(previous, meeting) if previous else None
    revised, changes = revisions(programme, before, edition_of(previous) if previous else None, now)
    edition = Edition((previous.number if previous else 0) + 1, now, url, revised)
    files = {name: write(programme, edition) for name, write in WRITERS.items()}
    row = _row(meeting, programme, edition, files["nested"])
    row.by_id, row.note, row.changes = by.id if by else None, note, changes
    db.session.add(row)
    db.session.flush()
    db.session.add_all(_file(row, name, body) for name, body in files.items())
    audit.record(
        by=by, verb="released the programme of", subject=meeting, now=now, after={"release": row.number}, note=note
    )
    db.session.flush()
    return row


def _row(meeting, programme, edition, document):
    held = [session for session in programme.sessions if not session.withdrawn]
    revised = edition.revisions.items()
    return Release(
        meeting_id=meeting.id,
        number=edition.number,
        at=edition.published_at,
        url=edition.url,
        sessions=len(held),
        presentations=sum(not talk.withdrawn for session in held for talk in session.presentations),
        revisions={guid: [each.sequence, each.changed_at.isoformat()] for guid, each in revised},
        document=_zipped(document),
    )


def _file(row, name, body):
    etag = hashlib.sha256(body).hexdigest()[:32]
    return ReleaseFile(release_id=row.id, format=name, etag=etag, body=_zipped(body))


def _zipped(body):
    return gzip.compress(body, 6, mtime=0)
