"""The sweep of the waiting lists: offers that are over move on, free places are offered, lists of closed meetings end."""

import logging

from conference import jobs
from conference.kernel import clock, db, end_read, transaction
from conference.registration.waiting import actions, queries

log = logging.getLogger(__name__)


def look_at_waiting_lists():
    """Bring every list up to now; how many people it moved."""
    now = clock.now()
    steps = (
        (queries.past_closing, lambda key: actions.close(key, now=now)),
        (queries.ended_offers, lambda key: actions.lapse(key, now=now)),
        (queries.needless, lambda key: actions.close(key, now=now, letter=False)),
        (queries.pools_to_fill, lambda key: actions.offer_next(key, now=now)),
    )
    return sum(_each(find(now), act) for find, act in steps)


def _each(keys, act):
    """Act on each key until it has nothing more to do; how often it had."""
    end_read()
    moved = 0
    for key in keys:
        while _tried(key, act):
            moved += 1
    return moved


def _tried(key, act):
    """One that fails must not keep the others from their turn."""
    try:
        with transaction():
            return act(key)
    except Exception as error:
        log.exception("waiting list: %s could not be moved; the others are", key)
        jobs.trouble(f"waiting list: {key} could not be moved: {error!r}")
        db.session.rollback()
        return False
