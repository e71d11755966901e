"""Whether who waits and what is offered is what is counted."""

from sqlalchemy import and_, func, select

from conference.kernel import db
from conference.registration.models import Place, Pool
from conference.registration.waiting.models import Wait
from conference.registration.waiting.rules import WaitState

# What an offer's place is called while its wait is in a state.
_STATES = {WaitState.OFFERED: "offered", WaitState.ACCEPTED: "held"}


def miscounted():
    """Every list whose count is not the number of its people, and every offer without its place, in words."""
    return [*_counts(), *_offers()]


def _counts():
    people = select(func.count()).select_from(Wait).where(Wait.pool_id == Pool.id, Wait.state == WaitState.WAITING)
    waiting = people.correlate(Pool).scalar_subquery()
    statement = select(Pool.name, Pool.waiting, waiting).where(Pool.waiting != waiting)
    for name, counted, rows in db.session.execute(statement):
        yield f"waiting list of {name}: {counted} counted, {rows} wait"


def _offers():
    same = and_(Place.registration_id == Wait.registration_id, Place.pool_id == Wait.pool_id)
    statement = select(Wait.ref, Wait.state, Place.state).outerjoin(Place, same).where(Wait.state.in_(list(_STATES)))
    for ref, state, place in db.session.execute(statement):
        if place != _STATES[WaitState(state)]:
            yield f"offer {ref}: {state}, and its place is {place or 'missing'}"
