"""The verbs of a waiting list: join, offer, leave or decline, lapse, remove, close. Each counts under the lock of the pool."""

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from conference import audit, jobs
from conference.kernel import Refusal, claimed, db, insert_once, new_ref
from conference.registration.models import Place, Pool
from conference.registration.waiting import mails, queries
from conference.registration.waiting.models import Wait
from conference.registration.waiting.rules import WaitState
from conference.registration.waiting.taking import lock

_QUIETLY = {"synchronize_session": False}


def join(registration, *, category=None, add_on=None, now):
    """Wait for a place of a category or an add-on; the Wait, which is the one there is already for whoever waits for it.

    Refusal when a place is free, or the registration has one.
    """
    thing = category or add_on
    pool = lock(thing.pool_id) if thing.pool_id else None
    found = queries.live_in(registration, pool.id) if pool else None
    if found is not None:
        return found
    _refuse_needless(registration, pool)
    values = {
        "ref": new_ref(),
        "meeting_id": registration.meeting_id,
        "pool_id": pool.id,
        "registration_id": registration.id,
        "category_id": category.id if category else None,
        "add_on_id": add_on.id if add_on else None,
        "state": str(WaitState.WAITING),
        "position": _last_position(pool) + 1,
        "joined_at": now,
        "note": "",
    }
    if insert_once(Wait.__table__, values):
        _count(pool, waiting=1)
    wait = queries.live_in(registration, pool.id)
    audit.record(by=wait.registration.person, verb="joined the waiting list", subject=wait, now=now, note=wait.what)
    mails.joined(wait, now=now)
    return wait


def offer_next(pool_id, *, now):
    """Offer a free place of a pool to whoever comes next; the Wait, or None when there is no place, nobody, or a pause."""
    pool = lock(pool_id)
    if pool.is_paused:
        return None
    wait = queries.next_in(pool_id)
    return _offer(wait, pool, now) if wait else None


def offer_now(wait, *, reason, by, now):
    """Offer a free place to somebody out of turn; Refusal when there is none, or they do not wait any more."""
    pool = lock(wait.pool_id)
    fresh = queries.wait_by_id(wait.id)
    _refuse_unless(fresh, WaitState.WAITING)
    if _offer(fresh, pool, now) is None:
        raise Refusal(_("No place is free to be offered. Move them to the front: the next that is free is theirs."))
    audit.record(by=by, verb="offered out of turn", subject=fresh, now=now, note=reason)
    return fresh


def leave(wait, *, now):
    """The person does not wait any more, or does not take what is offered: it goes to the next at once."""
    fresh = _locked(wait)
    declined = fresh.state == WaitState.OFFERED
    _end(fresh, WaitState.DECLINED if declined else WaitState.LEFT, now)
    verb = "declined an offer" if declined else "left the waiting list"
    audit.record(by=fresh.registration.person, verb=verb, subject=fresh, now=now, note=fresh.what)


def lapse(wait_id, *, now):
    """Nobody took an offer in time: it moves on, and the person is told. Whether it was still to be done."""
    fresh = _locked(queries.wait_by_id(wait_id))
    if fresh.state != WaitState.OFFERED or fresh.ends_at > now:
        return False
    _end(fresh, WaitState.LAPSED, now)
    audit.record(by=None, verb="let an offer lapse", subject=fresh, now=now, note=fresh.what)
    mails.lapsed(fresh, now=now)
    return True


def remove(wait, *, reason, by, now):
    """Staff take somebody off the list, who is told why."""
    fresh = _locked(wait)
    _end(fresh, WaitState.REMOVED, now, note=reason)
    audit.record(by=by, verb="took off the waiting list", subject=fresh, now=now, note=reason)
    mails.removed(fresh, reason=reason, now=now)


def close(wait_id, *, now, letter=True):
    """Registration has closed, or the person has that place already: the wait is over. Whether it was still to be done."""
    fresh = _locked(queries.wait_by_id(wait_id))
    if fresh.state not in (WaitState.WAITING, WaitState.OFFERED):
        return False
    _end(fresh, WaitState.CLOSED, now)
    audit.record(by=None, verb="closed the waiting list", subject=fresh, now=now, note=fresh.what)
    if letter:
        mails.closed(fresh, now=now)
    return True


def _offer(wait, pool, now):
    """The free place is counted as taken and kept aside; None when there is none, or registration has closed."""
    ends_at = queries.offer_end(wait.meeting, now)
    if ends_at is None or not claimed(_one_more_offered(pool.id)):
        return None
    _move(wait, (WaitState.WAITING,), WaitState.OFFERED, offered_at=now, ends_at=ends_at)
    facts = {"pool_id": pool.id, "registration_id": wait.registration_id, "state": "offered", "claimed_at": now}
    db.session.add(Place(**facts))
    db.session.flush()
    audit.record(by=None, verb="was offered a place", subject=wait, now=now, note=wait.what)
    mails.offered(wait, now=now)
    return wait


def _one_more_offered(pool_id):
    """One place more taken and one person fewer who waits, in one guarded UPDATE."""
    room = (Pool.places.is_(None)) | (Pool.taken < Pool.places)
    statement = update(Pool).where(Pool.id == pool_id, room, Pool.waiting > 0)
    return statement.values(taken=Pool.taken + 1, waiting=Pool.waiting - 1)


def _locked(wait):
    lock(wait.pool_id)
    return queries.wait_by_id(wait.id)


def _end(wait, state, now, **values):
    """End a wait or an offer; Refusal when it has moved on meanwhile."""
    was_offered = wait.state == WaitState.OFFERED
    _refuse_unless(wait, WaitState.WAITING, WaitState.OFFERED)
    _move(wait, (wait.state,), state, ended_at=now, **values)
    if not was_offered:
        _count(wait.pool, waiting=-1)
        return
    mine = (Place.registration_id == wait.registration_id, Place.pool_id == wait.pool_id, Place.state == "offered")
    if claimed(delete(Place).where(*mine)):
        _count(wait.pool, taken=-1)
    jobs.soon("waiting")


def _count(pool, *, waiting=0, taken=0):
    values = {"waiting": Pool.waiting + waiting, "taken": Pool.taken + taken}
    db.session.execute(update(Pool).where(Pool.id == pool.id).values(**values), execution_options=_QUIETLY)


def _move(wait, before, after, **values):
    statement = update(Wait).where(Wait.id == wait.id, Wait.state.in_([str(state) for state in before]))
    if not claimed(statement.values(state=str(after), **values)):
        raise Refusal(_moved_on())
    db.session.refresh(wait, [*list(values), "state"])


def _refuse_unless(wait, *states):
    if wait.state == WaitState.ACCEPTED:
        raise Refusal(_("An order holds this place until it is paid. Give its places back first."))
    if wait.state not in states:
        raise Refusal(_moved_on())


def _refuse_needless(registration, pool):
    if pool is None or not pool.is_full:
        raise Refusal(_("There is a place: no need to wait. Choose it."), field="what")
    has = select(func.count()).select_from(Place)
    if db.session.scalar(has.where(Place.registration_id == registration.id, Place.pool_id == pool.id)):
        raise Refusal(_("You have a place already."), field="what")


def _last_position(pool):
    return db.session.scalar(select(func.coalesce(func.max(Wait.position), 0)).where(Wait.pool_id == pool.id))


def _moved_on():
    return _("This has moved on meanwhile. Look at it again.")
