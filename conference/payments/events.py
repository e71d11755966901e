"""Stripe's messages, kept once each and taken up by the worker."""

from datetime import timedelta

from sqlalchemy import select, update

from conference import jobs
from conference.kernel import claimed, db, insert_once
from conference.payments.models import Event

LEASE = timedelta(minutes=2)
GIVE_UP_AFTER = 40  # tries, about a day and a half; what is left is shown to staff


def note_event(*, event_id, kind, object_id, now, api_version=""):
    """Keep an event that must be acted on; whether it was new. The worker is woken after the commit."""
    values = {"event_id": event_id, "type": kind[:80], "object_id": object_id, "received_at": now, "due_at": now}
    values["api_version"] = api_version[:80]
    is_new = insert_once(Event.__table__, values)
    if is_new:
        jobs.soon("stripe")
    return is_new


def of_another_version(version, *, since):
    """[version of the interface] of messages since an instant that are not of ours: their endpoint was made with another one."""
    strange = select(Event.api_version).where(Event.api_version.not_in((version, "")), Event.received_at >= since)
    return list(db.session.scalars(strange.distinct().order_by(Event.api_version)))


def claim_event(now):
    """Take one event that waits, for as long as acting on it may last; None when there is none."""
    waiting = select(Event).where(Event.done_at.is_(None), Event.due_at <= now, Event.attempts < GIVE_UP_AFTER)
    statement = waiting.order_by(Event.id).limit(1).with_for_update(skip_locked=True)
    event = db.session.scalar(statement.execution_options(populate_existing=True))
    if event is None:
        return None
    taken = (
        update(Event)
        .where(Event.id == event.id, Event.attempts == event.attempts, Event.done_at.is_(None))
        .values(attempts=Event.attempts + 1, due_at=now + LEASE)
    )
    return event if claimed(taken) else None


def event_done(event_id, *, now):
    """Mark an event as acted on, in the transaction of its effect."""
    db.session.execute(update(Event).where(Event.id == event_id).values(done_at=now, error=""))


def event_failed(event_id, *, error, now, pause=None):
    """Acting on it failed: try again later, a little longer each time, and not before `pause` is over."""
    event = db.session.get(Event, event_id, populate_existing=True)
    wait = timedelta(seconds=20) * min(2**event.attempts, 180)
    event.error, event.due_at = error[:1000], now + max(wait, pause or wait)
    db.session.flush()
