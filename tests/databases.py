"""A database of its own for each test worker."""

import os

import sqlalchemy as sa

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
