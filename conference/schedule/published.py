"""The current release as this process knows it: found by one query, read once, then answered from memory."""

from bisect import bisect_right
from collections import OrderedDict
from pathlib import Path
from threading import Lock

from flask import current_app
from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import aliased

from conference import meetings
from conference.kernel import clock, db, memory
from conference.schedule import queries, releasing
from conference.schedule.models import Release
from conference.schedule.seen import About, Published

KEPT_RELEASES = 6
KEPT_OPENINGS = 2
NESTED_SCHEMA = Path(__file__).parent / "formats" / "nested.schema.json"
_COLUMNS = select(
    meetings.Meeting.id,
    meetings.Meeting.code,
    meetings.Meeting.title,
    meetings.Meeting.timezone,
    meetings.Meeting.city,
    meetings.Meeting.starts,
    meetings.Meeting.ends,
    Release.id.label("release_id"),
    Release.key.label("release_key"),
    Release.openings,
)
_ROWS = (
    _COLUMNS.outerjoin(Release, Release.meeting_id == meetings.Meeting.id)
    .where(func.upper(meetings.Meeting.code) == bindparam("code"))
    .order_by(Release.number.desc())
    .limit(1)
)
_FIND = _ROWS.where(meetings.Meeting.is_public)
_other = aliased(Release)
_LATEST = select(func.max(_other.number)).where(_other.meeting_id == meetings.Meeting.id).scalar_subquery()
_EVERY = (
    _COLUMNS.outerjoin(Release, and_(Release.meeting_id == meetings.Meeting.id, Release.number == _LATEST))
    .where(meetings.Meeting.is_public)
    .order_by(meetings.Meeting.starts, meetings.Meeting.id)
)
_reading = Lock()


def find(code):
    """One row: the public meeting with this code and the id and key of its current release, both None before the first."""
    if not meetings.is_code(code):
        return None
    values = {"code": code.upper()}
    # Most requests for a programme ask nothing but this: without a transaction it is one journey to a server, not three.
    # An embedded SQLite has no journeys to save, and its driver must never begin transactions of its own (kernel/db.py).
    if db.engine.dialect.name == "sqlite" or db.session().in_transaction():
        return db.session.execute(_FIND, values).first()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return connection.execute(_FIND, values).first()


def every():
    """Such a row of each public meeting, the earliest first."""
    return db.session.execute(_EVERY).all()


def place_of(meeting):
    """The same row of a meeting that may not be public yet, for the desk."""
    return db.session.execute(_ROWS, {"code": meeting.code}).first()


def of(place):
    """The Published programme of a row of `find` as the public may see it now, or None before the first release."""
    frozen = _frozen(place)
    return frozen and frozen.seen(opening_of(place))


def whole(place):
    """The same with what is under embargo, for the desk."""
    frozen = _frozen(place)
    return frozen and frozen.whole


def after(place, opening):
    """The same as the public may see it after so many of the release's moments, which have passed."""
    frozen = _frozen(place)
    return frozen and frozen.seen(min(opening, opening_of(place)))


def passing(place, opening):
    """The same of a release that nobody reads now, such as that of a former meeting: read for once, so that it takes no place from one that is read."""
    if place.release_id is None or place.release_key in current_app.extensions.get("schedule", ()):
        return after(place, opening)
    return _read(place.release_id).seen(min(opening, opening_of(place)))


def opening_of(place):
    """How many of the release's moments have passed at which something of it opens."""
    return bisect_right(place.openings, clock.now().timestamp())


def files_of(place, opening):
    """The exports of the current release that this process has read already: {format: (etag, gzip bytes)}."""
    kept = current_app.extensions.setdefault("schedule_files", OrderedDict())
    files = kept.setdefault((place.release_key, opening), {})
    while len(kept) > KEPT_RELEASES:
        kept.popitem(last=False)
    return files


def _frozen(place):
    if place.release_id is None:
        return None
    kept = current_app.extensions.setdefault("schedule", OrderedDict())
    found = kept.get(place.release_key)
    if found is None:
        with _reading:
            found = kept.get(place.release_key) or _read(place.release_id)
            for key in [key for key, each in kept.items() if each.meeting_id == place.id]:
                kept.pop(key, None)  # one release of a meeting is enough
            kept[place.release_key] = found
            while len(kept) > KEPT_RELEASES:
                kept.popitem(last=False)
            memory.keep_for_long()
    return found


def _read(release_id):
    row, meeting = queries.release_with_meeting(release_id)
    return Frozen(row, releasing.programme_of(row, meeting))


class Frozen:
    """A release as it was frozen, and as it may be seen between two moments at which something of it opens."""

    def __init__(self, row, programme):
        self.meeting_id = row.meeting_id
        self.about = About(row.key, row.number, row.at, row.note)
        self.openings = row.openings
        self.whole = Published(self.about, programme, releasing.edition_of(row), is_whole=True)
        self._seen = OrderedDict()

    def seen(self, opening):
        """The Published programme after so many of its moments; the two that were asked for last are kept."""
        found, newest = self._seen.get(opening), next(reversed(self._seen), None)
        if found is None or newest != opening:
            with _reading:
                found = self._seen.get(opening) or self._make(opening)
                self._seen[opening] = found
                self._seen.move_to_end(opening)
                while len(self._seen) > KEPT_OPENINGS:
                    self._seen.popitem(last=False)
                memory.keep_for_long()
        return found

    def _make(self, opening):
        at = releasing.moment_of(self.openings, opening)
        part = releasing.public_part(self.whole.programme, self.whole.edition, at)
        return Published(self.about, *part, opening=opening)
