"""Taking a registration back that the office has made a moment ago: booked the other way round, as long as nothing was built on it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference import audit, payments, registration
from conference.checkout.changing.sold import orders_about
from conference.checkout.refunding import end_lines_and_refund, price_of
from conference.checkout.settling import lapse_if_due
from conference.kernel import Refusal, named_by_others
from conference.payments import Order, OrderState
from conference.registration import Registration, State

_MOVED_ON = _l("This order has moved on meanwhile. Look at it again.")
# What a registration is made of from the first moment on.
_OWN = ("registration_place", "registration_booking", "registration_provision")


def built_on(entry, order, *, at, beside=()):
    """Why a registration that was made at `at` by `order` cannot simply be taken back any more, in words, or None.

    Rows of the tables `beside` are not minded: whoever asks has made them in the same moment.
    """
    if entry.state != {OrderState.PAID: State.CONFIRMED, OrderState.OPEN: State.HELD}.get(order.state):
        return _("It has moved on since.")
    if order.attempt or (order.settled_at and order.settled_at > at):
        return _("A payment was begun or has come since.")
    if len(orders_about(entry)) > 1 and orders_about(entry)[0].id != order.id:
        return _("It was changed since.")
    later = audit.changed_since(Registration, [entry.id], at) | audit.changed_since(Order, [order.id], at)
    if later or named_by_others(Registration.id, [entry.id], beside=(*_OWN, *beside)):
        return _("Something was done with it since: look at its story.")
    return None


def take_back(order_id, *, reason, by, now):
    """Everything that an order of the office gave is taken back and its money goes back; an unpaid one lapses. Refusal otherwise."""
    order = payments.locked(order_id)
    if order.state == OrderState.OPEN:
        lapse_if_due(order_id, now=now, at_once=True)
        audit.record(by=by, verb="cancelled", subject=order, now=now, note=reason)
    elif order.state == OrderState.PAID:
        _refuse_unless_whole(order)
        amount, lines = price_of(order.lines, order.currency), [line.id for line in order.lines]
        end_lines_and_refund(order_id=order_id, line_ids=lines, amount=amount, reason=reason, by=by, now=now)
    else:
        raise Refusal(_MOVED_ON)
    for entry_id in (line.reference for line in order.lines if line.kind == "registration"):
        audit.record(by=by, verb="undid the walk-in", subject=registration.by_id(entry_id), now=now)


def _refuse_unless_whole(order):
    """What was changed, ended or paid out of an earlier order is more than a slip."""
    if len(payments.returnable_lines(order)) != len(order.lines) or payments.refundable(order) != order.total:
        raise Refusal(_MOVED_ON)
