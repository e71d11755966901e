"""Has a release ready after each of its moments: one process makes what it needs, ahead of time or when it is first asked for; others wait for it."""

from bisect import bisect_right
from datetime import timedelta
from time import monotonic, sleep

from sqlalchemy import delete, or_, update
from werkzeug.exceptions import ServiceUnavailable

from conference import jobs
from conference.kernel import claimed, clock, db, end_read, insert_once, transaction
from conference.schedule import openings, queries, releasing
from conference.schedule.models import Opening

# Whoever makes it may die of it: then another one takes it over.
LEASE = timedelta(seconds=30)
PATIENCE, PAUSE = 45, 0.05  # seconds
AHEAD = timedelta(hours=2)
# A request that has found the last release, or the time before a moment, is answered from there.
GRACE = timedelta(minutes=1)


class NotReady(ServiceUnavailable):
    """Somebody has been making it for very long."""

    retry_after = 30  # seconds


def file_of(release_id, name, opening):
    """(etag, gzip bytes) of an export of a release after so many of its moments; made and kept now if nobody has before."""
    found = queries.file_of_release(release_id, name, opening)
    if found is None:
        prepare(release_id, opening)
        found = queries.file_of_release(release_id, name, opening)
    return found


def prepare(release_id, opening):
    """Have the files and entries of a release after so many of its moments; returns when they are there, whoever makes them."""
    until = monotonic() + PATIENCE
    while (row := queries.opening_of_release(release_id, opening)) is None or row.ready_at is None:
        if _is_free(row) and (lease := _claim(release_id, opening)):
            _make(release_id, opening, lease)
            return
        end_read()
        if monotonic() > until:
            raise NotReady(f"release {release_id} after {opening} of its moments")
        sleep(PAUSE)


def prepare_all(now):
    """Make ready every public release as it is now and after the moment that comes next; how many were made."""
    missing = []
    for release in (each for each in queries.current_releases() if each.is_public):
        coming = bisect_right(release.openings, (now + AHEAD).timestamp())
        opening = bisect_right(release.openings, now.timestamp())
        missing += [(release.id, each) for each in range(opening, min(coming, opening + 1) + 1)]
    end_read()
    return sum(jobs.tried_apart(pair, _prepare_missing, what="openings of releases") for pair in missing)


def forget(now):
    """Delete the entries of releases that are not current any more, and of times before a moment that has passed; how many of them."""
    current = {
        release.id: bisect_right(release.openings, (now - GRACE).timestamp()) for release in queries.current_releases()
    }
    over = [
        row.id
        for row in queries.all_openings(settled=now - GRACE)
        if row.opening < current.get(row.release_id, row.opening + 1)
    ]
    end_read()
    for key in over:
        with transaction():
            db.session.execute(delete(Opening).where(Opening.id == key))
    return len(over)


def _prepare_missing(pair):
    release_id, opening = pair
    row = queries.opening_of_release(release_id, opening)
    end_read()
    if row and row.ready_at:
        return 0
    prepare(release_id, opening)
    return 1


def _is_free(row):
    return row is None or row.claimed_until is None or row.claimed_until < clock.now()


def _claim(release_id, opening):
    now = clock.now()
    key, until = {"release_id": release_id, "opening": opening}, now + LEASE
    free = or_(Opening.claimed_until.is_(None), Opening.claimed_until < now)
    again = update(Opening).filter_by(**key).where(Opening.ready_at.is_(None), free).values(claimed_until=until)
    with transaction():
        is_ours = insert_once(Opening.__table__, {**key, "claimed_until": until}) or claimed(again)
    return until if is_ours else None


def _make(release_id, opening, lease):
    try:
        row, meeting = queries.release_with_meeting(release_id)
        whole, edition = releasing.programme_of(row, meeting), releasing.edition_of(row)
        at = releasing.moment_of(row.openings, opening)
        end_read()  # no transaction stands open while it is made
        made = openings.made_of(*releasing.public_part(whole, edition, at))
        with transaction():
            openings.keep(release_id, opening, made, clock.now())
    except BaseException:
        _let_go(release_id, opening, lease)
        raise


def _let_go(release_id, opening, lease):
    """Free it for others, unless somebody else has taken it over."""
    db.session.rollback()
    with transaction():
        ours = update(Opening).filter_by(release_id=release_id, opening=opening, claimed_until=lease)
        db.session.execute(ours.where(Opening.ready_at.is_(None)).values(claimed_until=None))
