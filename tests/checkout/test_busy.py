"""When the database is busy nothing is lost: Stripe is asked to come again, and the worker tries again."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from conference import checkout, jobs, payments
from conference.checkout import paying
from conference.kernel import clock, db, transaction
from conference.payments import Event, OrderState
from tests.cast import a_draft, a_meeting
from tests.payments.test_webhook import an_event, post

IMPATIENT = {"sqlite": "PRAGMA busy_timeout = 100", "postgresql": "SET lock_timeout = '100ms'"}
# What another process may hold while it works on the same rows.
LOCKS = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE"}


@pytest.fixture(autouse=True)
def impatient(context):
    """Locks are waited for during a tenth of a second, so that the tests do not take long."""
    words = IMPATIENT[db.engine.dialect.name]
    db.session.remove()
    db.engine.dispose()

    def hurry(connection, *_):
        connection.cursor().execute(words)

    sa.event.listen(db.engine, "checkout", hurry)
    yield
    db.session.remove()
    sa.event.remove(db.engine, "checkout", hurry)
    db.engine.dispose()


class Lock:
    """Somebody else holds a table, or on SQLite the one right to write, until `let_go`."""

    def __init__(self, table):
        self.connection = db.engine.raw_connection()
        self.connection.cursor().execute(LOCKS[db.engine.dialect.name].format(table))

    def let_go(self):
        self.connection.rollback()
        self.connection.close()


def kept():
    db.session.rollback()
    return [(each.event_id, each.done_at is not None) for each in db.session.scalars(sa.select(Event))]


@pytest.fixture
def paid_order(meeting, ada, stripe):
    """Ada's order, paid at the stand-in; nobody has been told."""
    with transaction():
        draft = a_draft(meeting, ada, clock.now())
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=ada, now=clock.now())
    paying.payment_page(order, email="ada@example.org", locale="en")
    order = payments.order_by_ref(order.ref)
    stripe.pay(order.session_id)
    db.session.rollback()
    return order


def test_stripe_is_asked_to_come_again(client):
    lock = Lock("payments_event")
    try:
        assert post(client) == 503
    finally:
        lock.let_go()

    assert post(client) == 200
    assert kept() == [("evt_1", False)]


def test_an_event_whose_order_somebody_else_works_on_is_tried_again(client, paid_order):
    assert post(client, an_event(data={"object": {"id": paid_order.session_id}})) == 200
    db.session.rollback()
    lock = Lock("payments_payment")
    try:
        jobs.run("stripe") if db.engine.dialect.name == "postgresql" else refuse_to_run()
    finally:
        lock.let_go()
    assert (kept(), payments.order_by_ref(paid_order.ref).state) == ([("evt_1", False)], OrderState.OPEN)
    db.session.rollback()

    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
        jobs.run("stripe")

    assert (kept(), payments.order_by_ref(paid_order.ref).state) == ([("evt_1", True)], OrderState.PAID)


def refuse_to_run():
    """Where nobody may write at all, the worker cannot even take the event up: it fails, and comes back in a minute."""
    with pytest.raises(sa.exc.OperationalError):
        jobs.run("stripe")


def test_an_order_that_somebody_else_works_on_keeps_no_other_waiting(context, ada, ben, stripe):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite locks the whole file, never one row")
    with transaction():
        meeting = a_meeting(clock.now(), code="T2", places=2)
        orders = [
            checkout.place(draft=a_draft(meeting, who, clock.now()), meeting=meeting, person=who, now=clock.now())
            for who in (ada, ben)
        ]
    row = db.engine.raw_connection()
    row.cursor().execute(f"SELECT 1 FROM payments_order WHERE id = {orders[0].id} FOR UPDATE")

    with time_machine.travel(clock.now() + timedelta(hours=1), tick=True):
        jobs.run("orders")
    row.rollback()
    row.close()

    db.session.rollback()
    assert [payments.order_by_ref(each.ref).state for each in orders] == [OrderState.OPEN, OrderState.LAPSED]
