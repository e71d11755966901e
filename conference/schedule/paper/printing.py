"""Carries out what was ordered: reads the release, has its parts made beside the worker, files the finished PDF."""

import hashlib
import logging
from contextlib import suppress
from functools import partial
from pathlib import Path

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from conference import meetings, pdf
from conference.kernel import clock, db, end_read, transaction
from conference.schedule import published
from conference.schedule.paper import ordering, queries
from conference.schedule.paper.kinds import plan_of
from conference.schedule.paper.making import Broken, make, remove

log = logging.getLogger(__name__)

PROCESSES = 2


def carry_out(row):
    """Print one leased file; whatever goes wrong is written into its row. Safe to repeat: finished parts are kept until the whole is."""
    try:
        with force_locale(row.language):
            _print(row)
    except ordering.Lost:
        log.info("print %s was taken over", row.ref)
    except pdf.WorkerDied:
        log.exception("print %s lost a process", row.ref)
        _let_wait(row)
    except Broken as error:
        log.exception("print %s failed", row.ref)
        _tell_failure(row, str(error))
    except Exception as error:
        log.exception("print %s failed", row.ref)
        _tell_failure(row, str(error) or type(error).__name__)


def file_of(ref):
    """Where the file of a row lies, or would lie."""
    return _folder() / f"{ref}.pdf"


def has_file(row):
    """Whether its bytes are kept."""
    return file_of(row.ref).exists()


def remove_files(before):
    """Delete the files of earlier releases that were finished before an instant, and parts that nobody goes on with; how many files."""
    old = [path for path in map(file_of, queries.of_earlier_releases(before)) if path.exists()]
    for path in old:
        path.unlink(missing_ok=True)
    for ref in (*queries.failed_before(before), *queries.done_among(_with_parts())):
        remove(_folder() / ref)
    return len(old)


def _print(row):
    with transaction():
        meeting = db.session.get(meetings.Meeting, row.release.meeting_id)
        place = published.place_of(meeting)
    if place.release_id != row.release_id:
        raise Broken(_("A newer release is out: print that one."))
    shown = published.whole(place) if row.is_whole else published.after(place, row.opening)
    end_read()
    parts = _folder() / row.ref
    parts.mkdir(mode=0o700, exist_ok=True)
    plan = plan_of(row.kind, shown, place, row.size)
    told = partial(_tell_progress, row)
    made = make(plan, out=file_of(row.ref), folder=parts, processes=PROCESSES, progress=told)
    with transaction():
        ordering.finish(row, made=made, etag=_digest(file_of(row.ref)), now=clock.now())
    remove(parts)


def _tell_progress(row, done, total):
    with transaction():
        ordering.advance(row, done=done, total=total, now=clock.now())


def _tell_failure(row, text):
    with suppress(ordering.Lost), transaction():
        ordering.fail(row, failure=_("Printing stopped: %(error)s", error=text), now=clock.now())


def _let_wait(row):
    with suppress(ordering.Lost), transaction():
        ordering.wait_again(row)


def _digest(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]


def _with_parts():
    """The references of files whose parts are here: of a finished one when its worker was killed before it took them away."""
    return [path.name for path in _folder().iterdir() if path.is_dir()]


def _folder():
    folder = Path(current_app.instance_path) / "papers"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
