"""Connections that wait in the pool are asked whether they still live only when they waited long.

SQLAlchemy's own `pool_pre_ping` asks each time, which is a journey to the server before every unit of work: two of the twenty
of placing an order. A connection that was used a moment ago is good, or the server has just gone, and then the first
that notices empties the whole pool.
"""

from math import inf
from time import monotonic

from psycopg import Connection, Error
from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import Pool

LONG = 5  # seconds


@event.listens_for(Pool, "checkin")
def _waits(connection, record):
    record.info["waits_since"] = monotonic()


@event.listens_for(Pool, "checkout")
def _ask(connection, record, _lent):
    waited = monotonic() - record.info.get("waits_since", inf)
    if waited < LONG or not isinstance(connection, Connection):
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except Error as error:
        raise InvalidatePoolError("the connection has gone") from error
