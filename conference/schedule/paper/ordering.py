"""The verbs of printing: order a file of the current release, take it up, tell how far it is, finish it, put it online."""

from bisect import bisect_right
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import or_, select, update
from sqlalchemy.orm import joinedload

from conference import audit, jobs, pdf
from conference.kernel import Refusal, claimed, db, insert_once, new_ref
from conference.schedule import published
from conference.schedule.models import Paper, Release
from conference.schedule.paper.kinds import PAPERS, PUBLIC

LEASE = timedelta(seconds=pdf.SECONDS_A_CALL + 60)  # renewed with every part; longer than the longest may take
MOST_ATTEMPTS = 3
JOB = "papers"
_FRESH = {"state": "waiting", "attempts": 0, "done": 0, "failure": "", "finished_at": None, "lease_until": None}


class Lost(Exception):
    """Somebody else has taken the file over: what we made of it is not wanted."""


def order(meeting, *, kind, size, is_whole, language, by, now, has_file):
    """The file of the current release that is asked for: the one that is there, else one that is made now. Refusal before the first release.

    `has_file(row)` says whether the bytes of a finished one are still kept.
    """
    place = published.place_of(meeting)
    if place.release_id is None:
        raise Refusal(_("There is nothing to print yet: release the programme first."))
    if size not in PAPERS[kind]:
        raise Refusal(_("This is not printed on such paper."), field="size")
    opening = 0 if is_whole else published.opening_of(place)
    what = {"kind": kind, "size": size, "is_whole": is_whole, "opening": opening, "language": language}
    insert_once(Paper.__table__, {**_new(place.release_id, by, now), **what})
    row = db.session.scalars(select(Paper).filter_by(release_id=place.release_id, **what)).one()
    if row.state == "failed" or (row.state == "done" and not has_file(row)):
        claimed(update(Paper).where(Paper.id == row.id, Paper.state == row.state).values(**_FRESH, created_at=now))
        db.session.refresh(row)
    if not row.is_over:
        told = {"kind": kind, "release": _number(place.release_id), "under embargo": is_whole}
        audit.record(by=by, verb="ordered print of", subject=meeting, now=now, after=told)
        jobs.soon(JOB)
    return row


def take_up(*, now):
    """The longest waiting file, leased to us, or None. One whose lease ran out (a killed worker) waits again, three times: then it has failed."""
    while (row := _longest_waiting(now)) is not None and row.attempts >= MOST_ATTEMPTS:
        row.state, row.finished_at, row.lease_until = "failed", now, None
        row.failure = _("Printing stopped three times without a word. The log of the worker knows more.")
        db.session.flush()
    if row is None:
        return None
    row.state, row.attempts, row.done, row.lease_until = "running", row.attempts + 1, 0, now + LEASE
    db.session.flush()
    return row


def advance(row, *, done, total, now):
    """So many of so many parts are made; Lost when the file is no longer ours."""
    _change(row, done=done, total=total, lease_until=now + LEASE)


def wait_again(row):
    """A process that made a part was killed: whoever takes the file up next goes on with it, as often as `take_up` says. Lost when it is not ours."""
    _change(row, state="waiting", lease_until=None)


def finish(row, *, made, etag, now):
    """The file is there. Lost when it is not ours."""
    _change(
        row, state="done", done=row.total, pages=made.pages, missing=made.missing, etag=etag, finished_at=now, lease_until=None
    )  # fmt: skip


def fail(row, *, failure, now):
    """The file cannot be made; staff may ask again."""
    _change(row, state="failed", failure=failure[:1000], finished_at=now, lease_until=None)


def put_online(row, *, meeting, is_public, by, now):
    """Whether the public may download this file, and those that are made of later releases in its place. Refusal of what must not be public."""
    if is_public and (row.is_whole or row.kind not in PUBLIC):
        raise Refusal(_("This file is for the printer only: it cannot be put online."))
    if is_public and row.state != "done":
        raise Refusal(_("This file is not finished."))
    same = select(Release.id).where(Release.meeting_id == meeting.id)
    others = update(Paper).where(
        Paper.release_id.in_(same), Paper.kind == row.kind, Paper.is_public, Paper.id != row.id
    )
    db.session.execute(others.values(is_public=False))
    if not claimed(_told(row, is_public=is_public)):
        return
    verb = "put online print of" if is_public else "took offline print of"
    audit.record(
        by=by, verb=verb, subject=meeting, now=now, after={"kind": row.kind, "release": _number(row.release_id)}
    )
    db.session.refresh(row)


def follow(row, *, now):
    """What is online is made anew of the current release, in the same language and size, and is online again when it is there."""
    meeting_id = select(Release.meeting_id).where(Release.id == row.release_id).scalar_subquery()
    newest = select(Release).where(Release.meeting_id == meeting_id).order_by(Release.number.desc()).limit(1)
    release = db.session.scalars(newest).one()
    if release.id == row.release_id or not claimed(_told(row, is_public=False)):
        return
    opening = bisect_right(release.openings, now.timestamp())
    what = {"kind": row.kind, "size": row.size, "is_whole": False, "opening": opening, "language": row.language}
    insert_once(Paper.__table__, {**_new(release.id, None, now), **what, "requested_by_id": row.requested_by_id})
    db.session.execute(update(Paper).filter_by(release_id=release.id, **what).values(is_public=True))
    db.session.refresh(row)


def _longest_waiting(now):
    lost = (Paper.state == "running") & (Paper.lease_until < now)
    first = select(Paper).where(or_(Paper.state == "waiting", lost)).order_by(Paper.id).limit(1)
    first = first.options(joinedload(Paper.release)).execution_options(populate_existing=True)
    return db.session.scalar(first.with_for_update(skip_locked=True, of=Paper))


def _told(row, *, is_public):
    return update(Paper).where(Paper.id == row.id, Paper.is_public != is_public).values(is_public=is_public)


def _new(release_id, by, now):
    """The values of a row that waits."""
    about = {"ref": new_ref(), "release_id": release_id, "requested_by_id": by.id if by else None, "created_at": now}
    return {**about, **_FRESH, "is_public": False, "total": 0, "pages": 0, "missing": {}, "etag": ""}


def _number(release_id):
    return db.session.scalar(select(Release.number).where(Release.id == release_id))


def _change(row, **values):
    """One guarded UPDATE under our lease."""
    ours = update(Paper).where(Paper.id == row.id, Paper.state == "running", Paper.lease_until == row.lease_until)
    if not claimed(ours.values(**values)):
        raise Lost(row.ref)
    db.session.refresh(row, list(values))
