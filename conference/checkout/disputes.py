"""A payer's bank wants its money back: booked and told to finance; staff decide what becomes of the place."""

import logging

from flask_babel import gettext as _

from conference import audit, payments, people
from conference.checkout import dispute_mails
from conference.checkout.refunding import end_lines, locked_with_kin
from conference.kernel import Refusal
from conference.payments import PlaceDecision

log = logging.getLogger(__name__)


def note(seen, *, now):
    """Write down what Stripe is `seen` to say of a dispute, and write to finance when it is new or decided; the Dispute, or None when it is not ours."""
    found = payments.disputes.note(seen, now=now)
    if found is None:
        log.warning("dispute %s is of no payment of ours", seen.dispute_id)
        return None
    dispute, is_new = found
    order = payments.order_by_id(dispute.order_id)
    if is_new:
        audit.record(by=None, verb="was disputed", subject=order, now=now, note=dispute.provider_ref)
        dispute_mails.opened(dispute, order, now=now)
    elif dispute.closed_at == now:
        audit.record(by=None, verb="dispute was decided", subject=order, now=now, note=dispute.provider_ref)
        dispute_mails.closed(dispute, order, now=now)
    return dispute


def keep_place(dispute, *, why, by, now):
    """What was bought stays given, however the bank decides; Refusal when it was decided before."""
    order = payments.locked(dispute.order_id)
    payments.disputes.decide_place(dispute, place=PlaceDecision.KEPT, why=why, by=by, now=now)
    audit.record(by=by, verb="kept what is disputed", subject=order, now=now, note=why)
    payments.disputes.finish_if_decided(order, dispute, now=now)


def take_place_back(dispute, *, why, by, now):
    """Places and terms of the order end and the person is told why; no money goes back: the bank has it, or decides about it.

    Refusal, with nothing changed, when it was decided before, or when nothing of it stands in this order any more.
    """
    lines = standing_lines(payments.order_by_id(dispute.order_id))
    order = locked_with_kin(dispute.order_id, [line.id for line in lines])
    if not lines:
        raise Refusal(
            _(
                "Nothing of this order stands any more: what was bought stands in a later one, or has ended. Keep it, with that as the reason."
            )
        )
    payments.disputes.decide_place(dispute, place=PlaceDecision.TAKEN_BACK, why=why, by=by, now=now)
    ended = end_lines(order, [line.id for line in lines], by=by, now=now)
    audit.record(
        by=by,
        verb="took back what is disputed",
        subject=order,
        now=now,
        after={"lines": [line.title for line in ended]},
        note=why,
    )
    dispute_mails.taken_back(order, ended=ended, reason=why, now=now)
    payments.disputes.finish_if_decided(order, dispute, now=now)


def standing_lines(order):
    """The lines of an order that taking back what is disputed would end."""
    return payments.returnable_lines(order) if order.state == payments.OrderState.PAID else []


def person_of(dispute):
    """Who had placed the order whose payment is disputed."""
    return people.by_id(payments.order_by_id(dispute.order_id).person_id)
