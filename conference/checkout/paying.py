"""The way to the payment page: a call to Stripe between two transactions."""

import logging
from datetime import timedelta

from conference import accounts, payments, people
from conference.checkout.placing import LONGEST_HOLD
from conference.checkout.settling import settle
from conference.kernel import clock, transaction
from conference.payments import CallKind, OrderState, calls, customers, gateway
from conference.web import absolute_url

log = logging.getLogger(__name__)

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
        if payments.cards.charging.is_under_way(order.id):  # nobody pays by hand what a saved card pays just now
            return None
        claim_call(order)
        if not payments.start_attempt(order, expires_at=until, longest=LONGEST_HOLD):
            return None
    session_id, url, key = _open(order, email, locale)
    with transaction():
        calls.answered(key, answer=session_id)
        kept = payments.remember_session(order, session_id=session_id, url=url, now=clock.now())
    if kept:
        return url
    gateway.close_page(session_id)
    return None


def _open(order, email, locale):
    """(session id, address, idempotency key) of a new page; made once more without the customer whom Stripe has deleted."""
    try:
        return _ask_for_page(order, email, locale, _customer_of(order, email))
    except gateway.Unreachable as error:
        if not customers.forget_deleted(order.person_id, error):
            raise
    return _ask_for_page(order, email, locale, _customer_of(order, email))


def _customer_of(order, email):
    """Stripe's id of whoever has an account; empty for others, and when Stripe makes none just now: the page asks by address then."""
    person = people.by_id(order.person_id)
    if accounts.of_person(person) is None:
        return ""
    try:
        return customers.customer_of(person, email=email)
    except gateway.Unreachable as error:
        if customers.forget_deleted(person.id, error):
            return customers.customer_of(person, email=email)
        if gateway.is_away(error):
            raise
        log.warning("person %s: no customer at Stripe: %s", person.ref, gateway.words_of(error))
        return ""


def _ask_for_page(order, email, locale, customer):
    paid, left = (absolute_url(page, ref=order.ref) for page in ("checkout.came_back", "checkout.order"))
    wanted, key = gateway.page_wanted(order, paid=paid, left=left, locale=locale, email=email, customer=customer)
    with transaction():
        calls.ask(key=key, kind=CallKind.PAGE, subject=order.id, now=clock.now())
    try:
        return (*gateway.open_page(wanted, key), key)
    except gateway.Unreachable as error:
        with transaction():
            calls.failed(key, error, now=clock.now())
        raise
