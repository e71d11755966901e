"""Placing orders: the last button of registering, pressed by many people at once."""

import re

from sqlalchemy import func, select

from bench import asking
from conference.kernel import db
from conference.payments import Order

REVIEW = "/meetings/AM28/register/review"
CONNECTIONS = 8
TOTAL = re.compile(r'name="total" value="(\d+)"')
HOW = (
    "real POSTs of the review page by different signed-in people over 8 kept connections (wrk) to gunicorn, 2 workers of 4"
    " threads, PostgreSQL with fsync: sign-in read, price quoted and frozen, order and line written, place claimed, audit"
    " written, committed, 303. All come from this machine, so the limit for one network is off. Orders are counted in the database. The call to Stripe that follows is left out"
)


def placed(site):
    """Orders a second."""
    share = len(site.buyers) // asking.TIMES
    body = f"total={TOTAL.search(asking.get(site.url, REVIEW, cookie=site.buyers[-1])[1])[1]}"
    shares = iter([site.buyers[number * share : (number + 1) * share] for number in range(asking.TIMES)])
    run, rates = asking.best_of(lambda: press(site, next(shares), body))
    figure = {
        "figure": "orders_placed",
        "value": max(rates),
        "unit": "1/s",
        "goal": ">= 120",
        "how": HOW,
        "runs": rates,
    }
    yield {**figure, "web_cpu_ms": run["web_cpu_ms"], "database_cpu_ms": run["database_cpu_ms"]}
    yield {"figure": "orders_placed_p95", "value": run["p95_ms"], "unit": "ms", "goal": "", "how": "of the best run"}


def press(site, cookies, body, *, seconds=4):
    """What wrk says of so many seconds of it, with the orders that were written and what they cost the processors."""
    file = site.folder / "cookies"
    file.write_text("\n".join(cookies))
    before, used = _count(site), site.processor_seconds()
    run = asking.many(site.url + REVIEW, connections=CONNECTIONS, seconds=seconds, cookies=file, body=body)
    written = _count(site) - before
    if run["bad"] or abs(written - run["requests"]) > 2 * CONNECTIONS:  # those under way at the end
        raise RuntimeError(f"{written} orders of {run['requests']} requests, {run['bad']} bad answers")
    web, database = (
        round((after - earlier) * 1000 / written, 1)
        for after, earlier in zip(site.processor_seconds(), used, strict=True)
    )
    return {**run, "requests": written, "web_cpu_ms": web, "database_cpu_ms": database}


def _count(site):
    with site.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Order))
