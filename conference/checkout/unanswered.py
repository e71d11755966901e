"""What Stripe was asked to make and nobody knows whether it did: found by looking, kept or closed, never made twice."""

import logging
from datetime import timedelta

from conference import jobs, payments, people
from conference.kernel import clock, end_read, transaction
from conference.payments import CallKind, OrderState, calls, customers, gateway

log = logging.getLogger(__name__)

LATE = timedelta(minutes=5)  # a call that timed out here may still be worked on there; clocks differ a little


def look_for_answers():
    """Look at Stripe for everything that was asked for and never answered; how many were looked for."""
    done = 0
    while not gateway.is_paused() and (call := _claim()) is not None:
        try:
            {CallKind.PAGE: _look_for_page, CallKind.CUSTOMER: _look_for_customer}[CallKind(call.kind)](call)
        except gateway.Unreachable as error:
            gateway.heed(error)
            jobs.trouble(f"call {call.key}: Stripe could not be asked: {gateway.words_of(error)}")
        done += 1
    return done


def _claim():
    with transaction():
        return calls.claim_unknown(clock.now())


def _look_for_page(call):
    """A payment page that was made and that nobody was told of is kept for its order, or closed when that has gone on."""
    order = payments.order_by_id(call.subject)
    end_read()
    made = gateway.pages_opened(order.ref, since=call.asked_at - LATE, until=call.asked_at + LATE)
    strays = [page for page in made if page[0] != order.session_id]
    kept = bool(strays) and _keep(order, call, *strays[-1])
    for session_id, _url in strays[: -1 if kept else None]:
        gateway.close_page(session_id)
    with transaction():
        if strays:
            calls.answered(call.key, answer=strays[-1][0])
        else:
            calls.never_made(call.key)


def _keep(order, call, session_id, url):
    """Whether the page is the order's from now on: it waits, has none, and was not tried again since."""
    if (
        order.state != OrderState.OPEN
        or order.session_id
        or not call.key.startswith(f"order-{order.ref}-{order.attempt}-")
    ):
        return False
    with transaction():
        return payments.remember_session(order, session_id=session_id, url=url, now=clock.now())


def _look_for_customer(call):
    person = people.by_id(call.subject)
    end_read()
    found = customers.find_made(person, since=call.asked_at - LATE)
    with transaction():
        if found:
            calls.answered(call.key, answer=found)
            customers.keep(person.id, found, email="")
        else:
            calls.never_made(call.key)
