"""What the racing processes run: each has an application and a connection of its own."""

import multiprocessing
import random
import time

from sqlalchemy import func, select, text, update

from conference import checkout, meetings, people, registration
from conference.app import create_app
from conference.kernel import Refusal, clock, db, transaction
from conference.payments import Seen
from conference.registration import Pool, places


def in_processes(work, settings, shares):
    """Run `work(settings, share, start_at)` in one process for each share, all starting together; their results in one list."""
    start_at = time.time() + 2 + len(shares) * 0.6
    with multiprocessing.get_context("spawn").Pool(len(shares)) as pool:
        results = pool.starmap(work, [(settings, share, start_at) for share in shares])
    return [each for result in results for each in result]


def buy(settings, emails, start_at):
    """Each of `emails` places an order in meeting R1: [(email, order ref, or None when sold out)]."""
    app = create_app(settings)
    with app.app_context():
        _wait(start_at)
        return [(email, _buy_one(email)) for email in emails]


def buy_unguarded(settings, emails, start_at):
    """As `buy`, with the guarded claim replaced by what many systems do: look, think, write."""
    app = create_app(settings)
    places._one_more = _look_then_write
    with app.app_context():
        db.session.execute(text("SELECT 1"))
        _wait(start_at)
        return [(email, _buy_one(email)) for email in emails]


def _look_then_write(pool_id):
    """Thinks longer over the last three places: by then each of four processes has looked or taken one of them."""
    free = db.session.scalar(select(Pool.places - Pool.taken).where(Pool.id == pool_id))
    time.sleep(1 if 0 < free < 4 else 0.02)
    wanted = update(Pool).where(Pool.id == pool_id).values(taken=func.least(Pool.places, Pool.taken + 1))
    return wanted if free > 0 else wanted.where(Pool.id < 0)


def settle(settings, payments, start_at):
    """Tell `settle` of each (order id, Seen facts), as a webhook, a sweep and a repeat would; nothing comes back."""
    app = create_app(settings)
    with app.app_context():
        _wait(start_at)
        for order_id, facts in payments:
            _settle_one(order_id, Seen(**facts))
    return []


def lapse(settings, order_ids, start_at):
    """Give back unpaid orders, whatever else happens to them at the same time."""
    app = create_app(settings)
    with app.app_context():
        _wait(start_at)
        for order_id in order_ids:
            with transaction():
                checkout.lapse_if_due(order_id, now=clock.now(), at_once=True)
            db.session.remove()
    return []


def _buy_one(email):
    try:
        meeting, person = meetings.by_code("R1"), people.by_email(email)
        draft = registration.registration_in(meeting, person)
        with transaction():
            order = checkout.place(draft=draft, meeting=meeting, person=person, now=clock.now())
        return order.ref
    except Refusal:
        return None
    finally:
        db.session.remove()


def _settle_one(order_id, seen):
    try:
        with transaction():
            checkout.settle(order_id, seen, now=clock.now())
    finally:
        db.session.remove()


def _wait(start_at):
    time.sleep(max(0, start_at - time.time()) + random.random() * 0.01)
