"""Commands end plainly when the database is not what they need."""

from functools import wraps

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

_NO_TABLES = ("no such table", "no such column")  # SQLite has no codes for them
_NO_TABLES_CODES = ("42P01", "42703")  # PostgreSQL: undefined table, undefined column


class NotReady(click.ClickException):
    """The database is not there, or its tables are not."""

    exit_code = 2


def end_plainly(command):
    """The command, or a group and all below it: a database that is not ready ends it with a sentence, not a traceback."""
    for child in getattr(command, "commands", {}).values():
        end_plainly(child)
    if command.callback and not getattr(command.callback, "ends_plainly", False):
        command.callback = _plain(command.callback)
    return command


def _plain(callback):
    @wraps(callback)
    def run(*args, **keywords):
        try:
            return callback(*args, **keywords)
        except (OperationalError, ProgrammingError) as error:
            raise _told(error) from None

    run.ends_plainly = True  # type: ignore[attr-defined]
    return run


def _told(error):
    first = str(error.orig).partition("\n")[0]
    if getattr(error.orig, "sqlstate", None) in _NO_TABLES_CODES or first.startswith(_NO_TABLES):
        return NotReady("The database has no tables yet, or older ones. Bring them up to date first: flask db upgrade")
    return NotReady(f"The database does not answer: {first}") if isinstance(error, OperationalError) else error
