"""The sweeps that heal: Stripe's events taken up, unpaid orders looked at and let go, lost messages found."""

import logging
from contextlib import suppress
from datetime import timedelta

from conference import jobs, payments
from conference.checkout import bank_jobs, disputes, document_letters, member_prices, renewals, unanswered
from conference.checkout.dunning import jobs as dunning_jobs
from conference.checkout.lapsing import lapse_if_due
from conference.checkout.renewals import jobs as renewal_jobs
from conference.checkout.settling import settle
from conference.kernel import Refusal, clock, db, end_read, transaction
from conference.payments import Order, OrderState, cards, disputes_at_stripe, events, gateway, refunds

__all__ = ["bank_jobs", "document_letters", "dunning_jobs", "renewal_jobs"]

log = logging.getLogger(__name__)

LOOK_EVERY = {OrderState.OPEN: timedelta(minutes=3), OrderState.ONGOING: timedelta(hours=1)}
CATCH_UP_EVERY = timedelta(minutes=10)
DISPUTES_EVERY = timedelta(hours=1)
DISPUTES_LISTED = "stripe-disputes-listed"  # when this process last listed disputes
CAUGHT_UP = "stripe-caught-up"  # when this process last listed events, kept with the application


@jobs.job("stripe")
def act_on_events():
    """Act on every event that waits; how many."""
    done = 0
    while not gateway.is_paused() and (event := _claim_event()) is not None:
        _act(event)
        done += 1
    return done


@jobs.job("orders")
def look_at_orders():
    """Ask Stripe about orders that wait, and let go those whose time is over; how many."""
    keys = payments.due_for_a_look(clock.now(), every=LOOK_EVERY)
    end_read()
    for order_id in keys:
        if gateway.is_paused():
            break
        jobs.tried_apart(order_id, _look_at, what="orders that wait")
    return len(keys)


@jobs.job("catch-up")
def find_lost_events():
    """Note the events that Stripe has and we never got: three days back at the start, then the last hour."""
    now = clock.now()

    def listed(is_first):
        return gateway.events_since(now - (timedelta(days=3) if is_first else timedelta(hours=1)))

    found = payments.look_when_due(CAUGHT_UP, CATCH_UP_EVERY, listed, what="Stripe's events") or []
    with transaction():
        return sum(events.note_event(event_id=e, kind=k, object_id=o, now=now, api_version=v) for e, k, o, v in found)


@jobs.job("disputes")
def find_disputes():
    """Book every dispute that Stripe has and of which we know less: three months back at the start, then those of a month; how many were seen.

    Those that are still open here are looked at by themselves, however old they are.
    """
    now = clock.now()

    def listed(is_first):
        found = disputes_at_stripe.disputes_since(now - timedelta(days=90 if is_first else 30))
        there = {seen.dispute_id for seen in found}
        return found + disputes_at_stripe.still_there(ref for ref in payments.disputes.open_refs() if ref not in there)

    found = payments.look_when_due(DISPUTES_LISTED, DISPUTES_EVERY, listed, what="Stripe's disputes") or []
    news = [seen for seen in found if payments.disputes.is_news(seen)]
    jobs.each(news, lambda seen: disputes.note(seen, now=now), what="disputes")
    return len(found)


@jobs.job("calls")
def look_for_answers():
    """Look at Stripe for everything that was asked for and never answered; how many were looked for."""
    return unanswered.look_for_answers()


@jobs.job("member-prices")
def check_member_prices():
    """Credit those who joined in time, and deal with those who lapsed; how many. Each in a transaction of its own."""
    now = clock.now()
    waiting = [(member_prices.credit, key) for key in member_prices.joined_in_time(now)]
    waiting += [(member_prices.check, key) for key in member_prices.to_check(now)]
    end_read()
    return sum(jobs.tried_apart(key, _unless_refused(act, now), what="member prices") for act, key in waiting)


def _unless_refused(act, now):
    """The act in a transaction of its own; refused while another change of the registration waits, until the next sweep looks again."""

    def do(key):
        with suppress(Refusal), transaction():
            return act(key, now=now)

    return do


def _claim_event():
    with transaction():
        return events.claim_event(clock.now())


def _act(event):
    """Ask Stripe what is true now, rather than believe the message; then settle and mark it done in one transaction."""
    try:
        effect = _effect_of(event)
    except gateway.Unreachable as error:
        pause, told = gateway.heed(error), gateway.words_of(error)
        jobs.trouble(f"event {event.event_id}: Stripe could not be asked: {told}")
        with transaction():
            events.event_failed(event.id, error=told, now=clock.now(), pause=pause)
        return
    try:
        with transaction():
            effect(clock.now())
            events.event_done(event.id, now=clock.now())
    except Exception as error:
        log.exception("event %s could not be acted on", event.event_id)
        jobs.trouble(f"event {event.event_id} could not be acted on: {error!r}")
        with transaction():
            events.event_failed(event.id, error=repr(error), now=clock.now())


def _effect_of(event):
    """What an event asks for, as a function of the time, with Stripe's answer already in hand."""
    if event.type.startswith("checkout.session."):
        return _effect_of_page(event.object_id)
    if event.type == "payment_intent.succeeded":
        charge = cards.at_stripe.charge_seen(event.object_id)
        return lambda now: renewals.note(charge, now=now)
    if event.type.startswith("payment_method."):
        face = cards.at_stripe.face_of(event.object_id)
        return lambda now: renewals.looked_after(event.object_id, face, now=now)
    if event.type.startswith("refund."):
        refund = gateway.refund_seen(event.object_id)
        return lambda now: refunds.note(refund, now=now)
    if event.type.startswith("payout."):
        payments.payouts.fetch()
    if event.type.startswith("charge.dispute."):
        dispute = disputes_at_stripe.dispute_seen(event.object_id)
        return lambda now: disputes.note(dispute, now=now)
    return lambda now: None


def _effect_of_page(session_id):
    seen = gateway.look_up(session_id)
    if seen.mode == "setup":
        card = cards.at_stripe.page_seen(session_id)
        return lambda now: renewals.kept(card, now)
    return lambda now: _settle_seen(seen, now)


def _settle_seen(seen, now):
    order = payments.order_by_ref(seen.order_ref)
    if order is None:
        log.warning("session %s names no order of ours", seen.session_id)
        return
    settle(order.id, seen, now=now)


def _look_at(order_id):
    order = db.session.get(Order, order_id, populate_existing=True)
    session_id, over = order.session_id, order.expires_at <= clock.now()
    end_read()
    try:
        seen = _see(session_id, close=over and order.state == OrderState.OPEN)
    except gateway.Unreachable as error:
        gateway.heed(error)
        jobs.trouble(f"order {order.ref}: Stripe could not be asked: {gateway.words_of(error)}")
        return
    with transaction():
        if seen is not None:
            settle(order_id, seen, now=clock.now())
        if seen is None or seen.is_expired:
            lapse_if_due(order_id, now=clock.now())
        _looked(order_id)


def _see(session_id, *, close):
    """What Stripe says of the order's payment page, closed first when its time is over; None when it never had one."""
    if not session_id:
        return None
    if close:
        gateway.close_page(session_id)
    return gateway.look_up(session_id)


def _looked(order_id):
    order = db.session.get(Order, order_id)
    order.looked_at = clock.now()
