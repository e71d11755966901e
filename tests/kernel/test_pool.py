"""Connections that the server has closed are noticed before they are used, or by the first that uses one."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from conference.kernel import db, pool


@pytest.fixture
def broken(context):
    """A pool whose waiting connections the server has closed."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no server")
    db.session.remove()
    db.engine.dispose()
    with db.engine.connect() as one, db.engine.connect() as two:
        assert [each.scalar(sa.text("SELECT 1")) for each in (one, two)] == [1, 1]
    engine = sa.create_engine(db.engine.url, poolclass=sa.NullPool)
    mine = "datname = current_database() AND pid <> pg_backend_pid()"
    with engine.connect() as connection:
        connection.execute(sa.text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {mine}"))
    yield
    db.session.remove()
    db.engine.dispose()


def one():
    return db.session.scalar(sa.text("SELECT 1"))


def test_a_connection_that_waited_long_is_asked_first(broken, monkeypatch):
    monkeypatch.setattr(pool, "LONG", 0)

    assert one() == 1


def test_the_first_that_meets_a_closed_connection_empties_the_pool(broken):
    with pytest.raises(OperationalError):
        one()
    db.session.rollback()

    assert [one(), one()] == [1, 1]
