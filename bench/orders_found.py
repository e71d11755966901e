"""The list of orders searched, and all books recounted, with a hundred thousand orders in them."""

import time
from datetime import timedelta

from bench import asking, hundred_thousand
from bench.hundred_thousand import FIRST, ORDERS
from conference import books
from conference.kernel import clock
from conference.payments import recount

EACH = 15
SEARCHES = {
    "name": lambda n: f"q=dupont{n * 16 + 3}",
    "two words": lambda n: f"q=novak+given{n}",
    "code": lambda n: f"q={hundred_thousand.ref_of(FIRST + n * 1000)}",
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
        begun = time.perf_counter()
        found = recount.differences()
        taken = round(time.perf_counter() - begun, 2)
    if found:
        raise RuntimeError(found[0])
    how = f"recount.differences of {ORDERS} orders with their lines, payments and entries, as `flask ledger check` does it"
    return {"figure": "recount", "value": taken, "unit": "s", "goal": "<= 60", "how": how}
