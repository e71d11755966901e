"""The programme's rounds: what is public next, prints that were ordered, and visitors whose stars nobody has carried into an account."""

from datetime import timedelta

from sqlalchemy import delete, exists, select

from conference import jobs
from conference.kernel import clock, db, end_read, transaction
from conference.schedule import preparing
from conference.schedule.models import Itinerary, Star
from conference.schedule.paper import ordering, printing, queries

# The cookie lives a year from the last star; a month of grace on top.
KEPT = timedelta(days=395)
KEPT_PRINTS = timedelta(days=30)  # of an earlier release


@jobs.job("schedule.prepare")
def prepare_openings():
    """Make files and entries of the search of what is public and of what is so next; remove entries that nobody asks any more; how many were made."""
    now = clock.now()
    preparing.forget(now)
    return preparing.prepare_all(now)


@jobs.job(ordering.JOB)
def print_papers():
    """Make every print that waits, first those that are online of an earlier release; remove old files; how many."""
    done = 0
    for row in queries.online_of_earlier_releases():
        with transaction():
            ordering.follow(row, now=clock.now())
    while (row := _next_print()) is not None:
        printing.carry_out(row)
        done += 1
    printing.remove_files(before=clock.now() - KEPT_PRINTS)
    return done


def _next_print():
    with transaction():
        return ordering.take_up(now=clock.now())


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
