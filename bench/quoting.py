"""A quote: what ten things in one basket cost a person, and why."""

import statistics
import time

from conference import meetings, people, registration
from conference.kernel import clock, db, end_read, transaction

ADD_ONS, TIMES = 9, 300
HOW = (
    "registration.price_of in one process on PostgreSQL: a category and nine add-ons with a code; standing, policy, prices, add-ons"
    " and code read anew each time, priced, explained in words; the meeting, its windows, the category and the person are loaded, as"
    " in the request that asks; median of 300, each in a transaction of its own, as a page reads"
)


def ten_lines(site):
    """Milliseconds for a basket of ten lines."""
    with site.app.app_context():
        whose, wish, category = _basket()
        seconds = [_seconds(whose, wish, category) for _number in range(TIMES)]
        lines = len(registration.price_of(wish, category, "", **whose).lines)
    value = round(statistics.median(seconds) * 1000, 2)
    how = f"{HOW}; {lines} lines"
    yield {"figure": "quote_ten_lines", "value": value, "unit": "ms", "goal": "<= 5", "how": how}


def _basket():
    now = clock.now()
    with transaction():
        meeting = meetings.by_code("AM28")
        person = people.enter(
            email="quoted@example.org", given_name="Quoted", family_name="Example", country="US", now=now
        )
        codes = [_add_on(meeting, number) for number in range(ADD_ONS)]
        registration.add_code(meeting, code="QUOTED", effect="percent", percent=10, scope="all", reason="Bench")
    whose = {"meeting": meeting, "person": person, "now": now, "code": "QUOTED"}
    return whose, registration.Wish("full", extras=tuple(codes)), registration.category_by_code(meeting, "full")


def _add_on(meeting, number):
    code = f"quoted-{number}"
    registration.offer_add_on(meeting, code=code, title=f"Talk {number}", amount_minor=1000 + number, places=None)
    return code


def _seconds(whose, wish, category):
    """The request that asks has read these for its sign-in and its page already."""
    for row in (whose["meeting"], whose["person"], category, *whose["meeting"].windows):
        db.session.refresh(row)
    started = time.perf_counter()
    registration.price_of(wish, category, "", **whose)
    done = time.perf_counter() - started
    end_read()
    return done
