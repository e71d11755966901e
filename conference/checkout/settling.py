"""Settling: what Stripe says of an order becomes what our rows say, exactly once, in one transaction.

Every function here may be called any number of times, in any order, by any number of processes: the order row is locked,
the payment's own id is unique, and what is told again changes nothing: an order that a debit holds goes back to
waiting once, when that debit fails.
"""

import logging

from flask_babel import gettext as _

from conference import audit, payments, registration
from conference.checkout import mails
from conference.checkout.giving import give
from conference.checkout.lapsing import WAITING, end, give_up, is_over, lapse_when_due, release_places
from conference.checkout.queries import standing
from conference.kernel import Money, Refusal, db
from conference.payments import OrderState

log = logging.getLogger(__name__)

MAY_PARK = (*WAITING, OrderState.LAPSED)


def settle(order_id, seen, *, now):
    """Bring an order up to what Stripe is `seen` to say; the order as it stands then. Inside a transaction."""
    order = payments.locked(order_id)
    order.looked_at = now
    if seen.is_paid:
        _money_came(order, seen, now)
    elif seen.is_ongoing and order.state == OrderState.OPEN:
        _is_on_its_way(order, seen, now)
    elif seen.has_failed and order.state in WAITING and order.session_id == seen.session_id:
        _did_not_clear(order, seen, now)
    elif seen.is_expired and order.session_id == seen.session_id:
        order.session_url = ""
        lapse_when_due(order, now)
    return order


def settle_free(order, *, now, letter=True):
    """An order over nothing needs no Stripe: give what is in it."""
    give(order, now, late=False)
    payments.finish(order, now=now)
    _return_surplus(order, now)
    if letter:
        tell(order, now)


def settle_paid_by_hand(order_id, *, reference, by, now, letter=True, provider=payments.Provider.HAND):
    """Money that came another way (bank transfer, desk): the same giving as for a card. Refusal when it is not waiting.

    What came is what was still due: not that of whoever was taken out of the order before, nor what had come in part.
    """
    order = payments.locked(order_id)
    missing = payments.missing(order)
    if order.state not in (OrderState.OPEN, OrderState.LAPSED, OrderState.PAID) or missing.minor <= 0:
        raise Refusal(_("This order does not wait for a payment"))
    ref = f"hand-{order.ref}"
    count = sum(each.provider_ref.startswith(ref) for each in payments.payments_of(order))
    facts = {"provider": provider, "provider_ref": f"{ref}-{count + 1}" if count else ref, "by": by, "why": reference}
    payments.receive(order, amount=missing, now=now, **facts)
    audit.record(by=by, verb="paid by hand", subject=order, now=now, note=reference)
    settle_what_came(order, now, letter=letter, by=by)
    return order


def settle_what_came(order, now, *, letter=True, by=None):
    """A locked order to which money was booked is given once all that is due is there; one that a bank had left short is whole again."""
    if order.state == OrderState.PAID:
        if payments.missing(order).minor <= 0:
            payments.reversing.forget(order)
    elif payments.missing(order).minor <= 0:
        _give_or_return(order, now, letter=letter, by=by)
    elif order.state == OrderState.LAPSED:
        reason = _("part of the money came when the order had lapsed")
        payments.park(order, reason=reason)
        audit.record(by=None, verb="parked", subject=order, now=now, note=reason)


def go_on(order, now):
    """Bring an open order to its end that waits for nothing: nobody is left in it, all that is due has come by now, or it is over nothing."""
    if not standing(order):
        give_up(order, now)
    elif payments.payments_of(order) and payments.missing(order).minor <= 0:
        settle_what_came(order, now)
    elif not order.due:
        settle_free(order, now=now)


def _is_on_its_way(order, seen, now):
    """A bank debit runs, and its page is the order's from now on: of no other one a failure counts. A look from before its failure tells nothing."""
    if not payments.debits.has_failed(order, seen.payment_intent):
        order.state, order.session_id = OrderState.ONGOING, seen.session_id or None
        mails.on_its_way(order, debit=seen.payment_intent, now=now)


def _did_not_clear(order, seen, now):
    """A bank debit that fails leaves its order to the time that it has: one that is held for days is waited for, an hour that is over is the end.

    Its page is forgotten: what is told of it again changes nothing, and whoever wants to pay gets another one. Nobody is told of a
    debit whose order needs it no more.
    """
    order.state, order.session_id, order.session_url = OrderState.OPEN, None, ""
    go_on(order, now)
    if order.state == OrderState.OPEN and is_over(order, now):
        end(order, now)
    is_news = payments.debits.note_failure(order, seen.payment_intent, now=now)
    if is_news and order.state not in (OrderState.PAID, OrderState.RETURNED):
        mails.not_paid(order, debit=seen.payment_intent, now=now)


def _money_came(order, seen, now):
    amount = Money(seen.amount, seen.currency)
    wrong = payments.disagreements(seen, ref=order.ref, total=order.total, due=order.due)
    if wrong and (order.state in MAY_PARK or amount.currency != order.currency):
        _park(order, seen, amount, "; ".join(wrong), now)
        return
    payment = payments.receive(
        order, provider=payments.Provider.STRIPE, provider_ref=seen.payment_intent, amount=amount, now=now
    )
    if payment is None:
        return  # this very money was booked before: a repeated or late message
    if order.state in (*WAITING, OrderState.LAPSED):
        _give_or_return(order, now, too_late=_is_too_late(order, now))
    else:
        _return(order, payment, now)


def _is_too_late(order, now):
    """Whether money came after the order had lapsed, and after the day until which its price counted."""
    return order.state == OrderState.LAPSED and registration.pricing.price_is_over(order.lines, now)


def _give_or_return(order, now, *, letter=True, too_late=False, by=None):
    """Give everything, or, when a place is gone by now or the price counts no more, nothing and the money back."""
    try:
        with db.session.begin_nested():
            if too_late:
                raise Refusal(
                    _("The price of this order does not count any more. You can register at the price of today.")
                )
            if not standing(order):
                raise Refusal(_("Nobody is left in this order."))
            registration.allotments.lock_those_of(order.lines)
            give(order, now, late=order.state == OrderState.LAPSED)
    except Refusal as refusal:
        log.warning("order %s: paid, and could not be given: %s", order.ref, refusal)
        if order.state in WAITING:
            release_places(order)
        order.state, amount = OrderState.RETURNED, payments.refundable(order)
        payments.documents.to_be_followed(order.id)
        payments.promise_refund(order=order, amount=amount, reason=str(refusal), now=now)
        mails.returned(order, amount=amount, reason=str(refusal), now=now)
        return
    payments.finish(order, now=now, by=by)
    _return_surplus(order, now)
    if letter:
        tell(order, now)


def _return_surplus(order, now):
    """Money beyond what is due goes back at once: for what was taken out of the order before, or paid in part another way."""
    rest = payments.owed(order)
    if rest.minor > 0:
        is_less = len(standing(order)) < len(order.lines)
        reason = _("Taken out of the order before it was paid") if is_less else _("paid too much")
        payments.promise_refund(order=order, amount=rest, reason=reason, now=now)


def tell(order, now):
    """The letter about an order that is settled: confirmed, or what it has changed."""
    change = registration.changes.change_of(order.id)
    if change is None:
        mails.confirmed(order, now=now)
    else:
        mails.changed(change, order, now=now)


def _return(order, payment, now):
    """Money for an order that was settled or sent back before: a second payment page was paid. It goes back whole."""
    payments.promise_refund(order=order, amount=payment.amount, payment=payment, reason=_("paid twice"), now=now)
    mails.paid_twice(order, payment, now=now)


def _keep_apart(order, reason, facts):
    """Money of another currency waits in an order of its own, from which it can be sent back; the reason, which leads there."""
    why = _("it came for order %(ref)s, which is in %(currency)s: send it back", ref=order.ref, currency=order.currency)
    apart = payments.keep_apart(order, reason=why, **facts)
    if apart is None:
        return reason
    audit.record(by=None, verb="parked", subject=apart, now=facts["now"], note=why)
    return _("%(reason)s; the money is kept in order %(ref)s", reason=reason, ref=apart.ref)


def _park(order, seen, amount, reason, now):
    """Staff must look, once for each payment; what was settled before stays settled and only gets the note."""
    reason = f"{seen.payment_intent}: {reason}"
    if reason in order.parked_reason:
        return
    facts = {"provider": payments.Provider.STRIPE, "provider_ref": seen.payment_intent, "amount": amount, "now": now}
    if amount.currency == order.currency:
        payments.receive(order, **facts)
    else:
        reason = _keep_apart(order, reason, facts)
    payments.park(order, reason=reason, hold=order.state in MAY_PARK)
    audit.record(by=None, verb="parked", subject=order, now=now, note=reason)
