"""Placing orders while a code is used by everybody and a waiting list moves: the same last button, with more behind it."""

from bench import asking, filling, orders
from conference import meetings, registration
from conference.kernel import clock, db, transaction
from conference.registration import Effect, Pool

BUYERS, TIMES, SECONDS = 1200, 2, 3
EVERY = 4  # so often a buyer takes a place that the list has offered
STILL_WAITING = 50
HOW = (
    "as orders_placed, by buyers who all use one code of limited uses; every fourth takes a place of a workshop that the waiting list has"
    " offered, while fifty others wait for it"
)


def orders_in_play(site):
    """Orders a second."""
    with site.app.app_context():
        cookies = buyers(site.app)
    body = f"total={orders.TOTAL.search(asking.get(site.url, orders.REVIEW, cookie=cookies[-1])[1])[1]}"
    shares = iter([cookies[number::TIMES] for number in range(TIMES)])
    run, rates = asking.best_of(lambda: orders.press(site, next(shares), body, seconds=SECONDS), times=TIMES)
    figure = {
        "figure": "orders_with_codes_and_waiting",
        "value": max(rates),
        "unit": "1/s",
        "goal": ">= 80",
        "how": HOW,
    }
    yield {**figure, "runs": rates, "web_cpu_ms": run["web_cpu_ms"], "database_cpu_ms": run["database_cpu_ms"]}


def buyers(app):
    """Cookies of people before the last button, with a code in each draft; every fourth is offered the tour, which is free."""
    now = clock.now()
    with transaction():
        meeting = meetings.by_code(filling.MEETING)
        facts = (meeting, registration.category_by_code(meeting, "full"), registration.conduct_code_of(meeting))
        registration.add_code(
            meeting, code="BENCH", effect=Effect.PERCENT, percent=50, reason="Measured", most_uses=9 * BUYERS
        )
        tour = registration.offer_add_on(meeting, code="tour", title="Tour", amount_minor=0, places=0)
    with transaction():
        made = [filling.buyer(app, number, *facts, now) for number in range(10_000, 10_000 + BUYERS + STILL_WAITING)]
        _use_code_and_wait([draft for draft, _cookie in made], tour, now)
    with transaction():
        registration.resize(db.session.get(Pool, tour.pool_id), places=BUYERS // EVERY, by=None, now=now)
        while registration.waiting.offer_next(tour.pool_id, now=now):
            pass
    return [cookie for _draft, cookie in made[:BUYERS]]


def _use_code_and_wait(drafts, tour, now):
    for number, draft in enumerate(drafts):
        registration.redeem(draft, "BENCH")
        if number % EVERY == 0 or number >= BUYERS:
            draft.wanted = ["tour"]
            registration.waiting.join(draft, add_on=tour, now=now)
