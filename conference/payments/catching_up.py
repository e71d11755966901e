"""A list that Stripe gives from its newest end, read from its oldest, however long it is."""

from datetime import timedelta

from conference.kernel import clock

AHEAD = timedelta(days=1)  # Stripe's clock may be ahead of ours
MOST = 5000  # of a list whose items are held all at once
PARTS = 32  # of a time in which too much happened to be held at once; of three months some three days each


def in_order(ask, since, until, *, most):
    """Slices of all that `ask(since, until, limit)` tells, oldest first: what breaks off is taken up again from the newest that was kept.

    Times are seconds since 1970, `until` is not within; `ask` gives the newest first. No slice has more than `most`, but for one second's.
    """
    seconds = until - since
    found = ask(since, until, most + 1 if seconds > 1 else None)
    if len(found) <= most or seconds <= 1:
        yield from [found[::-1]] if found else []
        return
    step = -(-seconds // PARTS)
    for start in range(since, until, step):
        yield from in_order(ask, start, min(start + step, until), most=most)


def all_since(ask, instant, *, most):
    """All that `ask` tells since an instant, oldest first, in one list: nothing of it is left out because there is much."""
    until = clock.now() + AHEAD
    parts = in_order(ask, int(instant.timestamp()), int(until.timestamp()), most=most)
    return [each for part in parts for each in part]
