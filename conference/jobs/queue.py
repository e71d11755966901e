"""The huey queue in one small file, and the register of jobs by name."""

import logging
from collections.abc import Callable
from contextvars import ContextVar

from huey import SqliteHuey, crontab

import config
from conference.jobs.heartbeat import beat
from conference.kernel import clock, on_commit, transaction

log = logging.getLogger(__name__)

_JOBS: dict[str, Callable] = {}
_TROUBLES: ContextVar[list | None] = ContextVar("troubles", default=None)


def _queue_file():
    path = config.queue_path()
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


def run_watched(name):
    """Run one job here and now: (how many it did, [what it could not do, in words]); its fault is one of these."""
    troubles = []
    mark = _TROUBLES.set(troubles)
    try:
        return run(name) or 0, troubles
    except Exception as error:
        log.exception("job %s failed", name)
        return 0, [*troubles, repr(error)]
    finally:
        _TROUBLES.reset(mark)


def trouble(text):
    """A job could not do a part of its work and will try again: said in the log, and to whoever watches the run."""
    log.warning(text)
    watched = _TROUBLES.get()
    if watched is not None:
        watched.append(text)


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
