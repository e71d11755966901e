"""Forgetting visitors: stars that nobody has carried into an account go when the cookie behind them has ended."""

from datetime import timedelta

from sqlalchemy import delete, exists, select

from conference import jobs
from conference.kernel import clock, db, end_read, transaction
from conference.schedule.models import Itinerary, Star

# The cookie lives a year from the last star; a month of grace on top.
KEPT = timedelta(days=395)


@jobs.job("schedule.forget_visitors")
def forget_visitors():
    """Delete itineraries of visitors whose last star is longer ago than their cookie lives; how many."""
    over = clock.now() - KEPT
    starred_since = exists().where(Star.itinerary_id == Itinerary.id, Star.at >= over)
    forgotten = select(Itinerary.id).where(Itinerary.visitor.is_not(None), Itinerary.created_at < over, ~starred_since)
    # The database's one writer is not disturbed each minute for nothing.
    found = list(db.session.scalars(forgotten.limit(500)))
    end_read()
    if not found:
        return 0
    with transaction():
        db.session.execute(delete(Itinerary).where(Itinerary.id.in_(found)))
    return len(found)
