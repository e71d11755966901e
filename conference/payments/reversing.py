"""Money that was said to have come, and is not there: its payment is taken out of the account again by a booking against it."""

from flask_babel import gettext as _
from sqlalchemy import select

from conference.kernel import Refusal, db
from conference.payments.models import REVERSED, Refund
from conference.payments.recount import to_be_checked
from conference.payments.refunds import book, call_off, claim
from conference.payments.rules import RefundState, without_notes


def reverse(order, payment, *, reason, by, now):
    """Take a payment out of a locked order's account, as its money is not there, by a booking against it; the Refund.

    What was still to be sent back of it is not: that money is not there either. Refusal when part of it was sent back before.
    """
    call_off(payment, reason=reason, now=now)
    db.session.refresh(payment)
    if payment.refunded_minor or not claim(payment, payment.amount_minor):
        raise Refusal(_("Part of this money was sent back before, so it cannot be taken out whole."))
    refund = Refund(
        order_id=order.id,
        payment_id=payment.id,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        reason=reason,
        requested_by=by.id if by else None,
        requested_at=now,
        due_at=now,
        state=RefundState.SUCCEEDED,
        provider_ref=f"{REVERSED}{payment.provider_ref}",
    )
    db.session.add(refund)
    db.session.flush()
    to_be_checked(order.id)
    book(order, refund, now)
    return refund


def forget(order):
    """A locked order lacks no money any more: what was noted when its money turned out not to be there goes, every other note stays."""
    mine = select(Refund.reason).where(
        Refund.order_id == order.id, Refund.provider_ref.startswith(REVERSED, autoescape=True)
    )
    order.parked_reason = without_notes(order.parked_reason, db.session.scalars(mine.order_by(Refund.id)))
