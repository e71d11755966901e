"""Connections to PostgreSQL that went away are noticed before they are used, without a question before every use.

A pool that asks each time (`pool_pre_ping`) asks twice for every page. A connection that worked a second ago still does, unless the
server has just been restarted; one that has rested longer is asked, as SQLAlchemy's manual shows
(https://docs.sqlalchemy.org/en/20/core/pooling.html, "Disconnect Handling - Pessimistic").
"""

import time

import psycopg
from sqlalchemy.exc import InvalidatePoolError

RESTED = 1.0  # seconds


def note_use(connection, record):
    """It worked until now."""
    record.info["used_at"] = time.monotonic()


def ask_if_rested(connection, record, _proxy):
    """InvalidatePoolError, upon which the pool makes new connections, when one that has rested does not answer any more."""
    if time.monotonic() - record.info.get("used_at", 0) < RESTED:
        return
    try:
        connection.autocommit = True  # else asking would begin a transaction
        connection.execute("")
        connection.autocommit = False
    except psycopg.Error as error:
        raise InvalidatePoolError from error


# As create_engine takes them.
POOL_EVENTS = [(note_use, "checkin"), (ask_if_rested, "checkout")]
