"""Sending money back: promised in a row, carried out by the worker, confirmed by Stripe."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, true, update

from conference import audit, jobs, people
from conference.kernel import Money, Refusal, claimed, db
from conference.payments import calls, ledger
from conference.payments.actions import book_difference, park
from conference.payments.models import Order, Payment, Refund
from conference.payments.queries import locked, payments_of
from conference.payments.recount import to_be_checked
from conference.payments.rules import ACCEPTED, UNDER_WAY, UNDONE, EntryKind, Provider, RefundState
from conference.payments.stripe_models import CallKind

# A refund that Stripe cannot take now is tried again after this long, times the number of tries.
RETRY = timedelta(minutes=2)
LEASE = timedelta(minutes=2)


class RefundRefused(Refusal):
    """More would go back than came in."""


def refundable(order):
    """What could still be sent back of an order."""
    return Money.total([payment.left for payment in payments_of(order)], order.currency)


def promise_refund(*, order, amount, reason, now, by=None, payment=None):
    """Write refunds over `amount`, from `payment` or the order's payments in order; RefundRefused when too much.

    What had come by hand goes back by hand: staff (`by`) say so when they ask for it; asked for otherwise, it waits for them.
    The sum is guarded by the payment rows themselves, so two at once cannot send back more than came.
    """
    if amount.minor <= 0:
        raise RefundRefused(_("A refund is more than nothing"), field="amount")
    written, rest = [], amount
    for source in [payment] if payment else payments_of(order):
        part = min(rest.minor, source.left.minor)
        if part and claim(source, part):
            written.append(_write(order, source, part, reason, now, by))
            rest = rest - Money(part, order.currency)
    if rest and any(source.disputes_open for source in payments_of(order)):
        raise RefundRefused(
            _("A payment of this order is disputed: nothing of it is refunded until that is decided"), field="amount"
        )
    if rest:
        raise RefundRefused(_("That is more than was paid and not yet refunded"), field="amount")
    jobs.soon("refunds")
    return written


def claim_due(now):
    """Take one refund that waits, for as long as a call to Stripe may last; None when there is none."""
    statement = (
        select(Refund)
        .join(Payment, Refund.payment_id == Payment.id)
        .where(Refund.state == RefundState.REQUESTED, Refund.due_at <= now, Payment.provider == Provider.STRIPE)
        .where(Payment.disputes_open == 0)
    )
    free = statement.order_by(Refund.id).limit(1).with_for_update(of=Refund, skip_locked=True)
    refund = db.session.scalar(free.execution_options(populate_existing=True))
    if refund is None:
        return None
    taken = (
        update(Refund)
        .where(Refund.id == refund.id, Refund.attempts == refund.attempts, Refund.state == RefundState.REQUESTED)
        .values(attempts=Refund.attempts + 1, due_at=now + LEASE)
    )
    return refund if claimed(taken) else None


def accepted(refund_id, seen, *, now):
    """Write down what Stripe is `seen` to say of a refund; safe to repeat, and a final state is left for failure only."""
    refund = _locked(Refund.id == refund_id)
    refund.provider_ref = refund.provider_ref or seen.refund_id or None
    _note_call(refund, seen)
    if refund.state in UNDONE or refund.state == seen.state:
        return refund
    refund.failure = seen.failure
    order = db.session.get(Order, refund.order_id)
    if seen.state in UNDONE:
        _undo(order, refund, now)
    else:
        book(order, refund, now)
    if not (refund.state == RefundState.SUCCEEDED and seen.state in UNDER_WAY):
        refund.state = seen.state
    db.session.flush()
    return refund


def _note_call(refund, seen):
    key = calls.latest_key(CallKind.REFUND, refund.id)
    if seen.refund_id:
        calls.answered(key, answer=seen.refund_id)
    else:
        calls.never_made(key)


def note(seen, *, now):
    """Write down a refund of which Stripe sent word: our own, or one that somebody made at Stripe itself."""
    known = _locked(_is(seen))
    if known is not None:
        accepted(known.id, seen, now=now)
        return
    payment = db.session.scalar(select(Payment).where(Payment.provider_ref == seen.payment_intent))
    if payment is not None:
        _note_foreign(locked(payment.order_id), payment, seen, now)


def is_news(seen):
    """Whether what Stripe says of a refund is not what our row says, or there is no row of it; nothing is locked."""
    known = db.session.scalar(select(Refund).where(_is(seen)).execution_options(populate_existing=True))
    return known is None or (known.state not in UNDONE and known.state != seen.state)


def sent_by_hand(refund, *, by, now):
    """Staff have sent back what had come by hand; Refusal when it does not wait for that any more."""
    order = locked(refund.order_id)
    source = db.session.get(Payment, refund.payment_id)
    mine = update(Refund).where(Refund.id == refund.id, Refund.state == RefundState.REQUESTED)
    if source.provider == Provider.STRIPE or not claimed(
        mine.values(state=str(RefundState.SUCCEEDED), requested_by=by.id)
    ):
        raise Refusal(_("This refund does not wait to be sent by hand. Look at the order again."))
    db.session.refresh(refund)
    book(order, refund, now)
    audit.record(by=by, verb="sent a refund by hand", subject=order, now=now, after={"amount": refund.amount_minor})


def put_off(refund_id, *, failure, now, pause=None):
    """Stripe could not be asked: try again later, and not before `pause` is over."""
    refund = db.session.get(Refund, refund_id)
    wait = RETRY * min(refund.attempts + 1, 30)
    refund.failure, refund.due_at = failure[:1000], now + max(wait, pause or wait)
    db.session.flush()


def call_off(payment, *, reason, now):
    """Refunds of a payment that have not left yet never will: a bank has taken the money itself."""
    waiting = (
        select(Refund).where(Refund.payment_id == payment.id, Refund.state == RefundState.REQUESTED).with_for_update()
    )
    for refund in db.session.scalars(waiting.execution_options(populate_existing=True)):
        _undo(db.session.get(Order, refund.order_id), refund, now)
        refund.state, refund.failure = RefundState.CANCELED, reason
    db.session.flush()


def _is(seen):
    """By its id at Stripe or, before that is known here, by our reference in its metadata."""
    return (Refund.provider_ref == seen.refund_id) | (Refund.ref == (seen.own_ref or "-"))


def _locked(clause):
    # The row as it is now, whatever the session remembers: two messages about it may come at once.
    statement = select(Refund).where(clause).with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(statement)


def _note_foreign(order, payment, seen, now):
    """The money has gone: the books say so, the difference is goodwill, and staff are told. The order is locked."""
    if _locked(_is(seen)) is not None or seen.state in UNDONE:
        return
    amount = Money(seen.amount, seen.currency)
    facts = {"refund": seen.refund_id, "amount": amount.decimal_text, "currency": seen.currency}
    why = _("%(refund)s: %(amount)s %(currency)s was refunded at Stripe itself", **facts)
    if why not in order.parked_reason:  # else the message comes again
        park(order, reason=why, hold=False)
    if claim(payment, seen.amount, at_stripe=True):
        book_difference(order, ended=[], refunded=amount, now=now, why=why)
        _write(order, payment, seen.amount, why, now, None, seen)


def claim(payment, minor, *, at_stripe=False):
    """Whether that much more of a payment goes back now; what has gone back `at_stripe` has gone, dispute or not."""
    statement = (
        update(Payment)
        .where(Payment.id == payment.id, Payment.refunded_minor + minor <= Payment.amount_minor)
        .where(true() if at_stripe else _is_free(minor))
        .values(refunded_minor=Payment.refunded_minor + minor)
    )
    if not claimed(statement):
        return False
    db.session.refresh(payment)
    return True


def _is_free(minor):
    unharmed = Payment.refunded_minor + Payment.taken_minor + minor <= Payment.amount_minor
    return (Payment.disputes_open == 0) & unharmed


def _write(order, payment, minor, reason, now, by, seen=None):
    refund = Refund(
        order_id=order.id,
        payment_id=payment.id,
        amount_minor=minor,
        currency=payment.currency,
        reason=reason,
        requested_by=by.id if by else None,
        requested_at=now,
        due_at=now,
    )
    if seen:
        refund.provider_ref, refund.state = seen.refund_id, seen.state
    elif payment.provider != Provider.STRIPE and by is not None:  # staff say that they send it back by hand
        refund.state = RefundState.SUCCEEDED
    db.session.add(refund)
    db.session.flush()
    to_be_checked(order.id)
    if refund.state in ACCEPTED:
        book(order, refund, now)
    return refund


def book(order, refund, now):
    """Write a refund that has left into the account of its order."""
    by = people.by_id(refund.requested_by) if refund.requested_by else None
    facts = {"now": now, "by": by, "why": refund.reason}
    ledger.book(order, kind=EntryKind.REFUND, amount=-refund.amount, source=f"refund:{refund.id}", **facts)


def _undo(order, refund, now):
    """A refund that failed after it was accepted: the money is ours again and staff are shown it."""
    to_be_checked(order.id)
    if refund.state != RefundState.REQUESTED:
        facts = {"now": now, "why": refund.failure}
        ledger.book(order, kind=EntryKind.REFUND, amount=refund.amount, source=f"refund-failed:{refund.id}", **facts)
    statement = (
        update(Payment)
        .where(Payment.id == refund.payment_id)
        .values(refunded_minor=Payment.refunded_minor - refund.amount_minor)
    )
    db.session.execute(statement, execution_options={"synchronize_session": False})
