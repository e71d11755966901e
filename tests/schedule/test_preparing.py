"""What a release needs after each of its moments is made once, by one process, ahead of time or when it is asked for; what is over is removed."""

from datetime import timedelta
from threading import Thread

import pytest
import sqlalchemy as sa
import time_machine

from conference.kernel import clock, db, transaction
from conference.schedule import jobs, preparing, published, queries, releasing
from conference.schedule import openings as kept
from conference.schedule.formats import write_nested
from conference.schedule.formats.programme import EmbargoRule
from conference.schedule.models import Opening, Release, ReleaseFile, SearchEntry
from tests.schedule.conftest import bring, publish
from tests.schedule.test_embargo import NOTIFIED, PRESSED, a_programme

SEARCH = "/meetings/EX27/schedule/search"


@pytest.fixture
def held(meeting, now):
    """A release of which listings open first, then texts."""
    rules = [EmbargoRule("listing", "instant", at=NOTIFIED), EmbargoRule("text", "instant", at=PRESSED)]
    with time_machine.travel(now, tick=False):
        bring(meeting, write_nested(a_programme(rules=rules)), now)
        publish(meeting, now)
    return meeting


def test_a_release_is_ready_with_what_is_public_then(held):
    assert openings() == [(0, True)]
    assert "xanthophyll" not in words() and "session" in words()


def test_the_round_makes_ready_what_is_public_next(held, client):
    with time_machine.travel(NOTIFIED - timedelta(hours=1), tick=False):
        assert (jobs.prepare_openings(), jobs.prepare_openings()) == (1, 0)
        assert "presentations/" not in client.get(f"{SEARCH}?q=xanthophyll").text
    with time_machine.travel(NOTIFIED, tick=False):
        assert "presentations/" in client.get(f"{SEARCH}?q=xanthophyll").text
        assert (openings(), files()) == ([(0, True), (1, True)], 2)
        assert jobs.prepare_openings() == 0


def test_the_round_forgets_what_nobody_asks_for_any_more(held, now):
    with time_machine.travel(NOTIFIED, tick=False):
        jobs.prepare_openings()
        assert [opening for opening, _ in openings()] == [0, 1]
    with time_machine.travel(NOTIFIED + timedelta(minutes=2), tick=False):
        jobs.prepare_openings()
        assert [opening for opening, _ in openings()] == [1]
        publish(held, clock.now())
        jobs.prepare_openings()
        assert (db.session.scalar(sa.select(sa.func.count()).select_from(Release)), len(openings())) == (2, 2)
    with time_machine.travel(NOTIFIED + timedelta(minutes=4), tick=False):
        jobs.prepare_openings()
        assert openings() == [(1, True)]
    check_index()


def test_what_is_asked_for_before_it_is_made_is_made_and_found(held, client):
    with time_machine.travel(PRESSED, tick=False):
        assert "presentations/" in client.get(f"{SEARCH}?q=mellifluent").text

    assert openings() == [(0, True), (2, True)]


def test_many_who_ask_at_once_have_it_made_once(context, held):
    release_id = db.session.scalar(sa.select(Release.id))
    db.session.rollback()
    made, found = [], []
    note = noting(made, "INSERT INTO schedule_search_entry")
    sa.event.listen(db.engine, "before_cursor_execute", note)

    def ask():
        with context.app_context():
            found.append(preparing.file_of(release_id, "json", 1)[0])

    threads = [Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sa.event.remove(db.engine, "before_cursor_execute", note)

    assert (len(found), len(set(found)), len(made)) == (6, 1, 1)


def test_what_somebody_died_of_is_taken_over(held):
    release_id = db.session.scalar(sa.select(Release.id))
    with time_machine.travel(NOTIFIED, tick=False):
        with transaction():
            db.session.add(Opening(release_id=release_id, opening=1, claimed_until=clock.now() - timedelta(seconds=1)))
        preparing.prepare(release_id, 1)

    assert openings() == [(0, True), (1, True)]


def test_whoever_comes_late_keeps_nothing_twice(held):
    row, meeting = queries.release_with_meeting(db.session.scalar(sa.select(Release.id)))
    made = kept.made_of(
        *releasing.public_part(releasing.programme_of(row, meeting), releasing.edition_of(row), NOTIFIED)
    )
    count = sa.select(sa.func.count(SearchEntry.id))
    preparing.prepare(row.id, 0)
    before = db.session.scalar(count)

    with transaction():
        kept.keep(row.id, 0, made, clock.now())

    assert db.session.scalar(count) == before > 0


def test_of_what_is_seen_the_two_that_were_asked_for_last_are_kept(held):
    place = published.place_of(held)
    with time_machine.travel(PRESSED, tick=False):
        first, second = published.after(place, 0), published.after(place, 1)
        assert published.after(place, 0) is first
        published.after(place, 2)

        assert published.after(place, 0) is first
        assert published.after(place, 1) is not second


def openings():
    """[(opening, whether it is ready)] of all releases."""
    db.session.rollback()
    return [
        (row.opening, row.ready_at is not None) for row in db.session.scalars(sa.select(Opening).order_by(Opening.id))
    ]


def words():
    """All words of all entries."""
    return " ".join(db.session.scalars(sa.select(sa.cast(SearchEntry.words, sa.Text))))


def files():
    """Of how many openings there are files."""
    return db.session.scalar(sa.select(sa.func.count(sa.distinct(ReleaseFile.opening))))


def check_index():
    """SQLite compares its index with the entries, word for word."""
    if db.engine.dialect.name == "sqlite":
        asked = "INSERT INTO schedule_search_words (schedule_search_words, rank) VALUES ('integrity-check', 1)"
        db.session.execute(sa.text(asked))
    db.session.rollback()


def noting(made, beginning):
    """Notes each statement that begins so."""

    def note(connection, cursor, statement, *rest):
        if statement.startswith(beginning):
            made.append(statement)

    return note
