"""Unpaid places that the office holds longer, or lets go."""

from flask_babel import gettext as _
from sqlalchemy import update

from conference import audit, payments
from conference.checkout import mails
from conference.checkout.lapsing import lapse_if_due
from conference.kernel import Refusal, claimed
from conference.payments import Order, OrderState


def hold_longer(order, *, until, by, now, letter=False):
    """Hold the places of an open order until a later instant; Refusal when it does not wait, or is held as long already."""
    later = update(Order).where(Order.id == order.id, Order.state == OrderState.OPEN, Order.expires_at < until)
    if until <= now or not claimed(later.values(expires_at=until)):
        raise Refusal(_("This order does not wait for a payment, or is held as long already."))
    before, after = ({"held until": each.isoformat(timespec="minutes")} for each in (order.expires_at, until))
    audit.record(by=by, verb="held longer", subject=order, now=now, before=before, after=after)
    if letter:
        mails.to_pay_again(payments.locked(order.id), now=now)


def let_go(order_id, *, by, now):
    """Give the places of an unpaid order back and tell its person; Refusal when it was paid meanwhile.

    Its payment page is to be closed before, so that no money can still come by it (`close_and_look`).
    """
    order = payments.locked(order_id)
    if order.state != OrderState.OPEN:
        raise Refusal(_("This order does not wait for a payment any more."))
    order = lapse_if_due(order_id, now=now, at_once=True)
    audit.record(by=by, verb="cancelled", subject=order, now=now)
    mails.lapsed(order, now=now)
