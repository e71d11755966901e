"""The list of orders searched, and all books recounted, with a hundred thousand orders in them."""

import time
from datetime import timedelta

from bench import asking, hundred_thousand
from bench.hundred_thousand import FIRST, ORDERS
from bench.made_documents import CANCELLED
from conference import books, payments, people
from conference.checkout.cli import PARTS
from conference.kernel import clock, db, transaction

EACH = 15
LETTERS = str.maketrans("0123456789", "ACDEFGHJKM")  # as the orders' references are made up
SEARCHES = {
    "name": lambda n: f"q=dupont{n * 16 + 3}",
    "two words": lambda n: f"q=novak+given{n}",
    "code": lambda n: "q=M" + str(FIRST + n * 1000).translate(LETTERS),
    "invoice": lambda n: f"q=MADE-{FIRST + n * 1000}",
    "purchase order": lambda n: f"q=po+{FIRST + n * 1000}",
    "amount": lambda n: f"q={400 + n}.{n:02}",
}


def searched_and_recounted(site):
    """Milliseconds of the list for each way of searching; seconds of the recount."""
    with site.app.app_context():
        hundred_thousand.filled(books.period(books.month_of(clock.now() - timedelta(days=62))))
    yield from (_searched(site, what, query) for what, query in SEARCHES.items())
    yield _recounted(site)


def _searched(site, what, query):
    paths = [f"/staff/orders?{query(number)}" for number in range(EACH)]
    asking.one_by_one(site.url, paths, cookie=site.finance_cookie)
    runs = [
        round(asking.percentile(asking.one_by_one(site.url, paths, cookie=site.finance_cookie), 0.95), 1)
        for _ in range(asking.TIMES)
    ]
    how = f"GET of the desk's list of {ORDERS} orders searched by {what}, {EACH} searches, p95"
    name = f"orders_by_{what.replace(' ', '_')}_p95"
    return {"figure": name, "value": min(runs), "unit": "ms", "goal": "<= 100", "how": how, "runs": runs}


def _recounted(site):
    with site.app.app_context():
        _close()
        taken = {part.__module__.removeprefix("conference."): _seconds(part) for part in PARTS}
    how = (
        f"`flask ledger check` in one process on PostgreSQL: {ORDERS} orders with their lines, payments, entries, invoices with tax and what names"
        f" them, {ORDERS // CANCELLED} of them credited; half of them in rows of Stripe's balance with their payouts, half in lines of a bank; their"
        " month closed and posted again; places"
    )
    value = round(sum(taken.values()), 2)
    return {"figure": "recount", "value": value, "unit": "s", "goal": "<= 60", "how": how, "parts": taken}


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
