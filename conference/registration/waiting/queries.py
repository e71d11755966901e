"""Who waits for what, who comes next, and what is offered to somebody."""

from datetime import datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from conference.kernel import db
from conference.meetings import Meeting
from conference.registration.models import Place, Pool, Registration
from conference.registration.waiting.models import Wait, WaitPace
from conference.registration.waiting.rules import LIVE, Pace, WaitState, offer_ends

_FRESH = {"populate_existing": True}


def whole():
    """A SELECT of waits with all that their pages and letters show."""
    things = (joinedload(Wait.category), joinedload(Wait.add_on), joinedload(Wait.pool), joinedload(Wait.meeting))
    entry = joinedload(Wait.registration)
    people = (entry.joinedload(Registration.person), entry.joinedload(Registration.category))
    return select(Wait).options(*things, *people).execution_options(**_FRESH)


def wait_of(person, ref):
    """The person's own wait, or None."""
    mine = whole().join(Registration, Wait.registration_id == Registration.id)
    return db.session.scalar(mine.where(Wait.ref == ref, Registration.person_id == person.id))


def wait_by_ref(ref):
    """A wait by its reference, or None: for staff."""
    return db.session.scalar(whole().where(Wait.ref == ref))


def wait_by_id(key):
    """A wait as it is now."""
    return db.session.scalar(whole().where(Wait.id == key))


def live_of(person, meeting=None):
    """What the person waits for or is offered now, the oldest first; of one meeting if it is given."""
    mine = whole().join(Registration, Wait.registration_id == Registration.id)
    mine = mine.where(Registration.person_id == person.id, Wait.state.in_(LIVE)).order_by(Wait.id)
    return list(db.session.scalars(mine if meeting is None else mine.where(Wait.meeting_id == meeting.id)))


def live_in(registration, pool_id):
    """The registration's live wait for a pool, or None."""
    mine = whole().where(Wait.registration_id == registration.id, Wait.pool_id == pool_id, Wait.state.in_(LIVE))
    return db.session.scalar(mine)


def pools_offered_to(person, meeting, now):
    """Keys of the pools of which a place is offered to this person, or held from an offer."""
    statement = select(Wait.pool_id).join(Registration, Wait.registration_id == Registration.id)
    mine = statement.where(Registration.person_id == person.id, Wait.meeting_id == meeting.id)
    return frozenset(db.session.scalars(mine.where(Wait.state == WaitState.OFFERED, Wait.ends_at > now)))


def number_ahead(wait):
    """How many wait in front of somebody who waits."""
    statement = select(func.count()).select_from(Wait).where(Wait.pool_id == wait.pool_id)
    return db.session.scalar(statement.where(Wait.state == WaitState.WAITING, Wait.position < wait.position))


def offers_out(pool_id):
    """How many places of a pool are offered at this moment and not yet taken."""
    statement = select(func.count()).select_from(Wait)
    return db.session.scalar(statement.where(Wait.pool_id == pool_id, Wait.state == WaitState.OFFERED))


def positions_in(pool_id):
    """The positions of those who wait for a pool, in order."""
    mine = select(Wait.position).where(Wait.pool_id == pool_id, Wait.state == WaitState.WAITING)
    return list(db.session.scalars(mine.order_by(Wait.position)))


def next_in(pool_id):
    """Who comes next in a pool, or None."""
    mine = whole().where(Wait.pool_id == pool_id, Wait.state == WaitState.WAITING)
    return db.session.scalar(mine.order_by(Wait.position).limit(1))


def pace_of(meeting):
    """For how long the meeting's offers stand."""
    row = db.session.scalar(select(WaitPace).where(WaitPace.meeting_id == meeting.id))
    return row.as_rule() if row else Pace()


def offer_end(meeting, now):
    """When an offer that is made now ends; None when registration has closed."""
    begins_at = datetime.combine(meeting.starts, time(0), tzinfo=meeting.zone)
    closes_at = max((window.ends_at for window in meeting.windows), default=None)
    return offer_ends(pace_of(meeting), now, begins_at=begins_at, closes_at=closes_at)


def pools_to_fill(_now):
    """Keys of the pools that have both somebody who waits and a free place, and whose list is not paused."""
    room = (Pool.places.is_(None)) | (Pool.taken < Pool.places)
    return list(db.session.scalars(select(Pool.id).where(Pool.waiting > 0, room, Pool.is_paused.is_(False))))


def ended_offers(now):
    """Keys of the waits whose offer is over."""
    statement = select(Wait.id).where(Wait.state == WaitState.OFFERED, Wait.ends_at <= now)
    return list(db.session.scalars(statement.order_by(Wait.ends_at)))


def needless(_now):
    """Keys of the waits of those who have that place already."""
    has = select(Place.id).where(
        Place.registration_id == Wait.registration_id, Place.pool_id == Wait.pool_id, Place.state != "offered"
    )
    return list(db.session.scalars(select(Wait.id).where(Wait.state == WaitState.WAITING, has.exists())))


def past_closing(now):
    """Keys of the waits of meetings for which registration is over."""
    meetings = select(Meeting).where(Meeting.id.in_(select(Wait.meeting_id).where(Wait.state.in_(LIVE[:2]))))
    over = [each.id for each in db.session.scalars(meetings) if each.window_at(now) is None]
    statement = select(Wait.id).where(Wait.meeting_id.in_(over), Wait.state.in_(LIVE[:2]))
    return list(db.session.scalars(statement.order_by(Wait.id))) if over else []
