"""All books recounted, with a hundred thousand orders in them, as `flask ledger check` does it."""

import time
from datetime import timedelta

from bench import hundred_thousand
from bench.hundred_thousand import FIRST, ORDERS
from bench.made_documents import CANCELLED
from conference import books, payments, people
from conference.checkout.cli import PARTS
from conference.kernel import clock, db, transaction


def everything(site):
    """Seconds of the whole check, and of each part of it."""
    with site.app.app_context():
        hundred_thousand.filled(books.period(books.month_of(clock.now() - timedelta(days=62))))
        _close()
        used = time.process_time()
        taken = {part.__module__.removeprefix("conference."): _seconds(part) for part in PARTS}
    how = (
        f"`flask ledger check` in one process on PostgreSQL: {ORDERS} orders with their lines, payments, entries, invoices with tax and what names"
        f" them, {ORDERS // CANCELLED} of them credited; half of them in rows of Stripe's balance with their payouts, half in lines of a bank; their"
        " month closed and posted again; places"
    )
    value = round(sum(taken.values()), 2)
    figure = {"figure": "recount", "value": value, "unit": "s", "goal": "<= 60", "how": how, "parts": taken}
    yield {**figure, "processor_s": round(time.process_time() - used, 2)}


def _seconds(part):
    """How long a part of the check takes; RuntimeError when it finds anything."""
    db.session.rollback()
    begun = time.perf_counter()
    found = part()
    if found:
        raise RuntimeError(found[0])
    return round(time.perf_counter() - begun, 2)


def _close():
    """The month of the orders is closed, so that what it held is worked out once more."""
    month = books.month_of(payments.order_by_id(FIRST).placed_at)
    if month not in {each.month for each in books.closures()}:
        with transaction():
            books.close(month, by=people.by_email("made@example.org"), now=clock.now())
