"""Carries out print runs: reads the faces in chunks, renders them beside the worker, and files the finished PDF."""

import logging
from itertools import islice
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _

from conference.badges import actions, queries
from conference.badges.batch import render_badges
from conference.badges.choice import Choice
from conference.kernel import clock, transaction

log = logging.getLogger(__name__)

CHUNK = 200  # registrations read, and locked, at once
FEW = 60  # so many are done here sooner than other processes have started
PROCESSES = 2


def carry_out(run):
    """Print one leased run; whatever goes wrong is written into its row. Safe to repeat."""
    try:
        _print(run)
    except actions.Lost:
        log.info("print run %s was taken over", run.ref)
    except Exception as error:
        log.exception("print run %s failed", run.ref)
        _tell_failure(run, error)


def file_of(run_ref):
    """Where the file of a run lies, or would lie."""
    return _folder() / f"{run_ref}.pdf"


def remove_files(before):
    """Delete the files of runs that were finished before an instant; how many were there."""
    paths = [file_of(ref) for ref in queries.finished_before(before)]
    gone = [path for path in paths if path.exists()]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _print(run):
    with transaction():
        ids = queries.ids_chosen(run.meeting, Choice.of(run.choice))
    snapshot_ids = []
    printed = render_badges(
        _faces(ids, snapshot_ids),
        out=file_of(run.ref),
        processes=1 if len(ids) <= FEW else PROCESSES,
        progress=lambda done: _tell_progress(run, done),
    )
    with transaction():
        actions.finish(run, printed=printed, snapshot_ids=snapshot_ids, now=clock.now())


def _faces(ids, snapshot_ids):
    """The faces of these registrations as they are now, each kept as a snapshot whose key is noted."""
    ids = iter(ids)
    while chunk := list(islice(ids, CHUNK)):
        with transaction():
            taken = actions.take_snapshots(queries.loaded(chunk), now=clock.now())
        for face, snapshot_id in taken:
            snapshot_ids.append(snapshot_id)
            yield face


def _tell_progress(run, done):
    with transaction():
        actions.advance(run, done=done, now=clock.now())


def _tell_failure(run, error):
    text = _("Printing stopped: %(error)s", error=str(error) or type(error).__name__)
    try:
        with transaction():
            actions.fail(run, failure=text, now=clock.now())
    except actions.Lost:
        log.info("print run %s was taken over", run.ref)


def _folder():
    folder = Path(current_app.instance_path) / "prints"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
