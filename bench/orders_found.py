"""The list of orders searched, with a hundred thousand orders in it."""

from datetime import timedelta

from bench import asking, hundred_thousand
from bench.hundred_thousand import FIRST, ORDERS
from conference import books
from conference.kernel import clock

EACH = 15
SEARCHES = {
    "name": lambda n: f"q=dupont{n * 16 + 3}",
    "two words": lambda n: f"q=novak+given{n}",
    "code": lambda n: f"q={hundred_thousand.ref_of(FIRST + n * 1000)}",
    "invoice": lambda n: f"q=MADE-{FIRST + n * 1000}",
    "purchase order": lambda n: f"q=po+{FIRST + n * 1000}",
    "amount": lambda n: f"q={400 + n}.{n:02}",
}


def searched(site):
    """Milliseconds of the list for each way of searching."""
    with site.app.app_context():
        hundred_thousand.filled(books.period(books.month_of(clock.now() - timedelta(days=62))))
    yield from (_searched(site, what, query) for what, query in SEARCHES.items())


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
