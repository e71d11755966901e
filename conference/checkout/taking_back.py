"""Taking one registration back that the office has made: booked the other way round, the money by the way that it came."""

from flask_babel import lazy_gettext as _l

from conference import audit, payments, registration
from conference.checkout.lapsing import lapse_if_due
from conference.checkout.refunding import end_lines_and_refund, price_of
from conference.kernel import Refusal
from conference.payments import OrderState

_MOVED_ON = _l("This order has moved on meanwhile. Look at it again.")


def take_back(order_id, *, reason, by, now):
    """Everything that an order of the office gave is taken back and its money goes back; an unpaid one lapses. Refusal otherwise.

    Whether anything was built on it is asked before (`touched_since`). Many at once are taken back by `undo_import`.
    """
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
