"""Closing a month of a hundred thousand orders, sold, paid and half of them seen in Stripe's balance."""

import time

from bench import hundred_thousand
from bench.hundred_thousand import ORDERS
from conference import books
from conference.kernel import clock, transaction

TIMES = 3
HOW = (
    f"books.close in one process on PostgreSQL: {ORDERS} orders of one month, each paid, sold and invoiced with tax, one in fifty taken back, every second by card with a row of Stripe's"
    f" balance that has a fee; every line posted, summed and put into the digest, then kept; best of {TIMES}, opened again in between"
)


def month_close(site):
    """Seconds for closing the month."""
    with site.app.app_context():
        now = clock.now()
        month = books.period(books.month_of(now)).before
        person = hundred_thousand.filled(books.period(month))
        runs = [_close(month, person, now) for _number in range(TIMES)]
        lines = books.history(month)[0].line_count
    yield {
        "figure": "close",
        "value": min(runs),
        "unit": "s",
        "goal": "<= 10",
        "how": f"{HOW}; {lines} lines",
        "runs": runs,
    }


def _close(month, person, now):
    if books.closures():
        with transaction():
            books.reopen(month, why="measured again", by=person, now=now)
    begun = time.perf_counter()
    with transaction():
        books.close(month, by=person, now=now)
    return round(time.perf_counter() - begun, 2)
