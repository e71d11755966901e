"""Tables that are only added to are guarded alike, whether the models made them or the migrations."""

import os
import subprocess
import sys

import sqlalchemy as sa

from conference.kernel import db
from tests.databases import fresh_database_url

_GUARDS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_%'",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname LIKE '%_no_%'",
}


def guards(engine):
    """{name: words} of the triggers that keep tables from being changed, whatever the spaces between the words."""
    with engine.connect() as connection:
        found = connection.execute(sa.text(_GUARDS[engine.dialect.name])).all()
    return {name: " ".join(words.replace('"', "").split()) for name, words in found}


def test_migrations_make_the_guards_that_the_models_make(context, tmp_path):
    url = fresh_database_url(tmp_path, "migrated")
    environ = {
        **os.environ,
        "DATABASE_URL": url,
        "PLENARY_MODE": "test",
        "SECRET_KEY": "x" * 40,
        "INSTANCE_PATH": str(tmp_path),
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    subprocess.run(command, env=environ, check=True, capture_output=True)
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))

    migrated = guards(engine)
    engine.dispose()

    assert migrated == guards(db.engine)
    assert {"payments_ledger_no_update", "payments_ledger_no_delete"} <= set(migrated)
