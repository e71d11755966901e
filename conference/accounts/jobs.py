"""Forgetting what is over: counted tries, used codes, ended sign-ins."""

from typing import cast

from sqlalchemy import CursorResult, delete, exists, select

from conference import jobs
from conference.accounts import queries, rules
from conference.accounts.models import Throttle
from conference.kernel import clock, db, end_read, transaction


@jobs.job("accounts.purge")
def purge():
    """Delete rows whose time is over; how many."""
    now = clock.now()
    waiting = queries.accounts_waiting_to_be_purged(now)
    waiting[Throttle] = Throttle.window_start < now - 2 * rules.LONGEST_WINDOW
    # The database's one writer is not disturbed each minute for nothing.
    if not any(db.session.scalar(select(exists().where(clause))) for clause in waiting.values()):
        end_read()
        return 0
    with transaction():
        results = [db.session.execute(delete(table).where(clause)) for table, clause in waiting.items()]
        return sum(cast(CursorResult, result).rowcount for result in results)
