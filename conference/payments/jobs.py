"""Carrying refunds to Stripe."""

import logging

from conference import jobs
from conference.kernel import clock, db, transaction
from conference.payments import gateway, refunds
from conference.payments.models import Payment

log = logging.getLogger(__name__)


@jobs.job("refunds")
def send_refunds():
    """Ask Stripe for every refund that waits; how many were asked for."""
    done = 0
    while (refund := _claim()) is not None:
        _send(refund)
        done += 1
    return done


def _claim():
    with transaction():
        return refunds.claim_due(clock.now())


def _send(refund):
    payment_ref = db.session.get(Payment, refund.payment_id).provider_ref
    db.session.commit()  # the call to Stripe stands between two transactions
    try:
        provider_ref, state, failure = gateway.refund(refund, payment_ref)
    except gateway.Unreachable as error:
        log.warning("refund %s: %s", refund.ref, type(error).__name__)
        with transaction():
            refunds.put_off(refund.id, failure=str(error.user_message or type(error).__name__), now=clock.now())
        return
    with transaction():
        refunds.accepted(refund.id, provider_ref=provider_ref, state=state, failure=failure, now=clock.now())
