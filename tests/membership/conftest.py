"""What these tests share."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from conference.kernel import db


@pytest.fixture
def statements(context):
    """A context manager that lists the SQL statements run inside it."""

    @contextmanager
    def watching():
        seen = []

        def note(connection, cursor, statement, parameters, context_, many):
            if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
                seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return watching
