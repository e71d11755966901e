"""Carrying refunds to Stripe, and finding those that were made there."""

from datetime import timedelta

from conference import jobs
from conference.kernel import clock, db, end_read, transaction
from conference.payments import calls, gateway, payouts, refunds
from conference.payments.documents import jobs as document_jobs
from conference.payments.looking import look_when_due
from conference.payments.models import Payment
from conference.payments.stripe_models import CallKind

LOOK_FOR_REFUNDS = timedelta(hours=1)
LOOKED_FOR = "stripe-refunds-listed"  # when this process last listed refunds, kept with the application

__all__ = ["document_jobs", "send_refunds"]


@jobs.job("refunds")
def send_refunds():
    """Ask Stripe for every refund that waits; how many were asked for."""
    done = 0
    while not gateway.is_paused() and (claimed := _claim()) is not None:
        _send(*claimed)
        done += 1
    return done


@jobs.job("refunds-at-stripe")
def find_refunds():
    """Book what was refunded at Stripe itself, also when no message of it came: a month back at the start, then two days; how many were seen."""
    now = clock.now()

    def listed(is_first):
        return gateway.refunds_since(now - timedelta(days=30 if is_first else 2))

    found = look_when_due(LOOKED_FOR, LOOK_FOR_REFUNDS, listed, what="Stripe's refunds") or []
    news = [seen for seen in found if refunds.is_news(seen)]
    jobs.each(news, lambda seen: refunds.note(seen, now=now), what="refunds at Stripe")
    return len(found)


def _claim():
    with transaction():
        refund = refunds.claim_due(clock.now())
        if refund is None:
            return None
        key = calls.key_for(CallKind.REFUND, refund.id, base=f"refund-{refund.ref}")
        calls.ask(key=key, kind=CallKind.REFUND, subject=refund.id, now=clock.now())
        return refund, key


def _send(refund, key):
    payment_ref = db.session.get(Payment, refund.payment_id).provider_ref
    end_read()  # the call to Stripe stands between two transactions
    try:
        seen = _made_before(refund, payment_ref) or gateway.refund(refund, payment_ref, key)
    except gateway.Unreachable as error:
        pause, told = gateway.heed(error), gateway.words_of(error)
        jobs.trouble(f"refund {refund.ref}: Stripe did not take it: {told}")
        with transaction():
            calls.failed(key, error, now=clock.now())
            refunds.put_off(refund.id, failure=told, now=clock.now(), pause=pause)
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
