"""The worker's sign of life."""

from sqlalchemy import select, update

from conference.jobs.models import Heartbeat
from conference.kernel import claimed, db, insert_once


def beat(*, now):
    """A worker is alive at `now`."""
    if not claimed(update(Heartbeat).values(at=now)):
        insert_once(Heartbeat.__table__, {"id": 1, "at": now})


def last_beat():
    """When a worker last began its sweep, or None."""
    return db.session.scalar(select(Heartbeat.at))
