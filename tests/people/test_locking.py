"""A person who is locked waits for no letter: rows that name them are added meanwhile, and whoever changes them waits."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from conference import people
from conference.kernel import clock, db, transaction
from tests.cast import a_person


@pytest.fixture
def ada(context):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite locks the whole file, never one row")
    with transaction():
        return a_person("Ada", clock.now())


def in_another_process(statement, **values):
    """Run a statement as somebody else does, who waits for a fifth of a second at most."""
    with db.engine.connect() as other:
        other.execute(text("SET LOCAL lock_timeout = '200ms'"))
        other.execute(text(statement), values)
        other.commit()


def test_a_row_that_names_somebody_is_added_while_they_are_locked(ada):
    people.locked(ada)

    in_another_process("INSERT INTO payments_customer (person_id, email, made) VALUES (:person, '', 1)", person=ada.id)


def test_whoever_changes_or_locks_somebody_waits(ada):
    people.locked(ada)

    for statement in (
        "UPDATE person SET given_name = 'Eve' WHERE id = :person",
        "SELECT 1 FROM person WHERE id = :person FOR NO KEY UPDATE",
    ):
        with pytest.raises(OperationalError, match="lock timeout"):
            in_another_process(statement, person=ada.id)
