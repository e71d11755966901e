"""The database: one session, one way to commit, the same guarantees on SQLite and PostgreSQL."""

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, DateTime, MetaData, event, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

log = logging.getLogger(__name__)

_writing = ContextVar("writing", default=False)


class Base(DeclarativeBase):
    """Every table; constraints get names, so that migrations can speak of them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


# Objects outlive the commit: pages show what an action returned without asking the database again.
db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False, "autoflush": True})


class UtcDateTime(TypeDecorator):
    """An aware UTC datetime; naive values are refused, so no zone is ever guessed."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def one_of(column, values):
    """The constraint that a column holds one of `values`, an enum's members or strings; it is named as the column."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(str(value)) for value in values)})", name=column)


class _NothingKept(BaseException):
    """Not an Exception: what catches every fault on its way must not take it for one."""


@contextmanager
def transaction():
    """The one place that commits: everything inside is kept whole, or nothing of it.

    What `before_commit` has asked for is checked before the commit, and a check that raises undoes everything. What was promised with
    `on_commit` happens after it; a failure there is logged and left to the sweep. After `keep_nothing()` the work goes on behind the block, as if nothing in it had been done.
    """
    if _writing.get():
        raise RuntimeError("a transaction inside a transaction")
    db.session.commit()  # ends a read begun by this request; objects stay loaded
    token = _writing.set(True)
    promises, checks = [], {}
    db.session.info.update(promises=promises, checks=checks)
    try:
        yield db.session
        while checks:  # a check may ask for another one
            check = next(iter(checks))
            check(checks.pop(check))
        db.session.commit()
    except _NothingKept:
        promises.clear()
        db.session.rollback()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _writing.reset(token)
        for name in ("promises", "checks"):
            db.session.info.pop(name, None)
    for promise in promises:
        _keep(promise)


def keep_nothing():
    """Leave the surrounding transaction, of which nothing is kept: what was done was only to be tried. Outside of one, a RuntimeError."""
    if not _writing.get():
        raise RuntimeError("nothing is being written here")
    raise _NothingKept


def end_read():
    """End the read that this unit of work began, so that no transaction stands open during a call to the outside."""
    db.session.commit()


def end_reads(app):
    """Have every unit of work of an application that has only read end with COMMIT, after `db.init_app`.

    Upon a ROLLBACK, psycopg throws away all statements that it has prepared on a connection (its `PrepareManager`), and the database
    would plan every page anew.
    """

    @app.teardown_appcontext
    def end(error):
        if error is None and db.session.registry.has() and _has_only_read(db.session()):
            end_read()


def _has_only_read(session):
    return session.in_transaction() and session.is_active and not (session.new or session.dirty or session.deleted)


def before_commit(check, keys):
    """Call `check` at the end of the surrounding transaction with the set of all keys that were given for it; what it raises undoes all.

    Outside of a transaction, a RuntimeError.
    """
    checks = db.session.info.get("checks")
    if checks is None:
        raise RuntimeError("a check outside a transaction")
    checks.setdefault(check, set()).update(keys)


def plain_rows(statement):
    """All rows of a statement for columns, as the driver gives them: for thousands of keys, texts and truths, which need no more."""
    db.session.flush()
    with db.session.connection().execute(statement) as result:
        return result.cursor.fetchall()


def on_commit(promise):
    """Call `promise()` once the surrounding transaction has been committed; outside of one, a RuntimeError."""
    promises = db.session.info.get("promises")
    if promises is None:
        raise RuntimeError("a promise outside a transaction")
    promises.append(promise)


def claimed(statement):
    """Run a guarded UPDATE or DELETE; whether it changed exactly one row (claim by update)."""
    result = db.session.execute(statement, execution_options={"synchronize_session": False})
    return result.rowcount == 1  # type: ignore[attr-defined]


def claim_version(row, version, values):
    """Write `values` into a row that was read at `version`, and raise it; False, and nothing written, when somebody was faster."""
    table = type(row)
    statement = update(table).where(table.id == row.id, table.version == version)
    if not claimed(statement.values(version=version + 1, **values)):
        return False
    db.session.refresh(row)
    return True


def insert_once(table, values):
    """Insert one row unless a unique key already holds it; whether it was inserted. Safe in a race on both databases."""
    flavour = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    statement = flavour.insert(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key)
    return db.session.execute(statement).first() is not None


def insert_missing(table, rows):
    """Insert rows, leaving out those whose unique key is there already; in one statement, safe in a race on both databases."""
    flavour = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    db.session.execute(flavour.insert(table).on_conflict_do_nothing(), rows)


def count_anew(*tables):
    """Have the database count what is in these tables, after many rows came at once: its plans for queries rest on that.

    PostgreSQL asks for it after a bulk load (https://www.postgresql.org/docs/15/populate.html); its own round comes minutes later.
    """
    for table in tables:
        db.session.execute(text(f'ANALYZE "{table.__tablename__}"'))


def take_time():
    """Let the surrounding transaction stand open while much is worked out between its statements: ten minutes, not the usual half."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SET LOCAL idle_in_transaction_session_timeout = '10min'"))


def _keep(promise):
    try:
        promise()
    except Exception:
        log.exception("a promise after a commit failed; the sweep will find it")


@event.listens_for(Engine, "connect")
def _prepare(connection, record):
    if not type(connection).__module__.startswith(("sqlite3", "pysqlite3")):
        return
    # The driver's own transaction handling lets a read slip out of a unit of work; we begin ourselves (see _begin).
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection):
    if connection.dialect.name == "sqlite":
        # A read that later writes fails at once under WAL, whatever the busy timeout: writers say so first.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
