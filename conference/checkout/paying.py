"""The way to the payment page: a call to Stripe between two transactions."""

from datetime import timedelta

from conference import accounts, payments
from conference.checkout.placing import LONGEST_HOLD
from conference.checkout.settling import settle
from conference.kernel import clock, transaction
from conference.payments import OrderState, gateway
from conference.web import absolute_url

FRESH = timedelta(seconds=30)


def payment_page(order, *, email, locale):
    """The address where an open order is paid, or None when it is not open any more.

    Raises gateway.Unreachable, and accounts.TooMany when the person has had the payment service asked too often.
    A page that can still be paid is used again; another one is closed before a new one is opened, so that two tabs
    cannot pay twice.
    """
    if order.session_url and _was_just_open(order):
        return order.session_url
    if order.session_id:
        with transaction():
            claim_call(order)
        seen = gateway.look_up(order.session_id)
        if seen.status == "open" and order.session_url:
            with transaction():
                payments.mark_looked_at(order, now=clock.now())
            return order.session_url
        if seen.status == "open":  # what it asks for is not what is due any more
            gateway.close_page(order.session_id)
            seen = gateway.look_up(order.session_id)
        with transaction():
            order = settle(order.id, seen, now=clock.now())
        if order.state != OrderState.OPEN:
            return None
    return _new_page(order, email, locale)


def close_and_look(order):
    """Close the order's payment page if it has one, and settle what Stripe then says. Raises gateway.Unreachable."""
    if not order.session_id:
        return
    gateway.close_page(order.session_id)
    seen = gateway.look_up(order.session_id)
    with transaction():
        settle(order.id, seen, now=clock.now())


def claim_call(order):
    """Count one more call to the payment service for the order's person; TooMany beyond the limit. In a transaction."""
    accounts.claim("payment-service", order.person_id, now=clock.now())


def _was_just_open(order):
    """Whether Stripe said so a moment ago: a double click, or going back and forth, asks nothing."""
    return order.looked_at is not None and abs(clock.now() - order.looked_at) < FRESH


def _new_page(order, email, locale):
    until = clock.now() + gateway.SESSION_LIFE + gateway.SLACK
    with transaction():
        claim_call(order)
        if not payments.start_attempt(order, expires_at=until, longest=LONGEST_HOLD):
            return None
    paid, left = (absolute_url(page, ref=order.ref) for page in ("checkout.came_back", "checkout.order"))
    session_id, url = gateway.open_page(order, email=email, paid=paid, left=left, locale=locale)
    with transaction():
        kept = payments.remember_session(order, session_id=session_id, url=url, now=clock.now())
    if kept:
        return url
    gateway.close_page(session_id)
    return None
