"""What needs a person: parked orders, refunds that did not arrive, messages that could not be acted on; and trying again."""

from flask_babel import gettext as _
from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import aliased

from conference import audit, jobs
from conference.kernel import Refusal, claimed, db
from conference.payments import ledger
from conference.payments.models import Event, LedgerEntry, Order, Payment, Refund
from conference.payments.queries import locked
from conference.payments.refunds import promise_refund
from conference.payments.rules import UNDONE, EntryKind, OrderState, Provider, RefundState

MANY_TRIES = 3


def needs_staff():
    """A WHERE clause on Order: parked, or with a note that something happened outside."""
    return or_(Order.state == OrderState.PARKED, Order.parked_reason != "")


def refunds_in_trouble():
    """An ordered SELECT of refunds that failed and were not made good, and of those that Stripe did not take in many tries."""
    unpaid_back = and_(Refund.state.in_(UNDONE), _is_owed())
    stuck = and_(Refund.state == RefundState.REQUESTED, Refund.attempts >= MANY_TRIES)
    return select(Refund).where(or_(unpaid_back, stuck)).order_by(Refund.id.desc())


def refunds_by_hand():
    """An ordered SELECT of refunds that wait for staff to send them, as the money had come by hand."""
    by_hand = Refund.payment_id.in_(select(Payment.id).where(Payment.provider != Provider.STRIPE))
    return select(Refund).where(Refund.state == RefundState.REQUESTED, by_hand).order_by(Refund.id)


def events_in_trouble():
    """An ordered SELECT of Stripe's messages that could not be acted on in many tries."""
    waiting = select(Event).where(Event.done_at.is_(None), Event.attempts >= MANY_TRIES)
    return waiting.order_by(Event.id.desc())


def all_events():
    """An ordered SELECT of all of Stripe's messages, newest first."""
    return select(Event).order_by(Event.id.desc())


def refund_by_ref(ref):
    """The refund with this reference, or None."""
    return db.session.scalar(select(Refund).where(Refund.ref == ref))


def repeat_refund(refund, *, by, now):
    """Send the money of a failed refund back once more; Refusal when it did not fail or was made good meanwhile."""
    order = locked(refund.order_id)
    if refund.state not in UNDONE or ledger.owed(order) < refund.amount:
        raise Refusal(_("This refund did not fail, or was repeated already. Look at the order again."))
    source = db.session.get(Payment, refund.payment_id, populate_existing=True)
    written = promise_refund(order=order, amount=refund.amount, reason=refund.reason, now=now, by=by, payment=source)
    audit.record(by=by, verb="repeated a refund", subject=order, now=now, after={"amount": refund.amount_minor})
    return written


def write_off(order, *, amount, now, by=None, why=""):
    """The society gives what came for the order though `amount` of its price is missing."""
    source = f"written-off:{order.id}:{ledger.count(order)}"
    ledger.book(order, kind=EntryKind.WRITE_OFF, amount=amount, source=source, now=now, by=by, why=why)


def retry_event(event_id, *, now):
    """Act on one of Stripe's messages again from now on; Refusal when it was acted on meanwhile."""
    statement = update(Event).where(Event.id == event_id, Event.done_at.is_(None))
    if not claimed(statement.values(attempts=0, due_at=now)):
        raise Refusal(_("This message was acted on meanwhile."))
    jobs.soon("stripe")


def _is_owed():
    """A WHERE clause on Refund: the account of its order says that money is still owed back, whatever is on its way."""
    other = aliased(Refund)
    booked = select(func.coalesce(func.sum(LedgerEntry.amount_minor), 0)).where(LedgerEntry.order_id == Refund.order_id)
    waiting = select(func.coalesce(func.sum(other.amount_minor), 0)).where(
        other.order_id == Refund.order_id, other.state == RefundState.REQUESTED
    )
    return booked.correlate(Refund).scalar_subquery() > waiting.correlate(Refund).scalar_subquery()
