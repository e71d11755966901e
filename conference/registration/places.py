"""Places: claimed by update, so that no two people ever get the same one, whatever the database or the number of processes."""

from flask_babel import gettext as _
from sqlalchemy import delete, func, insert, select, update

from conference.kernel import claimed, db
from conference.registration.models import Place, Pool
from conference.registration.rules import SoldOut


def claim(registration, pools, *, now):
    """Take one place in each of `pools` ({id: name}) for a registration; SoldOut names the first that is full.

    Pools are taken in order of their keys, so that two claims never wait for each other in a circle, and last of all: a
    pool is one row for everybody, locked until the commit. Nothing is left taken when the surrounding transaction fails.
    """
    mine = {"registration_id": registration.id, "state": "held", "claimed_at": now}
    if pools:
        db.session.execute(insert(Place), [{**mine, "pool_id": pool_id} for pool_id in pools])
    for pool_id in sorted(pools):
        if not claimed(_one_more(pool_id)):
            raise SoldOut(_("%(what)s: no place is left.", what=pools[pool_id]))


def keep(registration):
    """Turn the held places of a registration into sold ones."""
    statement = (
        update(Place).where(Place.registration_id == registration.id, Place.state == "held").values(state="kept")
    )
    db.session.execute(statement, execution_options={"synchronize_session": False})


def release(registration, *, pool_ids=None):
    """Give back a registration's places (all, or those in `pool_ids`); how many."""
    mine = select(Place).where(Place.registration_id == registration.id).order_by(Place.pool_id)
    places = list(db.session.scalars(mine if pool_ids is None else mine.where(Place.pool_id.in_(pool_ids))))
    for place in places:
        _give_back(place)
    return len(places)


def miscounted():
    """Every pool whose count is not the number of its places in somebody's hands, in words; empty when all agree."""
    held = select(Place.pool_id, func.count().label("rows")).group_by(Place.pool_id).subquery()
    rows = func.coalesce(held.c.rows, 0)
    statement = select(Pool.name, Pool.taken, rows).outerjoin(held, held.c.pool_id == Pool.id).where(Pool.taken != rows)
    return [f"pool {name}: {taken} counted, {count} places" for name, taken, count in db.session.execute(statement)]


def _one_more(pool_id):
    room = (Pool.places.is_(None)) | (Pool.taken < Pool.places)
    return update(Pool).where(Pool.id == pool_id, room).values(taken=Pool.taken + 1)


def _give_back(place):
    """The row goes first: whoever deletes it lowers the count, so it is lowered once."""
    gone = delete(Place).where(Place.id == place.id)
    if claimed(gone):
        less = update(Pool).where(Pool.id == place.pool_id).values(taken=Pool.taken - 1)
        db.session.execute(less, execution_options={"synchronize_session": False})
        db.session.expunge(place)
