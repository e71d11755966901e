"""Money carried from one order to another: what a changed registration has cost already pays for what it costs now.

An order may have lines of kind `credit`: negative amounts, each for money that a line of an earlier order had brought. When it is
settled, that money leaves the earlier account and stands on its own; when it goes back to people, it goes back the same way.
"""

from flask_babel import gettext as _
from sqlalchemy import func, select

from conference.kernel import Money, db
from conference.payments import ledger
from conference.payments.models import Line, Order
from conference.payments.queries import locked, order_by_id
from conference.payments.refunds import RefundRefused, promise_refund, refundable
from conference.payments.rules import CREDIT, EntryKind, NewLine, OrderState


def credit_line(line, amount):
    """The line by which `amount` of an ended `line` pays in another order."""
    why = (_("Paid before, for: %(title)s", title=line.title),)
    return NewLine(CREDIT, line.id, _("Paid already"), -amount, why, {"order": line.order_id})


def carried_from(order):
    """[(reference of the order in which it pays now, Money)] of what was paid for ended lines of an order, oldest first."""
    ours = select(Line.id).where(Line.order_id == order.id)
    statement = select(Order.ref, -func.sum(Line.amount_minor)).join(Order, Line.order_id == Order.id)
    statement = statement.where(Line.kind == CREDIT, Line.reference.in_(ours), Order.state == OrderState.PAID)
    rows = db.session.execute(statement.group_by(Order.id, Order.ref).order_by(Order.id))
    return [(ref, Money(int(minor), order.currency)) for ref, minor in rows]


def paid_through(order, *, find=order_by_id):
    """Orders whose payments have paid for an order: itself, then those its credits came from, nearest first."""
    found, queue = {order.id: order}, [order]
    while queue:
        for line in queue.pop(0).lines:
            if line.kind == CREDIT and line.rule["order"] not in found:
                found[line.rule["order"]] = earlier = find(line.rule["order"])
                queue.append(earlier)
    return list(found.values())


def send_back(*, order, amount, reason, now, by=None):
    """Promise to send `amount` back to the payments that brought it, the order's own first; the refunds.

    RefundRefused, and nothing is changed, when more would go back than came. Orders are locked from the newest to the oldest.
    """
    rest, written = amount, []
    for source in paid_through(order, find=locked):
        part = min(rest, refundable(source))
        if part.minor > 0:
            refunds = promise_refund(order=source, amount=part, reason=reason, now=now, by=by)
            if source.id != order.id:
                _carry_back(order, source, refunds, now, by)
            written, rest = written + refunds, rest - part
    if rest:
        raise RefundRefused(_("That is more than was paid and not yet refunded"), field="amount")
    return written


def returnable(order):
    """What could still be sent back of an order, over everything that has paid for it."""
    return Money.total([refundable(each) for each in paid_through(order)], order.currency)


def returnable_lines(order):
    """The lines of an order that can still be taken back; what was paid before goes back with the line that it paid for."""
    return [line for line in order.lines if not line.ended_at and line.kind != CREDIT]


def _carry_back(order, source, refunds, now, by):
    for refund in refunds:
        facts = {"kind": EntryKind.TRANSFER, "now": now, "by": by, "why": refund.reason}
        ledger.book(order, amount=-refund.amount, source=f"back:{refund.id}:out", **facts)
        ledger.book(source, amount=refund.amount, source=f"back:{refund.id}:home", **facts)
