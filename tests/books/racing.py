"""What the racing processes run: one books into a month, the other closes it meanwhile."""

import time

from conference import books, people
from conference.books import closing
from conference.kernel import Refusal, db, transaction
from tests.books.telling import at, sold
from tests.checkout import racing

SLOW = 1.5  # seconds for which a booking is written and not committed


def book_and_close(settings, share):
    """[(share, what came of it)]: "book" sells in September, "close" closes September before that is committed."""
    with racing.application(settings).app_context():
        return [(share, _book() if share == "book" else _close())]


def without_waiting(settings, share):
    """As `book_and_close`, with closing waiting for nobody."""
    closing._stop_writers = lambda: None
    return book_and_close(settings, share)


def _book():
    with transaction():
        sold(people.by_email("ada@example.org"), None, 700, at("2026-09-20 12:00"))
        db.session.flush()
        racing._together()
        time.sleep(SLOW)
    return "booked"


def _close():
    racing._together()
    try:
        with transaction():
            books.close("2026-09", by=None, now=at("2026-12-05 12:00"))
    except Refusal:
        return "refused"
    return "closed"
