"""What the racing processes run: each has an application and a connection of its own."""

import gc
import itertools
import multiprocessing

from sqlalchemy import event, func, select, text, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import configure_mappers

from conference import checkout, meetings, people, registration
from conference.app import create_app
from conference.kernel import Refusal, clock, db, transaction
from conference.payments import Seen
from conference.registration import DiscountCode, Pool, codes, places

PATIENCE = 300  # seconds
_ready = None  # each process's end of the barrier
_app = None  # what each process finds made when it begins
_looks = itertools.count(1)  # how often this process has looked for room


def in_processes(work, settings, shares):
    """Run `work(settings, share)` in one process for each share, all starting together; their results in one list.

    They are forked from a process of their own that knows the application and has no connection yet: each opens its own, as
    the processes of a web server do. That one comes from a server of processes that has read all modules once.
    """
    db.session.rollback()  # nobody waits for what the test has read
    served = multiprocessing.get_context("forkserver")
    served.set_forkserver_preload(["conference.app", __name__, work.__module__])
    ours, theirs = served.Pipe()
    process = served.Process(target=_fork, args=(work, settings, shares, theirs))
    process.start()
    theirs.close()
    try:
        results = ours.recv()
    finally:
        process.join()
        db.session.rollback()
    if isinstance(results, Exception):
        raise results
    return [each for result in results for each in result]


def application(settings):
    """The application of this process: that of the process which it was forked from, with connections of its own."""
    return _app or create_app(settings)


def _fork(work, settings, shares, pipe):
    global _app
    event.listen(Engine, "connect", _be_patient)
    try:
        _app = create_app(settings)
        configure_mappers()  # once for all, not by each of them while the others wait
        gc.freeze()
        forked = multiprocessing.get_context("fork")
        with forked.Pool(len(shares), _know, [forked.Barrier(len(shares))]) as pool:
            pipe.send(pool.starmap(work, [(settings, share) for share in shares], chunksize=1))
    except Exception as error:
        pipe.send(error)


def _be_patient(connection, _record):
    """Fifty processes on a small machine wait longer for each other than people would."""
    is_sqlite = type(connection).__module__.startswith(("sqlite3", "pysqlite3"))
    patience = PATIENCE * 1000
    names = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
    waits = [f"PRAGMA busy_timeout={patience}"] if is_sqlite else [f"SET {name} = {patience}" for name in names]
    cursor = connection.cursor()
    for each in waits:
        cursor.execute(each)
    cursor.close()
    if not is_sqlite:
        connection.commit()


def buy(settings, emails):
    """Each of `emails` places an order in meeting R1: [(email, order ref, or None when sold out)]."""
    with application(settings).app_context():
        _together()
        return [(email, _buy_one(email)) for email in emails]


def buy_unguarded(settings, emails):
    """As `buy`, with the guarded claim of a place replaced by what many systems do: look, think, write."""
    places._more = _look_then_take
    return _buy_connected(settings, emails)


def use_unguarded(settings, emails):
    """As `buy`, with the guarded use of a code replaced in the same way."""
    codes._one_more = _look_then_use
    return _buy_connected(settings, emails)


def _buy_connected(settings, emails):
    with application(settings).app_context():
        db.session.execute(text("SELECT 1"))
        _together()
        return [(email, _buy_one(email)) for email in emails]


def _look_then_take(pool_id, count):
    free = _seen_together(select(Pool.places - Pool.taken).where(Pool.id == pool_id), alone=12)
    wanted = update(Pool).where(Pool.id == pool_id).values(taken=func.least(Pool.places, Pool.taken + count))
    return wanted if free > 0 else wanted.where(Pool.id < 0)


def _look_then_use(ours):
    free = _seen_together(select(DiscountCode.most_uses - DiscountCode.used).where(ours), alone=2)
    wanted = update(DiscountCode).where(ours)
    wanted = wanted.values(used=func.least(DiscountCode.most_uses, DiscountCode.used + 1))
    return wanted if free > 0 else wanted.where(DiscountCode.id < 0)


def _seen_together(question, *, alone):
    """The answer: the first `alone` times each for themselves, then once all of them have it before anybody writes."""
    crowded = next(_looks) == alone + 1
    if crowded:
        _together()
    free = db.session.scalar(question)
    if crowded:
        _together()
    return free


def settle_or_lapse(settings, work):
    """One after the other: an (order id, Seen facts) is settled, as webhook, sweep and a repeat would; an order id alone lapses."""
    with application(settings).app_context():
        _together()
        for each in work:
            if isinstance(each, tuple):
                _settle_one(each[0], Seen(**each[1]))
            else:
                _lapse_one(each)
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


def _lapse_one(order_id):
    """Give an unpaid order back, whatever else happens to it at the same time."""
    with transaction():
        checkout.lapse_if_due(order_id, now=clock.now(), at_once=True)
    db.session.remove()


def _know(barrier):
    """What each process is given when it begins."""
    global _ready
    _ready = barrier


def _together():
    """All processes are here, whatever each needed to get ready."""
    _ready.wait(PATIENCE)
