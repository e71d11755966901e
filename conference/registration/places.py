"""Places: claimed by update, so that no two people ever get the same one, whatever the database or the number of processes."""

from collections import Counter

from flask_babel import gettext as _
from sqlalchemy import delete, func, insert, select, update

from conference import jobs
from conference.kernel import Base, claimed, db
from conference.registration import aside
from conference.registration.models import Place, Pool
from conference.registration.rules import SoldOut
from conference.registration.waiting import taking

_NEW_PLACE = insert(Base.metadata.tables[Place.__tablename__])


def claim(registration, pools, *, now):
    """Take one place in each of `pools` ({id: name}) for a registration; SoldOut names the first that is full."""
    claim_together([(registration, pools)], now=now)


def claim_together(wanted, *, now):
    """As `claim`, for several registrations of one order: `wanted` are (registration, {pool id: name}).

    A place that is set aside for a registration is its own to take; else nobody gets one while others wait for the pool.
    Pools are taken in order of their keys, so that two claims never wait for each other in a circle, and last of all: a
    pool is one row for everybody, locked until the commit. Nothing is left taken when the surrounding transaction fails.
    """
    names = {pool_id: name for _entry, pools in wanted for pool_id, name in pools.items()}
    own = {(entry.id, key): entry for entry, pools in wanted for key in aside.pools_aside(entry, pools)}
    others = [(entry.id, pool) for entry, pools in wanted for pool in pools if (entry.id, pool) not in own]
    _write_held(others, now)
    counts = Counter(pool_id for _entry_id, pool_id in others)
    for pool_id in sorted(names):
        for entry in (each for (_key, pool), each in own.items() if pool == pool_id):
            aside.take(entry, pool_id, names[pool_id], now=now)
        if counts[pool_id] and not claimed(_more(pool_id, counts[pool_id])):
            raise SoldOut(_why_not(pool_id, names[pool_id], counts[pool_id]))


def claim_all(claims, names, *, now):
    """As `claim`, for many registrations at once: `claims` are (registration id, pool id), `names` {pool id: name}."""
    _write_held(claims, now)
    wanted = Counter(pool_id for _entry, pool_id in claims)
    for pool_id in sorted(wanted):
        if not claimed(_more(pool_id, wanted[pool_id])):
            raise SoldOut(_("%(what)s: there are not enough places left.", what=names[pool_id]))


def keep(registration):
    """Turn the held places of a registration into sold ones."""
    keep_all([registration.id])


def keep_all(ids):
    """As `keep`, for the registrations of these keys."""
    statement = update(Place).where(Place.registration_id.in_(ids), Place.state == "held").values(state="kept")
    db.session.execute(statement, execution_options={"synchronize_session": False})
    taking.finish(ids)


def release(registration, *, pool_ids=None):
    """Give back a registration's held and kept places (all, or those in `pool_ids`); how many.

    What was set aside before it was held is set aside again for the same person, until its time is over.
    """
    return release_together([registration], pool_ids=pool_ids)


def release_together(registrations, *, pool_ids=None):
    """As `release`, for several registrations of one order: pools are given back in the order in which they are taken."""
    whose = {each.id: each for each in registrations}
    mine = select(Place).where(Place.registration_id.in_(list(whose)), Place.state != "offered").order_by(Place.pool_id)
    places = list(db.session.scalars(mine if pool_ids is None else mine.where(Place.pool_id.in_(pool_ids))))
    returned = {key: aside.pools_to_return(whose[key]) for key in {place.registration_id for place in places}}
    for place in places:
        if place.state == "held" and place.pool_id in returned[place.registration_id]:
            aside.put_back(whose[place.registration_id], place)
        else:
            _give_back(place)
    return len(places)


def miscounted():
    """Every pool whose count is not the number of its places in somebody's hands, in words; empty when all agree."""
    held = select(Place.pool_id, func.count().label("rows")).group_by(Place.pool_id).subquery()
    rows = func.coalesce(held.c.rows, 0)
    statement = select(Pool.name, Pool.taken, rows).outerjoin(held, held.c.pool_id == Pool.id).where(Pool.taken != rows)
    return [f"pool {name}: {taken} counted, {count} places" for name, taken, count in db.session.execute(statement)]


def _more(pool_id, count):
    room = (Pool.places.is_(None)) | (Pool.taken + count <= Pool.places)
    return update(Pool).where(Pool.id == pool_id, room, Pool.waiting == 0).values(taken=Pool.taken + count)


def offered_among(registration_ids):
    """Keys of those registrations for which a place is set aside."""
    mine = select(Place.registration_id).where(Place.registration_id.in_(registration_ids), Place.state == "offered")
    return set(db.session.scalars(mine))


def _write_held(claims, now):
    rows = [{"registration_id": entry, "pool_id": pool, "state": "held", "claimed_at": now} for entry, pool in claims]
    if rows:
        db.session.execute(_NEW_PLACE, rows)


def _why_not(pool_id, name, count):
    if db.session.scalar(select(Pool.waiting).where(Pool.id == pool_id)):
        return _("%(what)s: others wait for a place. You can join the waiting list.", what=name)
    if count > 1:
        return _("%(what)s: there are not enough places left.", what=name)
    return _("%(what)s: no place is left.", what=name)


def _give_back(place):
    """The row goes first: whoever deletes it lowers the count, so it is lowered once. Those who wait are looked at next."""
    gone = delete(Place).where(Place.id == place.id)
    if claimed(gone):
        less = update(Pool).where(Pool.id == place.pool_id).values(taken=Pool.taken - 1).returning(Pool.waiting)
        if db.session.scalar(less, execution_options={"synchronize_session": False}):
            jobs.soon("waiting")
        db.session.expunge(place)
