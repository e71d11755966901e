"""An offer becomes the order's: accepted once, offered again when the order lapses, done when it is paid (its place: aside.py).

A wait changes only under the lock of its pool, which is always taken first: no two units of work wait for each other in a circle.
"""

from sqlalchemy import select, update

from conference.kernel import claimed, db
from conference.registration.models import Pool
from conference.registration.waiting.models import Wait
from conference.registration.waiting.rules import WaitState

_QUIETLY = {"synchronize_session": False}


def accepted(registration, pool_id, now):
    """Take the registration's offer of a pool, whose lock is held; whether there was one that still stood."""
    return claimed(_accepting(registration, pool_id, now))


def accepted_pools(registration):
    """The pools of which the registration holds a place that was offered to it."""
    return set(db.session.scalars(select(Wait.pool_id).where(_mine(registration, WaitState.ACCEPTED))))


def offer_again(registration, pool_id):
    """The order lapsed: what was accepted of a pool stands as an offer again, if it was one; the pool's lock is held."""
    back = update(Wait).where(_mine(registration, WaitState.ACCEPTED), Wait.pool_id == pool_id)
    db.session.execute(back.values(state=str(WaitState.OFFERED)), execution_options=_QUIETLY)


def finish(ids):
    """The order over the registrations of these keys is paid: nothing is waited for any more."""
    accepted = (Wait.registration_id.in_(ids), Wait.state == str(WaitState.ACCEPTED))
    db.session.execute(update(Wait).where(*accepted).values(state=str(WaitState.DONE)), execution_options=_QUIETLY)


def lock(pool_id):
    """The pool as it is now, nobody else's to change until the commit (SQLite has one writer at a time anyway).

    Not against rows that refer to it: whoever has written some of a place waits for the pool next, and two would wait in a circle.
    """
    statement = select(Pool).where(Pool.id == pool_id).with_for_update(key_share=True)
    return db.session.scalar(statement, execution_options={"populate_existing": True})


def _accepting(registration, pool_id, now):
    standing = (_mine(registration, WaitState.OFFERED), Wait.pool_id == pool_id, Wait.ends_at > now)
    return update(Wait).where(*standing).values(state=str(WaitState.ACCEPTED))


def _mine(registration, state):
    return (Wait.registration_id == registration.id) & (Wait.state == str(state))
