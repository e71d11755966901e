"""Forgetting answers that nobody gave who is known, once they prove nothing any more."""

from typing import cast

from sqlalchemy import CursorResult, delete

from conference import jobs
from conference.consent import queries
from conference.consent.models import Answer
from conference.consent.rules import PROOF_KEPT
from conference.kernel import clock, db, end_read, transaction


@jobs.job("consent.forget")
def forget():
    """Delete answers of visitors that are old; how many."""
    old = queries.keys_of_visitors_before(clock.now() - PROOF_KEPT)
    end_read()
    # The database's one writer is not disturbed each minute for nothing.
    if not old:
        return 0
    with transaction():
        return cast(CursorResult, db.session.execute(delete(Answer).where(Answer.id.in_(old)))).rowcount
