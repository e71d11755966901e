"""A database of its own for each test worker, empty again before each test."""

import os
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine

from conference.kernel import Base, db


def fresh_database_url(folder, worker):
    """An empty database: a SQLite file in `folder`, or one made anew on the server of TEST_DATABASE_URL."""
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server:
        return f"sqlite:///{folder / 'test.db'}"
    name = f"plenary_{worker}_{os.getpid()}"
    engine = sa.create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


def make_schema():
    """All tables in the current application's database."""
    Base.metadata.create_all(db.engine)


def empty_tables():
    """Remove every row and count keys from 1 again; the session forgets what it knew of them."""
    db.session.rollback()
    db.session.expunge_all()
    asked = [
        f"SELECT '{table.name}' WHERE EXISTS (SELECT 1 FROM {table.name})" for table in Base.metadata.sorted_tables
    ]
    empty = _empty_on_postgresql if db.engine.dialect.name == "postgresql" else _empty_on_sqlite
    with db.engine.connect() as connection:
        filled = connection.exec_driver_sql(" UNION ALL ".join(asked)).scalars().all()
        connection.rollback()
        if filled:
            empty(connection, filled)


# All tables are emptied, so foreign keys hold afterwards as they did before.


def _empty_on_sqlite(connection, filled):
    connection.exec_driver_sql("ROLLBACK")
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    with without_guards(connection):
        for name in filled:
            connection.exec_driver_sql(f"DELETE FROM {name}")
    connection.exec_driver_sql("COMMIT")
    connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def _empty_on_postgresql(connection, filled):
    """Only what has rows, and by DELETE: TRUNCATE makes new files for every table, a fifth of a second before each test."""
    deleting = [f"DELETE FROM {name}" for name in filled]
    connection.exec_driver_sql("; ".join(["SET LOCAL session_replication_role = replica", *deleting]))
    counting = (
        "SELECT setval(pg_get_serial_sequence(table_name, column_name), 1, false) FROM information_schema.columns"
    )
    found = {"filled": filled}
    connection.execute(sa.text(f"{counting} WHERE column_name = 'id' AND table_name = ANY(:filled)"), found)
    connection.commit()


@contextmanager
def without_guards(connection):
    """Tables that are only added to may be changed in the block, in the transaction that is open: as a test, or nobody, may do."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield
        connection.exec_driver_sql("SET LOCAL session_replication_role = origin")
        return
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_%'"
    guards = connection.exec_driver_sql(asked).all()
    for name, _sql in guards:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _name, sql in guards:
        connection.exec_driver_sql(sql)


@event.listens_for(Engine, "connect")
def need_not_last(connection, _record):
    """Nothing that tests write is worth keeping, so SQLite need not wait for the disk."""
    if type(connection).__module__.startswith(("sqlite3", "pysqlite3")):
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.close()
