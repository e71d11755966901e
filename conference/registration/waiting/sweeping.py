"""The sweep of the waiting lists: offers that are over move on, free places are offered, lists of closed meetings end."""

from conference import jobs
from conference.kernel import clock, end_read
from conference.registration.waiting import actions, queries


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
        while jobs.tried(key, act, what="waiting list"):
            moved += 1
    return moved
