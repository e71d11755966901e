"""The steps of a letter on its way: taken under a lease, then sent, put back or given up; each is one guarded update."""

import secrets

from flask_babel import gettext as _
from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import selectinload

from conference import audit, jobs
from conference.kernel import Refusal, claimed, db, new_ref
from conference.mail.models import Letter
from conference.mail.rules import LEASE, State, after_outage, next_try

_chance = secrets.SystemRandom().random


def take(*, now):
    """The longest waiting letter that is due, leased to us, or None. A lease that ran out (a killed worker) is due again."""
    lost = and_(Letter.state == State.SENDING, Letter.lease_until < now)
    due = and_(Letter.state == State.WAITING, Letter.due_at <= now)
    first = select(Letter.id).where(or_(due, lost)).order_by(Letter.due_at, Letter.id).limit(1)
    letter_id = db.session.scalar(first.with_for_update(skip_locked=True))
    if letter_id is None:
        return None
    _change(Letter.id == letter_id, state=State.SENDING, lease_until=now + LEASE)
    whole = select(Letter).where(Letter.id == letter_id).options(selectinload(Letter.enclosures))
    return db.session.scalar(whole.execution_options(populate_existing=True))


def sent(letter, *, now):
    """Remember that the server took it; a secret is not kept. False when the lease had gone to somebody else."""
    body = {"body": ""} if letter.is_secret else {}
    return _finish(letter, state=State.SENT, sent_at=now, attempts=letter.attempts + 1, last_error="", **body)


def put_back(letter, *, error, now):
    """Try again later, or give up after the last attempt."""
    attempts = letter.attempts + 1
    due = next_try(attempts, now=now, chance=_chance())
    if due is None:
        return give_up(letter, error=error)
    return _finish(letter, state=State.WAITING, due_at=due, attempts=attempts, last_error=error[:1000])


def wait_out(letter, *, error, now):
    """The server could not be reached: try again soon, without counting it."""
    return _finish(letter, state=State.WAITING, due_at=after_outage(now=now, chance=_chance()), last_error=error[:1000])


def give_up(letter, *, error):
    """No further try: staff see it among the failed. A secret is not kept."""
    body = {"body": ""} if letter.is_secret else {}
    return _finish(letter, state=State.FAILED, attempts=letter.attempts + 1, last_error=error[:1000], **body)


def send_again(letter, *, by, now):
    """Put a sent or failed letter on its way once more, as a new message; Refusal when it waits already or held a secret."""
    if letter.is_secret:
        raise Refusal(_("This letter held a code or a link that is not kept. The person can ask for a new one."))
    values = {"state": State.WAITING, "attempts": 0, "due_at": now, "last_error": "", "message_id": _fresh_id(letter)}
    if not _change(Letter.id == letter.id, Letter.state.in_((State.SENT, State.FAILED)), **values):
        raise Refusal(_("This letter is on its way already."))
    audit.record(by=by, verb="sent again", subject=letter, now=now)
    jobs.soon("mail")


def _finish(letter, **values):
    ours = (Letter.id == letter.id, Letter.state == State.SENDING, Letter.lease_until == letter.lease_until)
    return _change(*ours, lease_until=None, **values)


def _change(*where, **values):
    return claimed(update(Letter).where(*where).values(**values))


def _fresh_id(letter):
    return f"<{new_ref(20)}@{letter.message_id.rpartition('@')[2]}"
