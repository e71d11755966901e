"""Print runs: carried out once whoever is killed, told as they go, and every print kept with what stood on it."""

from datetime import timedelta

import pymupdf
import pytest
from sqlalchemy import func, select, update

from conference import jobs, people
from conference.badges import actions, printing, queries
from conference.badges.choice import NEVER, Choice
from conference.badges.models import Print, Run, Snapshot
from conference.kernel import Refusal, clock, db, transaction
from tests.badges.cast import a_badge_meeting, registered


@pytest.fixture
def meeting(context, now):
    return a_badge_meeting(now)


@pytest.fixture
def cleo(meeting, now):
    """Cleo, who orders the runs and has no badge."""
    with transaction():
        return people.enter(email="cleo@example.org", given_name="Cleo", now=now)


def ordered(meeting, by, now, **choice):
    with transaction():
        return actions.order_run(meeting, choice=Choice(**choice), by=by, now=now)


def names_in(run):
    with pymupdf.open(printing.file_of(run.ref)) as document:
        return [page.get_text().split("\n") for page in document]


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_run_prints_everybody_who_comes_in_person_filed_by_name(meeting, cleo, now):
    for name, family in (("Ada", "Lovelace"), ("Ben", "Baker"), ("Zoe", "adams")):
        registered(meeting, now, name, family_name=family)
    registered(meeting, now, "Vic", mode="virtual")
    registered(meeting, now, "Dora", until="draft")
    run = ordered(meeting, cleo, now)

    assert jobs.run("prints") == 1

    pages = names_in(run)
    assert [("adams" in page, "Baker" in page, "Lovelace" in page) for page in pages] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]
    found = queries.run_by_ref(meeting, run.ref)
    assert (found.state, found.done, found.total, found.missing) == ("done", 3, 3, {})
    assert queries.counts(meeting) == queries.Counts(badges=3, printed=3, virtual=1)


def test_a_choice_is_what_is_printed(meeting, cleo, now):
    ada, ben = registered(meeting, now, "Ada"), registered(meeting, now, "Ben")
    with transaction():
        actions.record_print(ada, by=cleo, now=now)

    chosen = {
        name: queries.ids_chosen(meeting, choice)
        for name, choice in {
            "never": Choice(printed=NEVER),
            "printed": Choice(printed="printed"),
            "by name": Choice(q="ada demo"),
            "by code": Choice(q=ben.badge_code.lower()),
            "category": Choice(category="full"),
            "other category": Choice(category="regular"),
            "printed that day": Choice(since="2026-11-23"),
            "printed the day before": Choice(since="2026-11-24"),
        }.items()
    }

    assert chosen == {
        "never": [ben.id],
        "printed": [ada.id],
        "by name": [ada.id],
        "by code": [ben.id],
        "category": [ada.id, ben.id],
        "other category": [],
        "printed that day": [ben.id],
        "printed the day before": [ada.id, ben.id],
    }


def test_a_run_of_nobody_is_refused(meeting, cleo, now):
    with pytest.raises(Refusal), transaction():
        actions.order_run(meeting, choice=Choice(), by=cleo, now=now)

    assert count(Run) == 0


def test_a_run_whose_worker_was_killed_is_carried_out_by_the_next(meeting, cleo, now):
    registered(meeting, now, "Ada")
    run = ordered(meeting, cleo, now)
    with transaction():
        first = actions.take_up(now=clock.now())
        assert actions.take_up(now=clock.now()) is None
    db.session.expunge(first)  # another process knows what it once read
    with transaction():
        second = actions.take_up(now=clock.now() + actions.LEASE + timedelta(seconds=1))

    printing.carry_out(second)
    printing.carry_out(first)  # the one we thought dead comes back: what it made is not wanted

    assert queries.run_by_ref(meeting, run.ref).state == "done"
    assert count(Print) == 1


def test_a_run_that_kills_its_worker_is_given_up(meeting, cleo, now):
    registered(meeting, now, "Ada")
    run = ordered(meeting, cleo, now)

    for round_ in range(actions.MOST_ATTEMPTS + 1):
        with transaction():
            actions.take_up(now=clock.now() + (round_ + 1) * 2 * actions.LEASE)

    found = queries.run_by_ref(meeting, run.ref)
    assert (found.state, bool(found.failure)) == ("failed", True)


def test_a_run_that_fails_says_why_and_can_be_tried_again(meeting, cleo, now):
    ada = registered(meeting, now, "Ada")
    run = ordered(meeting, cleo, now)
    with transaction():
        db.session.execute(update(type(ada)).where(type(ada).id == ada.id).values(state="cancelled"))
    jobs.run("prints")
    failed = queries.run_by_ref(meeting, run.ref)
    assert (failed.state, "no badges" in failed.failure) == ("failed", True)

    with transaction():
        db.session.execute(update(type(ada)).where(type(ada).id == ada.id).values(state="confirmed"))
        actions.retry(failed, now=now)
    jobs.run("prints")

    assert queries.run_by_ref(meeting, run.ref).state == "done"


def test_a_run_that_has_not_failed_is_not_repeated(meeting, cleo, now):
    registered(meeting, now, "Ada")
    run = ordered(meeting, cleo, now)
    jobs.run("prints")

    with pytest.raises(Refusal), transaction():
        actions.retry(run, now=now)


def test_characters_that_no_font_has_are_reported_by_badge(meeting, cleo, now):
    ada = registered(meeting, now, "Ada", institution="Institute \U000e1000")
    registered(meeting, now, "Ben")
    run = ordered(meeting, cleo, now)

    jobs.run("prints")

    assert queries.run_by_ref(meeting, run.ref).missing == {ada.badge_code: "\U000e1000"}


def test_a_face_that_has_not_changed_keeps_its_version(meeting, cleo, now):
    ada = registered(meeting, now, "Ada")

    versions = []
    for degrees in ("", "", "PhD", "PhD", ""):
        with transaction():
            people.update(people.by_id(ada.person_id), by=None, now=now, degrees=degrees)
            versions.append(actions.record_print(ada, by=cleo, now=now))

    assert versions == [1, 1, 2, 2, 3]
    assert (count(Snapshot), count(Print)) == (3, 5)
    assert [each.snapshot.version for each in queries.prints_of(ada)] == [3, 2, 2, 1, 1]
    assert queries.snapshot_of(ada, 2).face["degrees"] == "PhD"


def test_old_files_are_removed_and_new_ones_stay(meeting, cleo, now):
    registered(meeting, now, "Ada")
    old, new = ordered(meeting, cleo, now), ordered(meeting, cleo, now)
    jobs.run("prints")
    with transaction():
        db.session.execute(update(Run).where(Run.id == old.id).values(finished_at=clock.now() - timedelta(days=31)))

    jobs.run("prints")

    assert [printing.file_of(run.ref).exists() for run in (old, new)] == [False, True]
