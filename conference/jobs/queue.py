"""The huey queue in one small file, and the register of jobs by name."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from huey import SqliteHuey, crontab

from conference.jobs.heartbeat import beat
from conference.kernel import clock, on_commit, transaction

log = logging.getLogger(__name__)

_JOBS: dict[str, Callable] = {}


def _queue_file():
    folder = Path(os.environ.get("INSTANCE_PATH", "instance"))
    path = Path(os.environ.get("QUEUE_PATH", folder / "queue.db"))
    path.parent.mkdir(parents=True, exist_ok=True)
    return str(path)


huey = SqliteHuey("plenary", filename=_queue_file(), results=False)


def job(name):
    """Register `work()` as the job `name`: it looks for rows that wait, does what is due, and returns how many it did.

    It runs soon after each `soon(name)` and every minute besides, in an application context, never twice at once harmfully:
    each row is claimed with a lease by the job itself.
    """

    def register(work):
        _JOBS[name] = work
        return work

    return register


def soon(name):
    """Wake the worker for job `name` once the surrounding transaction is committed."""
    on_commit(lambda: _perform(name))


def run(name):
    """Run one job here and now; what it returns."""
    return _JOBS[name]()


def names():
    """The names of all jobs, in the order in which they were registered."""
    return list(_JOBS)


@huey.task()
def _perform(name):
    _guarded(name)


@huey.periodic_task(crontab(minute="*"))
def _sweep():
    with transaction():
        beat(now=clock.now())
    for name in names():
        _guarded(name)


def _guarded(name):
    """One job's fault must not keep the others from running."""
    try:
        done = run(name)
    except Exception:
        log.exception("job %s failed; it is tried again within a minute", name)
    else:
        if done:
            log.info("job %s did %s", name, done)
