"""Waiting lists found for the desk: every pool with its counts, who waits in which order, a table for spreadsheets."""

from collections import Counter

from sqlalchemy import case, func, select

from conference.kernel import db
from conference.registration import Place, Pool, waiting

Wait = waiting.Wait
COLUMNS = (
    "list",
    "for",
    "number",
    "state",
    "name",
    "email",
    "registration",
    "since",
    "offered",
    "until",
    "ended",
    "note",
)
_FIRST = case({"accepted": 0, "offered": 1, "waiting": 2}, value=Wait.state, else_=3)


def pools(meeting):
    """Every pool that is limited or waited for: [(pool, {state of its places: how many})]."""
    limited = Pool.places.is_not(None) | (Pool.waiting > 0)
    found = db.session.scalars(select(Pool).where(Pool.meeting_id == meeting.id, limited).order_by(Pool.id))
    counts = select(Place.pool_id, Place.state, func.count()).join(Pool).where(Pool.meeting_id == meeting.id)
    states: dict = {}
    for pool_id, state, count in db.session.execute(counts.group_by(Place.pool_id, Place.state)):
        states.setdefault(pool_id, {})[state] = count
    return [(pool, states.get(pool.id, {})) for pool in found.all()]


def outcomes(meeting):
    """{state: how many waits}: what became of those who waited."""
    rows = select(Wait.state, func.count()).where(Wait.meeting_id == meeting.id).group_by(Wait.state)
    return {waiting.WaitState(state): count for state, count in db.session.execute(rows)}


def waits(pool, *, ended=False):
    """An ordered SELECT of a pool's waits: offers first, then those who wait in their order; or those that have ended."""
    mine = waiting.whole().where(Wait.pool_id == pool.id)
    if ended:
        return mine.where(Wait.state.not_in(waiting.LIVE)).order_by(Wait.ended_at.desc(), Wait.id.desc())
    return mine.where(Wait.state.in_(waiting.LIVE)).order_by(_FIRST, Wait.position)


def numbered(page, pool):
    """[(number, wait)] of a page of `waits`: those who wait are counted from 1, as moving them counts; the others have None."""
    beside = page.total - pool.waiting
    return [
        (number if wait.state == waiting.WaitState.WAITING else None, wait)
        for number, wait in enumerate(page.items, page.first - beside)
    ]


def table(meeting):
    """(header, rows) of every wait of a meeting."""
    found = db.session.scalars(
        waiting.whole().where(Wait.meeting_id == meeting.id).order_by(Wait.pool_id, _FIRST, Wait.position)
    )
    counts: Counter = Counter()
    return COLUMNS, [_row(wait, counts) for wait in found.unique()]


def _row(wait, counts):
    """`counts` has how many of each list have been numbered so far."""
    waits = wait.state == waiting.WaitState.WAITING
    counts[wait.pool_id] += waits
    person = wait.registration.person
    times = (wait.joined_at, wait.offered_at, wait.ends_at, wait.ended_at)
    told = [at.isoformat(timespec="seconds") if at else "" for at in times]
    about = (
        wait.pool.name,
        wait.what,
        counts[wait.pool_id] if waits else "",
        str(wait.state),
        person.full_name,
        person.email,
    )
    return (*about, wait.registration.ref, *told, wait.note)
