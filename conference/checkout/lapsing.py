"""The end of an order that nobody pays: its places are free again, and what had come of its price goes back or to staff."""

from flask_babel import gettext as _

from conference import audit, payments, registration
from conference.checkout import dunning, mails
from conference.checkout.queries import standing
from conference.payments import OrderState

WAITING = (OrderState.OPEN, OrderState.ONGOING)


def lapse_if_due(order_id, *, now, at_once=False):
    """The order, its places given back if it is unpaid and its time is over, or `at_once`: only after its payment page is closed."""
    order = payments.locked(order_id)
    if at_once and order.state == OrderState.OPEN:
        give_up(order, now)
    else:
        lapse_when_due(order, now)
    return order


def lapse_when_due(order, now):
    """A locked order that waits for nothing any more: over, with a letter when it has lapsed."""
    if order.state != OrderState.OPEN or not is_over(order, now):
        return
    end(order, now)
    if order.state == OrderState.LAPSED:
        mails.lapsed(order, now=now)


def is_over(order, now):
    """Whether its time is over: dunning makes it longer, and so does a payment that a second person has not decided about."""
    return order.expires_at <= now and not dunning.holds(order, now=now) and not payments.marks.is_waiting(order)


def end(order, now):
    """An open order whose time is over: one that is paid in part is for staff to decide, as what is missing may be a bank's fee."""
    if payments.owed(order).minor > 0:
        reason = _("paid in part when its time was over")
        payments.park(order, reason=reason)
        audit.record(by=None, verb="parked", subject=order, now=now, note=reason)
    else:
        give_up(order, now)


def give_up(order, now):
    """A locked order that nobody pays: its places are free, and what had come of its price goes back."""
    release_places(order)
    payments.lapse(order)
    came = payments.owed(order)
    if came.minor > 0:
        payments.promise_refund(order=order, amount=came, reason=_("given back before it was paid whole"), now=now)
    audit.record(by=None, verb="lapsed", subject=order, now=now)


def release_places(order):
    """Give the places back that the order's registration holds, unless a later order of the person holds them by now."""
    registration.allotments.lock_those_of(order.lines)
    change = registration.changes.change_of(order.id)
    if change is not None:
        registration.changes.let_go(change)
        return
    mine = [line for line in standing(order) if line.kind == "registration" and not held_by_another(order, line)]
    registration.release(*(registration.by_id(line.reference) for line in mine))


def held_by_another(order, line):
    """Whether another unsettled order holds the places that a registration line is about; a change waits without holding its heir's."""
    others = payments.orders_with_line("registration", line.reference)
    waiting = [each for each in others if each.id != order.id and each.state in WAITING and not _changes(each)]
    return any(
        (sold.kind, sold.reference) == ("registration", line.reference) for each in waiting for sold in standing(each)
    )


def _changes(order):
    return registration.changes.change_of(order.id) is not None
