"""Fetching Stripe's balance and payouts, so that what was missed is found the next time."""

from datetime import timedelta

from flask import current_app

from conference import jobs
from conference.kernel import clock, end_read, transaction
from conference.payments.catching_up import AHEAD, in_order
from conference.payments.looking import look_when_due
from conference.payments.payouts import asking, fetching, tying
from conference.payments.stripe_client import Unreachable, is_forbidden, words_of

EVERY = timedelta(hours=1)
FIRST = timedelta(days=90)  # so far back at the very first time
OVERLAP = timedelta(days=7)  # rows may be shown late; those that are known already are left out
MOST = 20_000  # rows that are held at once, and kept together
FETCHED = "stripe-balance-fetched"  # when this process last did it, kept with the application


def fetch_when_due():
    """Keep what Stripe's balance and payouts show by now, and tie it, unless it was done within the hour; how many rows were tied."""
    return look_when_due(FETCHED, EVERY, _fetch, what="Stripe's balance") or 0


def tie_all():
    """Look at every open row, some in one transaction, so that those that are never tied keep no other one back; how many were tied."""
    done, last = 0, 0
    while last is not None:
        with transaction():
            tied, last = tying.tie_open_rows(now=clock.now(), after=last)
            done += tied
    return done


def fetch():
    """The same now, whenever it was done last."""
    current_app.extensions.pop(FETCHED, None)
    return fetch_when_due()


def _fetch(_is_first):
    now = clock.now()
    try:
        _fetch_rows(now)
        _fetch_payouts_if_allowed(now)
    except Unreachable:
        _tie_known()  # Stripe may allow the one and refuse the other: what was kept until then is tied
        raise
    return _tie_known()


def _tie_known():
    """How many rows were tied, whatever became of the fetch."""
    with transaction():
        jobs.soon("statements")  # a payout may be what a line of the bank waits for
    return tie_all()


def _fetch_rows(now):
    """All of them before any payout: the rows of a payout are newer, and by the newest row it is known where to go on."""
    newest = fetching.newest_row()
    end_read()  # the calls to Stripe stand between two transactions
    since = (newest - OVERLAP) if newest else now - FIRST
    times = (int(each.timestamp()) for each in (since, now + AHEAD))
    for seen in in_order(asking.rows_between, *times, most=MOST):
        with transaction():
            fetching.keep_rows(seen)


def _fetch_payouts_if_allowed(now):
    """A key without the permission is told of, and everything is asked again in an hour as ever."""
    try:
        _fetch_payouts(now)
    except Unreachable as error:
        if not is_forbidden(error):
            raise
        jobs.trouble(f"Stripe's payouts could not be listed: {words_of(error)}")


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
