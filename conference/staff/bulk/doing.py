"""Something done to many from outside of the desk's pages: begun as it would be shown, and carried out."""

from conference.kernel import transaction
from conference.staff.bulk import engine
from conference.staff.bulk.acts import ACTS
from conference.staff.listing import Listing


def begin_together(meeting, key, facts, args, *, by, now, due_at=None):
    """Begin the act of this key on the list that `args` (a MultiDict, as an address has it) means; the Bulk. In a transaction."""
    act, listed = ACTS[key], Listing(meeting, args, with_answers=False)
    plan = act.plan(listed, facts, now)
    how = {"by": by, "now": now, "due_at": due_at, "asked": listed.wish.filtering}
    return engine.begin(meeting, act, facts, plan, seen=plan.digest(act.key, facts), **how)


def do_what_is_due(now):
    """Do all that is due now, one registration after the other; to how many."""
    done = 0
    while engine.work_on_next(now):
        done += 1
    with transaction():
        engine.finish_over(now)
    return done
