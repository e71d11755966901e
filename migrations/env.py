"""Runs migrations for `flask db`: over the application's own engine, in one transaction."""

import logging
from contextlib import contextmanager

from alembic import context
from flask import current_app

log = logging.getLogger("alembic.env")


def run():
    """Migrate the database of the running application."""
    db = current_app.extensions["migrate"].db
    settings = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection, foreign_keys_off(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            transactional_ddl=True,
            render_item=render_item,
            include_name=is_ours,
            include_object=is_of_both if connection.dialect.name == "sqlite" else None,
            process_revision_directives=leave_out_empty,
            **settings,
        )
        with context.begin_transaction():
            context.run_migrations()


@contextmanager
def foreign_keys_off(connection):
    """SQLite changes a table by copying and dropping it, which must not cascade; what was broken is found afterwards."""
    if connection.dialect.name != "sqlite":
        yield
        return
    # Outside of any transaction, where alone SQLite heeds this.
    driver = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows that refer to nothing after migrating: {broken[:10]}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def render_item(kind, item, autogen_context):
    """Our column types as what the database knows of them: a migration must not depend on today's code."""
    if kind == "type" and type(item).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def is_ours(name, kind, parents):
    """Not the tables of SQLite's full-text index, which belong to the table of models/found.py that it indexes."""
    return not (kind == "table" and name.startswith("schedule_search_words"))


def is_of_both(item, name, kind, reflected, compare_to):
    """Not an index of a kind that only PostgreSQL has."""
    return kind != "index" or reflected or not item.dialect_options["postgresql"]["using"]


def leave_out_empty(migration_context, revision, directives):
    """No file for a migration in which nothing changes."""
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []
        log.info("Nothing has changed.")


run()
