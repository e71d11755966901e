"""What the racing processes run: newcomers buy, sweeps and staff offer, and whoever is offered a place clicks again and again."""

import itertools

from sqlalchemy import func, select, text, update

from conference import jobs, meetings, people, registration
from conference.checkout import waiting as flow
from conference.kernel import Refusal, clock, db, transaction
from conference.registration import Pool, State, places
from conference.registration import actions as verbs
from conference.registration.waiting import Wait, actions, taking
from tests.checkout import racing

_looks = itertools.count(1)  # how often this process has looked


def act(settings, share):
    """Do (what, email) one after the other: [(what, email, what came of it, or None)]."""
    with racing.application(settings).app_context():
        db.session.execute(text("SELECT 1"))
        racing._together()
        return [(what, email, _tried(what, email)) for what, email in share]


def act_with_passing(settings, share):
    """As `act`, with a claim that asks whether there is room and not whether anybody waits."""
    places._more = _any_room
    return act(settings, share)


def act_with_loose_offers(settings, share):
    """As `act`, with the pool's lock and the guarded offer replaced by what many systems do: look, think, write."""
    actions.lock = _read
    actions._one_more_offered = _look_then_offer
    return act(settings, share)


def act_with_loose_taking(settings, share):
    """As `act`, with the guards of the draft, the pool and the offer replaced in the same way."""
    verbs._try_change = _look_at_draft
    taking.lock = _read
    taking._accepting = _look_then_accept
    return act(settings, share)


def _tried(what, email):
    try:
        return _ACTS[what](email)
    except Refusal:
        return None
    finally:
        db.session.remove()


def _add(email):
    """What is offered is added to a registration that is paid, at the price of now."""
    (wait,) = registration.waiting.live_of(people.by_email(email), meetings.by_code("R1"))
    seen = flow.quote(wait, now=clock.now()).seen
    with transaction():
        return flow.add(wait, seen=seen, by=wait.registration.person, now=clock.now()).ref


def _offer(email):
    """Staff offer a place out of turn."""
    (wait,) = registration.waiting.live_of(people.by_email(email), meetings.by_code("R1"))
    with transaction():
        return registration.waiting.offer_now(wait, reason="Invited", by=None, now=clock.now()).ref


def _sweep(_email):
    return jobs.run("waiting") or None


_ACTS = {"buy": racing._buy_one, "add": _add, "offer": _offer, "sweep": _sweep}


def _any_room(pool_id, count):
    room = (Pool.places.is_(None)) | (Pool.taken + count <= Pool.places)
    return update(Pool).where(Pool.id == pool_id, room).values(taken=Pool.taken + count)


def _read(pool_id):
    statement = select(Pool).where(Pool.id == pool_id)
    return db.session.scalar(statement, execution_options={"populate_existing": True})


def _look_then_offer(pool_id):
    free = _seen_together(select(Pool.places - Pool.taken).where(Pool.id == pool_id))
    wanted = update(Pool).where(Pool.id == pool_id)
    wanted = wanted.values(taken=func.least(Pool.places, Pool.taken + 1), waiting=Pool.waiting - 1)
    return wanted if free > 0 else wanted.where(Pool.id < 0)


def _look_at_draft(registration, values, *, when, as_read=()):
    return registration.state in when and values == {"state": State.HELD}


def _look_then_accept(registration, pool_id, now):
    mine = (Wait.registration_id == registration.id) & (Wait.pool_id == pool_id)
    state = _seen_together(select(Wait.state).where(mine))
    return update(Wait).where(mine if state == "offered" else Wait.id < 0).values(state="accepted")


def _seen_together(question):
    """The answer: the first time all of them have it before anybody writes."""
    found, is_first = db.session.scalar(question), next(_looks) == 1
    if is_first:
        racing._together()
    return found
