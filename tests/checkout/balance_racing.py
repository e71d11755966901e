"""What the racing processes run: a balance is paid while the proof that makes it needless is acted on."""

from sqlalchemy import text

from conference import checkout, payments
from conference.checkout import balances, proving
from conference.kernel import clock, db, transaction
from conference.payments import Seen
from tests.checkout import racing


def act(settings, share):
    """One after the other: an (order id, Seen facts) is paid, a provision's key is looked at as the worker does."""
    with racing.application(settings).app_context():
        db.session.execute(text("SELECT 1"))
        racing._together()
        return [_done(each) for each in share]


def act_unguarded(settings, share):
    """As `act`, with the order neither locked nor looked at again before it ends: look, think (somebody pays), write."""
    with racing.application(settings).app_context():
        if isinstance(share[0], int):
            payments.locked, balances.lapse_if_due = payments.order_by_id, _end_anyhow
            return [_done(each) for each in share]
        racing._together()
        found = [_done(each) for each in share]
        racing._together()
        return found


def _end_anyhow(order_id, *, now, at_once):
    order = payments.order_by_id(order_id)
    racing._together()
    racing._together()
    payments.lapse(order)


def _done(each):
    try:
        with transaction():
            if isinstance(each, int):
                proving.settle_provision(each, now=clock.now())
            else:
                checkout.settle(each[0], Seen(**each[1]), now=clock.now())
        return each
    finally:
        db.session.remove()
