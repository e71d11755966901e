"""What the second person says of an order that was marked as paid, or of a large amount that a bank line pays."""

from flask_babel import gettext as _

from conference import audit, payments
from conference.checkout import banking
from conference.checkout.settling import settle_paid_by_hand
from conference.kernel import Refusal
from conference.payments import marks


def approve(found, *, note, by, now):
    """The second person says so too: the order is settled, or paid in part. Refusal when it does not wait, or not for this amount any more."""
    order = payments.locked(found.order_id)
    marks.decide(found, marks.MarkState.APPROVED, reason=note, by=by, now=now)
    if found.line_id is None and payments.missing(order) != found.amount:
        raise Refusal(_("Something else is due of this order by now. Decline it, and mark it anew."))
    audit.record(
        by=by, verb="approved a payment", subject=order, now=now, after={"amount": found.amount_minor}, note=note
    )
    if found.line_id is not None:
        return banking.match(found.line_id, order.id, amount=found.amount, by=by, now=now)
    facts = {"provider": payments.Provider(found.provider), "by": by, "now": now}
    return settle_paid_by_hand(order.id, reference=found.note, **facts)


def decline(found, *, note, by, now):
    """The second person says no: nothing is booked."""
    order = payments.locked(found.order_id)
    marks.decide(found, marks.MarkState.DECLINED, reason=note, by=by, now=now)
    audit.record(
        by=by, verb="declined a payment", subject=order, now=now, after={"amount": found.amount_minor}, note=note
    )
