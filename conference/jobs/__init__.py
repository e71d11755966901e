"""Waking the worker: our own rows hold the promises, the queue only says "look now"; a sweep finds what was left.

A job that is running when its worker is killed is lost by the queue. So a job carries no data: the rows it looks for are
the truth, with state and lease, and every job is run each minute over all rows that wait.
"""

from conference.jobs.heartbeat import beat, last_beat
from conference.jobs.one_by_one import each, tried, tried_apart
from conference.jobs.queue import huey, job, names, run, run_watched, soon, trouble

__all__ = [
    "beat",
    "each",
    "huey",
    "job",
    "last_beat",
    "names",
    "run",
    "run_watched",
    "soon",
    "tried",
    "tried_apart",
    "trouble",
]
