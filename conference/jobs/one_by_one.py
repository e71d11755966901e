"""What sweeps have in common: one row after the other, each in a transaction of its own. One that fails keeps no other from its turn."""

import logging

from conference.jobs.queue import trouble
from conference.kernel import db, end_read, transaction

log = logging.getLogger(__name__)


def each(keys, act, *, what):
    """Act on each key once; how often it did something. `what` names the sweep in the log and to whoever watches it."""
    end_read()
    return sum(tried(key, act, what=what) for key in keys)


def tried(key, act, *, what):
    """Whether acting on a key did something, in a transaction; False when it failed, of which the log and the watchers are told."""

    def in_transaction(key):
        with transaction():
            return act(key)

    return tried_apart(key, in_transaction, what=what)


def tried_apart(key, act, *, what):
    """The same of what opens its transactions by itself, because it calls to the outside between them."""
    try:
        return bool(act(key))
    except Exception as error:
        log.exception("%s: %s could not be worked on; the others are", what, key)
        trouble(f"{what}: {key} could not be worked on: {error!r}")
        db.session.rollback()
        return False
