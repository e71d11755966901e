"""Carrying refunds to Stripe."""

from conference import jobs
from conference.kernel import clock, db, end_read, transaction
from conference.payments import gateway, payouts, refunds
from conference.payments.documents import jobs as document_jobs
from conference.payments.models import Payment

__all__ = ["document_jobs", "send_refunds"]


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
    end_read()  # the call to Stripe stands between two transactions
    try:
        seen = _made_before(refund, payment_ref) or gateway.refund(refund, payment_ref)
    except gateway.Unreachable as error:
        jobs.trouble(f"refund {refund.ref}: Stripe did not take it: {type(error).__name__}")
        with transaction():
            refunds.put_off(refund.id, failure=str(error.user_message or type(error).__name__), now=clock.now())
        return
    with transaction():
        refunds.accepted(refund.id, seen, now=clock.now())


def _made_before(refund, payment_ref):
    """`attempts` is what it was before this try: after a first one, Stripe may have done it and only the answer was lost."""
    return gateway.refund_made(refund, payment_ref) if refund.attempts else None


@jobs.job("balance")
def read_balance():
    """Read what Stripe's balance and payouts show, once an hour; how many rows were tied to something of ours."""
    return payouts.fetch_when_due()
