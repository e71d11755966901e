"""Fetching Stripe's balance and payouts, so that what was missed is found the next time."""

import logging
from datetime import timedelta

from flask import current_app

from conference import jobs
from conference.kernel import clock, end_read, transaction
from conference.payments import gateway
from conference.payments.payouts import asking, fetching, tying

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
FIRST = timedelta(days=90)  # so far back at the very first time
OVERLAP = timedelta(days=7)  # rows may be shown late; those that are known already are left out
MOST = 20_000  # rows at once; the rest comes the next time
FETCHED = "stripe-balance-fetched"  # when this process last did it, kept with the application


def fetch_when_due():
    """Fetch, unless it was done within the hour; how many rows were tied."""
    last = current_app.extensions.get(FETCHED)
    return fetch() if last is None or clock.now() - last >= EVERY else 0


def fetch():
    """Keep what Stripe's balance and payouts show by now, and tie it; how many rows were tied."""
    now = clock.now()
    try:
        _fetch_rows(now)
        _fetch_payouts(now)
    except gateway.Unreachable as error:
        jobs.trouble(f"Stripe's balance could not be read: {type(error).__name__}: {error.user_message or error}")
        return 0
    current_app.extensions[FETCHED] = now
    with transaction():
        return tying.tie_open_rows(now=now)


def _fetch_rows(now):
    newest = fetching.newest_row()
    end_read()  # the calls to Stripe stand between two transactions
    seen = asking.rows_since((newest - OVERLAP) if newest else now - FIRST, MOST)
    with transaction():
        fetching.keep_rows(seen[::-1])


def _fetch_payouts(now):
    for seen in asking.payouts_since(now - FIRST, MOST)[::-1]:
        with transaction():
            payout = fetching.keep_payout(seen)
        if seen.is_itemised and payout.itemised_at is None:
            _fetch_payout(payout, now)


def _fetch_payout(payout, now):
    rows = asking.rows_of(payout.payout_id)
    with transaction():
        fetching.keep_itemised(payout, rows[::-1], now=now)
