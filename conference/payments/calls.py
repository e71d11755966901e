"""What Stripe was asked to make: a row before each call, so that whatever becomes of the call, what is unknown is looked into."""

from datetime import timedelta

from sqlalchemy import func, select, update

from conference.kernel import claimed, db, insert_once
from conference.payments.stripe_client import is_kept, is_undone, words_of
from conference.payments.stripe_models import Call, CallKind, CallState

LEASE = timedelta(minutes=2)
WITHOUT_ANSWER = (CallState.ASKED, CallState.UNKNOWN)
LOOKED_INTO = (
    CallKind.PAGE,
    CallKind.CUSTOMER,
)  # the others have sweeps of their own, which look before they ask again


def ask(*, key, kind, subject, now):
    """Write down that Stripe is asked for something under an idempotency key; to be committed before it is."""
    values = {
        "key": key, "kind": str(kind), "subject": subject, "state": "asked", "asked_at": now, "due_at": now + LEASE,
        "tries": 1, "answer": "", "error": "", "is_spent": False,
    }  # fmt: skip
    if not insert_once(Call.__table__, values):
        again = update(Call).where(Call.key == key, Call.state != CallState.ANSWERED)
        claimed(again.values(state=str(CallState.ASKED), tries=Call.tries + 1, due_at=now + LEASE))


def answered(key, *, answer):
    """Stripe has made it: `answer` is its id there."""
    claimed(update(Call).where(Call.key == key).values(state=str(CallState.ANSWERED), answer=answer, error=""))


def failed(key, error, *, now):
    """It was refused, or nobody knows whether it was made: what an error of the client says."""
    state = CallState.REFUSED if is_undone(error) else CallState.UNKNOWN
    open_still = update(Call).where(Call.key == key, Call.state != CallState.ANSWERED)
    values = {"state": str(state), "error": words_of(error)[:1000], "due_at": now + LEASE, "is_spent": is_kept(error)}
    claimed(open_still.values(**values))


def never_made(key):
    """It was looked for at Stripe, and is not there."""
    claimed(update(Call).where(Call.key == key, Call.state.in_(WITHOUT_ANSWER)).values(state=str(CallState.REFUSED)))


def latest_key(kind, subject):
    """The key of the last call of a kind for something, or an empty text."""
    statement = select(Call.key).where(Call.kind == kind, Call.subject == subject).order_by(Call.id.desc()).limit(1)
    return db.session.scalar(statement) or ""


def key_for(kind, subject, *, base):
    """The idempotency key to ask with: the same as before, but for one under which Stripe answers with its own fault for a day.

    Source: https://docs.stripe.com/api/idempotent_requests: a 500 is kept and repeated like any other answer.
    """
    spent = select(func.count()).where(Call.kind == kind, Call.subject == subject, Call.is_spent)
    count = db.session.scalar(spent)
    return f"{base}-{count}" if count else base


def claim_unknown(now):
    """Take one call that has no answer, for as long as looking for it may last; None when there is none."""
    due = (Call.state.in_(WITHOUT_ANSWER), Call.kind.in_(LOOKED_INTO), Call.due_at <= now)
    statement = select(Call).where(*due).order_by(Call.id).limit(1).with_for_update(skip_locked=True)
    call = db.session.scalar(statement.execution_options(populate_existing=True))
    if call is None:
        return None
    taken = update(Call).where(Call.id == call.id, Call.due_at == call.due_at, Call.state.in_(WITHOUT_ANSWER))
    return call if claimed(taken.values(due_at=now + LEASE)) else None


def all_calls():
    """An ordered SELECT of everything that Stripe was asked to make, newest first."""
    return select(Call).order_by(Call.id.desc())


def calls_without_answer():
    """An ordered SELECT of what nobody knows to have been made or refused, newest first."""
    return all_calls().where(Call.state.in_(WITHOUT_ANSWER))
