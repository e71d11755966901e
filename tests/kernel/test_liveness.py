"""A connection that went away while it rested is replaced before anybody uses it; one in use is not asked each time."""

import time

import pytest
import sqlalchemy as sa

from conference.kernel import db, liveness


@pytest.fixture
def postgresql(context):
    """The engine on PostgreSQL, with one connection in its pool; SQLite has no server that could go away."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("a file does not hang up")
    db.engine.dispose()
    with db.engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))
    return db.engine


def server_process(engine):
    with engine.connect() as connection:
        return connection.scalar(sa.text("SELECT pg_backend_pid()"))


def end(engine, process):
    """As a restart of the server does, or a firewall that forgets."""
    with sa.create_engine(engine.url).connect() as other:
        other.execute(sa.text("SELECT pg_terminate_backend(:process)"), {"process": process})


def test_a_rested_connection_that_went_away_is_replaced(postgresql):
    before = server_process(postgresql)
    end(postgresql, before)
    time.sleep(liveness.RESTED + 0.1)

    assert server_process(postgresql) != before


def test_a_connection_in_use_is_not_asked_again(postgresql):
    asked = []
    sa.event.listen(postgresql, "do_connect", lambda *_: asked.append("connected"))
    before = server_process(postgresql)

    assert [server_process(postgresql) for _ in range(5)] == [before] * 5
    assert asked == []


def test_asking_leaves_no_transaction_open(postgresql):
    before = server_process(postgresql)
    time.sleep(liveness.RESTED + 0.1)

    with postgresql.connect() as connection:
        state = sa.text("SELECT state FROM pg_stat_activity WHERE pid = :process")
        with sa.create_engine(postgresql.url).connect() as other:
            assert other.scalar(state, {"process": before}) == "idle"
        assert connection.scalar(sa.text("SELECT pg_backend_pid()")) == before
