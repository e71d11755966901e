"""Paper at the desk: made once, in the background, whoever is killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import timedelta
from multiprocessing import forkserver
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from conference import jobs, pdf
from conference.kernel import clock, db, end_read, transaction
from conference.schedule import published
from conference.schedule.models import Paper
from conference.schedule.paper import ordering, printing
from conference.schedule.paper.kinds import plan_of
from conference.schedule.paper.making import make
from tests.schedule.conftest import publish
from tests.schedule.paper.reading import a_programme, pages, released
from tests.signing_in import signed_in

DESK = "/staff/schedule/EX27/paper"


@pytest.fixture
def cleo(context):
    return signed_in(context, "cleo@example.org", roles=["programme"], given_name="Cleo")


def ordered(cleo, what="book/A4", **more):
    """The address of a print that was asked for at the desk."""
    answer = cleo.post(DESK, data={"what": what, **more})
    assert answer.status_code == 303
    return answer.location


def row():
    """The newest print, as any process has left it."""
    end_read()
    db.session.expire_all()
    return db.session.scalars(select(Paper).order_by(Paper.id.desc())).first()


def test_a_book_is_ordered_made_and_fetched(cleo, meeting, now):
    released(meeting, now)
    address = ordered(cleo)
    waiting = cleo.get(address)

    assert jobs.run(ordering.JOB) == 1

    done = cleo.get(address)
    assert (waiting.headers["Refresh"], "Refresh" in done.headers) == ("2", False)
    assert "You may close this page" in waiting.text
    assert f"Download {row().pages} pages" in done.text
    file = cleo.get(f"{address}.pdf")
    assert (file.mimetype, file.data[:5], file.headers["Cache-Control"]) == (
        "application/pdf",
        b"%PDF-",
        "private, no-store",
    )
    assert not (printing.file_of(row().ref).parent / row().ref).exists()


def test_the_same_is_not_made_twice_and_another_release_is_made(cleo, meeting, now):
    released(meeting, now)
    first = ordered(cleo)
    jobs.run(ordering.JOB)
    again = ordered(cleo)
    assert (first, jobs.run(ordering.JOB)) == (again, 0)

    publish(meeting, now)

    assert "A newer release is out" in cleo.get(first).text
    assert ordered(cleo) != first
    assert jobs.run(ordering.JOB) == 1


def test_a_file_that_is_gone_is_made_again(cleo, meeting, now):
    released(meeting, now)
    address = ordered(cleo)
    jobs.run(ordering.JOB)
    printing.file_of(row().ref).unlink()
    assert "The file has been removed" in cleo.get(address).text

    assert ordered(cleo) == address

    assert (jobs.run(ordering.JOB), printing.has_file(row())) == (1, True)


def test_who_asks_again_gets_the_same_print(meeting, now, cleo):
    released(meeting, now)
    for _turn in range(2):
        ordered(cleo)

    assert db.session.scalar(select(func.count()).select_from(Paper)) == 1


def test_nothing_is_printed_before_the_first_release(cleo, meeting):
    assert "There is nothing to print yet" in cleo.get(DESK).text
    assert cleo.post(DESK, data={"what": "book/A4"}).status_code == 409


@pytest.mark.parametrize("what", ["", "book/A6", "poem/A4", "/"])
def test_what_cannot_be_printed_is_refused(cleo, meeting, now, what):
    released(meeting, now)

    assert cleo.post(DESK, data={"what": what}).status_code == 422


def test_others_are_kept_out(context, meeting, now):
    dov = signed_in(context, "dov@example.org", roles=["finance"])

    assert dov.get(DESK).status_code == 403


def test_a_worker_that_is_killed_midway_is_followed_by_one_that_goes_on(app, cleo, meeting, now):
    released(meeting, now, a_programme(150))
    ordered(cleo)
    settings = app.config
    environ = {
        **os.environ,
        "DATABASE_URL": str(settings["SQLALCHEMY_DATABASE_URI"]),
        "INSTANCE_PATH": str(app.instance_path),
        "SECRET_KEY": settings["SECRET_KEY"],
        "PLENARY_MODE": "test",
        "FLASK_APP": "wsgi",
    }
    command = [sys.executable, "-m", "flask", "jobs", "run", ordering.JOB]
    worker = subprocess.Popen(command, env=environ, start_new_session=True)
    parts = printing.file_of(row().ref).with_suffix("")
    until = time.monotonic() + 120
    while len(list(parts.glob("*.json"))) < 1 and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    assert (row().state, jobs.run(ordering.JOB)) == ("running", 0)
    with transaction():
        db.session.execute(update(Paper).values(lease_until=clock.now() - timedelta(seconds=1)))

    assert jobs.run(ordering.JOB) == 1

    assert (row().state, row().attempts) == ("done", 2)
    text = " ".join(text for _label, text in pages(printing.file_of(row().ref)))
    assert [number for number in range(150) if text.count(f"Word{number} of") != 1] == []


def test_parts_that_are_finished_are_not_made_again(app, context, meeting, now, tmp_path):
    place = published.place_of(released(meeting, now))

    def plan():
        return plan_of("book", published.of(place), place, "A4")

    make(plan(), out=tmp_path / "one.pdf", folder=tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("0*.pdf")}
    (tmp_path / "00001.json").unlink()

    make(plan(), out=tmp_path / "two.pdf", folder=tmp_path)

    after = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("0*.pdf")}
    assert {name for name in before if before[name] != after[name]} == {"00001.pdf"}
    assert pages(tmp_path / "one.pdf") == pages(tmp_path / "two.pdf")


def test_a_print_that_kills_its_worker_is_given_up(cleo, meeting, now):
    released(meeting, now)
    ordered(cleo)

    for turn in range(ordering.MOST_ATTEMPTS + 1):
        with transaction():
            ordering.take_up(now=clock.now() + (turn + 1) * 2 * ordering.LEASE)

    assert (row().state, bool(row().failure)) == ("failed", True)


def test_files_of_earlier_releases_are_removed_after_a_month(cleo, meeting, now):
    released(meeting, now)
    ordered(cleo)
    jobs.run(ordering.JOB)
    old = row().ref
    publish(meeting, now)
    with transaction():
        db.session.execute(update(Paper).values(finished_at=clock.now() - timedelta(days=31)))

    jobs.run(ordering.JOB)

    assert not printing.file_of(old).exists()


def test_a_print_whose_process_is_killed_waits_again_and_when_given_up_keeps_nothing_else_waiting(cleo, meeting, now):
    released(meeting, now)
    ordered(cleo)
    with transaction():
        taken = ordering.take_up(now=clock.now())
    pdf.get_ready(pdf.press.__module__, 2)
    over = threading.Event()
    killer = threading.Thread(target=_kill_its_processes, args=(forkserver._forkserver._forkserver_pid, over))
    killer.start()
    try:
        printing.carry_out(taken)
    finally:
        over.set()
        killer.join()
    assert (row().state, row().attempts) == ("waiting", 1)
    with transaction():
        db.session.execute(update(Paper).values(attempts=ordering.MOST_ATTEMPTS))

    ordered(cleo, "boards/A4")

    left = printing.file_of(row().ref).with_suffix("")  # as of a worker that was killed just after it had finished
    assert jobs.run(ordering.JOB) == 1
    left.mkdir()
    (left / "00000.pdf").write_bytes(b"")
    assert (jobs.run(ordering.JOB), left.exists()) == (0, False)
    assert list(db.session.scalars(select(Paper.state).order_by(Paper.id))) == ["failed", "done"]


def _kill_its_processes(server, over):
    children = Path(f"/proc/{server}/task/{server}/children")
    while not over.wait(0.01):
        for pid in children.read_text().split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
