"""Whether everything is there that serving needs: a database that answers, today's tables, a worker that lives."""

import logging
from datetime import timedelta
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from conference import jobs
from conference.kernel import db

log = logging.getLogger(__name__)

# The worker beats every minute; two beats may be late before anybody is woken.
SILENCE = timedelta(minutes=3)


def state(*, now):
    """What is ready: {"database": bool, "migrations": bool, "worker": bool}. Never raises for a database that is away."""
    try:
        return {"database": _answers(), "migrations": _is_migrated(), "worker": _worker_lives(now)}
    except SQLAlchemyError:
        log.exception("not ready")
        return {"database": False, "migrations": False, "worker": False}


def _answers():
    return db.session.scalar(text("SELECT 1")) == 1


def _is_migrated():
    present = MigrationContext.configure(db.session.connection()).get_current_heads()
    return set(present) == set(_known_heads())


def _known_heads():
    # Read once: the files of a running release do not change.
    extensions = current_app.extensions
    if "migration_heads" not in extensions:
        folder = Path(current_app.root_path) / "migrations"
        extensions["migration_heads"] = ScriptDirectory(str(folder)).get_heads()
    return extensions["migration_heads"]


def _worker_lives(now):
    beat = jobs.last_beat()
    return beat is not None and now - beat < SILENCE
