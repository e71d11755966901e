"""What the racing processes run: people cancel while staff refund the same registrations."""

from sqlalchemy import select, text, update

from conference import checkout, meetings, payments, people, registration
from conference.checkout.changing import completing
from conference.kernel import Money, Refusal, clock, db, transaction
from conference.payments import recount
from conference.registration import Registration, actions
from tests.checkout import racing

BACK = Money(10000, "USD")  # what staff send back: little enough that both refunds together are not more than was paid


def act(settings, share):
    """Do ("cancel" or "refund", email) one after the other: [(email, what was done, or None when it was refused)]."""
    with racing.application(settings).app_context():
        db.session.execute(text("SELECT 1"))
        racing._together()
        return [(email, _done(what, email)) for what, email in share]


def act_unguarded(settings, share):
    """As `act`, with locks and guarded updates replaced by what many systems do: look, think, write."""
    recount._check = lambda _ids: None  # the recount before each commit is one more guard
    payments.locked = payments.order_by_id
    completing.payments.end_line = payments.end_line = _end_anyhow
    actions._try_change = _look_then_write
    return act(settings, share)


def _done(what, email):
    entry = registration.registration_in(meetings.by_code("R1"), people.by_email(email))
    try:
        with transaction():
            (_cancel if what == "cancel" else _refund)(registration.by_id(entry.id))
        return what
    except Refusal:
        return None
    finally:
        db.session.remove()


def _cancel(entry):
    now = clock.now()
    seen = checkout.quote_cancel(entry, now=now).seen
    checkout.cancel(entry, seen=seen, by=entry.person, now=now)


def _refund(entry):
    order = checkout.orders_about(entry)[-1]
    keys = [line.id for line in order.lines]
    checkout.end_lines_and_refund(
        order_id=order.id, line_ids=keys, amount=BACK, reason="asked", by=None, now=clock.now()
    )


def _look_then_write(row, values, *, when, as_read=()):
    state = db.session.scalar(select(Registration.state).where(Registration.id == row.id))
    racing._together()
    if state not in [str(each) for each in when]:
        return False
    written = {name: str(value) for name, value in values.items()}
    db.session.execute(update(Registration).where(Registration.id == row.id).values(**written))
    return True


def _end_anyhow(order, line, *, now, by=None):
    line.ended_at = now
