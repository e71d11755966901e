"""Before serving: brings the tables up to date and fills an empty database with the demo society."""

import os
import sys

import flask_migrate

from conference import society
from conference.kernel import db
from wsgi import app


def prepare(application, size):
    """Migrate; fill when there is no society yet. Changes nothing the second time."""
    with application.app_context():
        flask_migrate.upgrade()
        is_empty = society.current() is None
        db.session.remove()
    if is_empty:
        length = ", some minutes" if size == "full" else ""
        print(f"Filling the empty database with the demo society ({size}{length}) …", flush=True)
        filled = application.test_cli_runner(catch_exceptions=False).invoke(args=["demo", "--size", size])
        if filled.exit_code:
            sys.exit(filled.output)


if __name__ == "__main__":
    prepare(app, os.environ.get("DEMO_SIZE", "small"))
