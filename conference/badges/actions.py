"""The verbs of printing: order a run, take it up, tell how far it is, finish it; keep what was printed and when."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import joinedload

from conference import audit, jobs, people
from conference.badges import faces, queries
from conference.badges.models import Print, Run, Snapshot
from conference.kernel import Refusal, claimed, db

LEASE = timedelta(minutes=3)  # renewed with every chunk of badges, which takes a second
MOST_ATTEMPTS = 3


class Lost(Exception):
    """Somebody else has taken the run over: what we made of it is not wanted."""


def order_run(meeting, *, choice, by, now):
    """Ask for one file of the badges that `choice` means; Refusal when there are none."""
    total = len(queries.ids_chosen(meeting, choice))
    if not total:
        raise Refusal(_("There is no badge to print: nobody matches"))
    run = Run(meeting_id=meeting.id, choice=choice.given(), total=total, requested_by_id=by.id, created_at=now)
    db.session.add(run)
    db.session.flush()
    audit.record(by=by, verb="ordered badges", subject=run, now=now, after={**choice.said(), "badges": total})
    jobs.soon("prints")
    return run


def retry(run, *, now):
    """Put a failed run back on its way; Refusal when it has not failed."""
    fresh = {"state": "waiting", "attempts": 0, "done": 0, "failure": "", "created_at": now}
    if not claimed(update(Run).where(Run.id == run.id, Run.state == "failed").values(**fresh)):
        raise Refusal(_("This run has not failed: there is nothing to repeat"))
    jobs.soon("prints")


def take_up(*, now):
    """The longest waiting run, leased to us, or None. One whose lease ran out (a killed worker) waits again, three times."""
    lost = (Run.state == "running") & (Run.lease_until < now)
    first = select(Run).where(or_(Run.state == "waiting", lost)).order_by(Run.id).limit(1)
    first = first.options(joinedload(Run.meeting)).execution_options(populate_existing=True)
    run = db.session.scalar(first.with_for_update(skip_locked=True, of=Run))
    if run is None:
        return None
    if run.attempts >= MOST_ATTEMPTS:
        _give_up(run, _("Printing stopped three times without a word. The log of the worker knows more."), now)
        return None
    run.state, run.attempts, run.done, run.lease_until = "running", run.attempts + 1, 0, now + LEASE
    db.session.flush()
    return run


def advance(run, *, done, now):
    """So many badges are done; Lost when the run is no longer ours."""
    _change(run, done=done, lease_until=now + LEASE)


def finish(run, *, printed, snapshot_ids, now):
    """The file is there: every badge in it counts as printed by whoever asked for the run. Lost when it is not ours."""
    missing = {code: "".join(sorted(characters)) for code, characters in printed.missing.items()}
    _change(
        run, state="done", total=printed.badges, done=printed.badges, missing=missing, finished_at=now, lease_until=None
    )
    rows = [{"snapshot_id": key, "run_id": run.id, "by_id": run.requested_by_id, "at": now} for key in snapshot_ids]
    db.session.execute(insert(Print), rows)


def fail(run, *, failure, now):
    """The run cannot be carried out; staff may ask again."""
    _change(run, state="failed", failure=failure[:1000], finished_at=now, lease_until=None)


def take_snapshots(entries, *, now):
    """[(face, snapshot id)] of loaded registrations: a new version is kept of every face that has changed.

    The registrations must be locked, or two printers could count up to the same version.
    """
    known = queries.newest_snapshots([entry.id for entry in entries])
    taken = [(face := faces.face_of(entry), _kept(entry, face, known.get(entry.id), now)) for entry in entries]
    db.session.flush()
    return [(face, snapshot.id) for face, snapshot in taken]


def record_print(entry, *, by, now):
    """One badge is printed by itself: the version of its face."""
    [locked] = queries.loaded([entry.id])
    [(_face, snapshot_id)] = take_snapshots([locked], now=now)
    db.session.add(Print(snapshot_id=snapshot_id, by_id=by.id, at=now))
    db.session.flush()
    return db.session.get(Snapshot, snapshot_id).version


def rename(guest, *, names, by, now):
    """Correct the name of a guest (or name another one in their place) until the badge is printed; Refusal afterwards."""
    queries.loaded([guest.id])  # locked: whoever prints waits, or has printed
    if queries.prints_of(guest):
        raise Refusal(_("The badge is printed. Tell the registration desk, which corrects it and prints another."))
    people.update(guest.person, by=by, now=now, **names)


def _kept(entry, face, newest, now):
    values = faces.as_snapshot(face)
    if newest is not None and newest.face == values:
        return newest
    version = newest.version + 1 if newest else 1
    snapshot = Snapshot(registration_id=entry.id, version=version, face=values, made_at=now)
    db.session.add(snapshot)
    return snapshot


def _give_up(run, failure, now):
    run.state, run.failure, run.finished_at, run.lease_until = "failed", failure, now, None
    db.session.flush()


def _change(run, **values):
    """One guarded UPDATE under our lease."""
    ours = update(Run).where(Run.id == run.id, Run.state == "running", Run.lease_until == run.lease_until)
    if not claimed(ours.values(**values)):
        raise Lost(run.ref)
    db.session.refresh(run, list(values))
