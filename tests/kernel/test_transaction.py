"""A unit of work is kept whole or not at all, and what was promised happens after it."""

import pytest
from sqlalchemy import select, text

from conference import people
from conference.kernel import before_commit, count_anew, db, insert_once, keep_nothing, on_commit, transaction


def names():
    return list(db.session.scalars(select(people.Person.family_name)))


def test_what_fails_midway_leaves_nothing(context, now):
    with pytest.raises(ZeroDivisionError), transaction():
        people.enter(email="ada@example.org", family_name="Demo", now=now)
        1 / 0

    assert names() == []


def test_a_savepoint_does_not_outlive_the_rollback_around_it(context, now):
    with pytest.raises(ZeroDivisionError), transaction():
        with db.session.begin_nested():
            people.enter(email="ada@example.org", family_name="Demo", now=now)
        1 / 0

    assert names() == []


def test_promises_are_kept_after_the_commit_only(context, now):
    seen = []

    with transaction():
        people.enter(email="ada@example.org", family_name="Demo", now=now)
        on_commit(lambda: seen.append(names()))
        assert seen == []

    assert seen == [["Demo"]]


def test_promises_of_a_failed_transaction_are_dropped(context, now):
    seen = []

    with pytest.raises(ZeroDivisionError), transaction():
        on_commit(lambda: seen.append(1))
        1 / 0

    assert seen == []


def test_what_was_only_to_be_tried_leaves_nothing_and_the_work_goes_on(context, now):
    seen = []

    with transaction():
        entered = people.enter(email="ada@example.org", family_name="Demo", now=now)
        on_commit(lambda: seen.append(1))
        tried = names()
        keep_nothing()

    assert (tried, names(), seen) == (["Demo"], [], [])
    assert entered not in db.session


def test_outside_of_a_transaction_there_is_nothing_to_leave(context):
    with pytest.raises(RuntimeError):
        keep_nothing()


def test_a_transaction_inside_a_transaction_is_refused(context):
    with pytest.raises(RuntimeError), transaction(), transaction():
        pass


def test_insert_once_says_whether_it_was_the_first(context, now):
    row = {"email": "ada@example.org", "ref": "AAAAAAAAAA", "created_at": now}

    with transaction():
        results = [insert_once(people.Person.__table__, row), insert_once(people.Person.__table__, row)]

    assert results == [True, False]


def test_counting_anew_tells_the_database_what_is_there(context, now):
    with transaction():
        people.enter(email="ada@example.org", family_name="Demo", now=now)
        count_anew(people.Person)

    counted = {
        "postgresql": "SELECT reltuples FROM pg_class WHERE relname = 'person'",
        "sqlite": "SELECT CAST(stat AS INTEGER) FROM sqlite_stat1 WHERE tbl = 'person' LIMIT 1",
    }
    assert db.session.scalar(text(counted[db.engine.dialect.name])) == 1


def prepared(app):
    """How many statements the database has prepared on the connection that the next unit of work gets."""
    with app.app_context():
        return db.session.scalar(text("SELECT count(*) FROM pg_prepared_statements"))


def test_what_a_unit_of_work_has_only_read_is_still_prepared_in_the_next(context):
    """Else every page would be planned anew."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no prepared statements that outlive a question")
    db.session.remove()

    for _number in range(8):  # the driver prepares what comes a sixth time
        with context.app_context():
            names()

    assert prepared(context) > 0


def test_what_is_written_outside_of_a_transaction_is_not_kept_at_its_end(context):
    with context.app_context():
        db.session.add(people.Person(email="ada@example.org", family_name="Demo"))

    assert names() == []


def test_what_a_check_before_the_commit_raises_undoes_everything(context, now):
    def refuse(keys):
        raise ValueError(f"{sorted(keys)} do not sum")

    with pytest.raises(ValueError, match=r"\[1, 2, 3\] do not sum"), transaction():
        people.enter(email="ada@example.org", family_name="Demo", now=now)
        before_commit(refuse, [1, 2])
        before_commit(refuse, [2, 3])

    assert names() == []


def test_a_check_counts_for_its_own_transaction_only(context, now):
    asked = []
    with transaction():
        before_commit(asked.extend, [1])
    with transaction():
        people.enter(email="ada@example.org", family_name="Demo", now=now)

    assert asked == [1]
    with pytest.raises(RuntimeError, match="outside a transaction"):
        before_commit(print, [1])


def test_what_a_check_asks_for_is_checked_too(context):
    asked = []

    def first(keys):
        asked.append(("first", keys))
        if keys == {1}:
            before_commit(second, [2])

    def second(keys):
        asked.append(("second", keys))
        before_commit(first, [3])

    with transaction():
        before_commit(first, [1])

    assert asked == [("first", {1}), ("second", {2}), ("first", {3})]
