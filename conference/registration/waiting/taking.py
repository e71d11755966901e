"""An offered place becomes the order's: taken once, offered again when the order lapses, done when it is paid.

A wait changes only under the lock of its pool, which is always taken first: no two units of work wait for each other in a circle.
"""

from flask_babel import gettext as _
from sqlalchemy import bindparam, select, update

from conference import jobs
from conference.kernel import claimed, db
from conference.registration.models import Place, Pool
from conference.registration.rules import SoldOut
from conference.registration.waiting.models import Wait
from conference.registration.waiting.rules import WaitState

_QUIETLY = {"synchronize_session": False}
_OFFERED = select(Place.pool_id).where(Place.registration_id == bindparam("entry"), Place.state == "offered")


def offered_pools(registration, pools):
    """Which of `pools` keep a place aside that was offered to this registration."""
    if not pools:
        return set()
    return set(db.session.scalars(_OFFERED, {"entry": registration.id})) & set(pools)


def take(registration, pool_id, name, *, now):
    """The offered place is held for the registration's order; SoldOut when the offer is over."""
    lock(pool_id)
    if not claimed(_accepting(registration, pool_id, now)):
        raise SoldOut(_("%(what)s: your offer has ended.", what=name))
    place = update(Place).where(Place.registration_id == registration.id, Place.pool_id == pool_id)
    db.session.execute(place.values(state="held", claimed_at=now), execution_options=_QUIETLY)


def accepted_pools(registration):
    """The pools of which the registration holds a place that was offered to it."""
    return set(db.session.scalars(select(Wait.pool_id).where(_mine(registration, WaitState.ACCEPTED))))


def offer_again(registration, place):
    """The order lapsed: the place stays with whoever it was offered to until the offer ends, which the sweep sees to."""
    lock(place.pool_id)
    back = update(Wait).where(_mine(registration, WaitState.ACCEPTED), Wait.pool_id == place.pool_id)
    db.session.execute(back.values(state=str(WaitState.OFFERED)), execution_options=_QUIETLY)
    statement = update(Place).where(Place.id == place.id).values(state="offered")
    db.session.execute(statement, execution_options=_QUIETLY)
    db.session.expunge(place)
    jobs.soon("waiting")


def finish(ids):
    """The order over the registrations of these keys is paid: nothing is waited for any more."""
    accepted = (Wait.registration_id.in_(ids), Wait.state == str(WaitState.ACCEPTED))
    db.session.execute(update(Wait).where(*accepted).values(state=str(WaitState.DONE)), execution_options=_QUIETLY)


def lock(pool_id):
    """The pool as it is now, nobody else's to change until the commit (SQLite has one writer at a time anyway)."""
    statement = select(Pool).where(Pool.id == pool_id).with_for_update()
    return db.session.scalar(statement, execution_options={"populate_existing": True})


def _accepting(registration, pool_id, now):
    standing = (_mine(registration, WaitState.OFFERED), Wait.pool_id == pool_id, Wait.ends_at > now)
    return update(Wait).where(*standing).values(state=str(WaitState.ACCEPTED))


def _mine(registration, state):
    return (Wait.registration_id == registration.id) & (Wait.state == str(state))
