"""The same letter again to many: who would get which, and writing them, some at a time, each exactly once.

What is done and the letters themselves are one transaction, so a worker that dies, or two at once, neither lose a letter nor
write it twice.
"""

from flask_babel import gettext as _
from sqlalchemy import select, update

from conference import audit, checkout, jobs, payments, registration
from conference.kernel import Refusal, claimed, db
from conference.payments import Order, OrderState
from conference.registration import Registration, State
from conference.staff.clauses import in_order
from conference.staff.models import Mailing

AT_ONCE = 50


class Overtaken(Exception):
    """Another worker has done these letters: ours are not wanted."""


def recipients(listed, now):
    """Keys of those among the wished for who get the confirmation again, and of those who are asked to pay again.

    What is confirmed of guests stands in the letter to whoever brings them.
    """
    paid = in_order(Order.state == OrderState.PAID)
    open_ = in_order(Order.state == OrderState.OPEN, Order.expires_at > now)
    return (
        listed.ids(Registration.state == State.CONFIRMED, Registration.host_id.is_(None), paid),
        listed.ids(Registration.state == State.HELD, open_),
    )


def begin(listed, *, seen, by, now):
    """Have the letters written by the worker; Refusal when there are none, or not as many as were `seen` before."""
    confirmed, waiting = recipients(listed, now)
    entries = [*confirmed, *waiting]
    if not entries:
        raise Refusal(_("Nobody among these gets a letter."))
    if len(entries) != seen:
        raise Refusal(_("The list has changed since you looked. Look again at how many there are."))
    meeting = listed.meeting
    mailing = Mailing(meeting_id=meeting.id, person_id=by.id, entries=entries, total=len(entries), made_at=now)
    db.session.add(mailing)
    db.session.flush()
    facts = {**listed.wish.filtering, "letters": len(entries)}
    audit.record(by=by, verb="sent letters again", subject=meeting, now=now, after=facts)
    jobs.soon("letters-again")
    return mailing


def mailing_of(meeting, ref):
    """A mailing of this meeting, or None."""
    found = select(Mailing).where(Mailing.meeting_id == meeting.id, Mailing.ref == ref)
    return db.session.scalar(found.execution_options(populate_existing=True))


def write_some(now):
    """Write the next letters of the oldest mailing that waits; how many were looked at. Overtaken, and nothing is kept."""
    waiting = select(Mailing).where(Mailing.finished_at.is_(None)).order_by(Mailing.id).limit(1)
    mailing = db.session.scalar(waiting.execution_options(populate_existing=True))
    if mailing is None:
        return 0
    some = mailing.entries[mailing.done : mailing.done + AT_ONCE]
    advance(mailing, some, now)
    written = sum(_write(entry_id, now) for entry_id in some)
    db.session.execute(update(Mailing).where(Mailing.id == mailing.id).values(written=Mailing.written + written))
    return len(some)


def advance(mailing, some, now):
    """First of all, because whoever is second waits here for the row, and is then told."""
    done = mailing.done + len(some)
    over = {"finished_at": now} if done >= mailing.total else {}
    unchanged = (Mailing.id == mailing.id, Mailing.done == mailing.done, Mailing.finished_at.is_(None))
    if not claimed(update(Mailing).where(*unchanged).values(done=done, **over)):
        raise Overtaken


def _write(entry_id, now):
    """Whether a letter was written: what has moved on since it was asked for gets none."""
    entry, orders = registration.by_id(entry_id), payments.orders_with_line("registration", entry_id)
    paid = next((order for order in orders if order.state == OrderState.PAID), None)
    waiting = next((order for order in orders if order.state == OrderState.OPEN and order.expires_at > now), None)
    if entry.state == State.CONFIRMED and paid:
        checkout.send_confirmation_again(paid, now=now, entry=entry)
    elif entry.state == State.HELD and waiting and checkout.registrations_in(waiting)[0].id == entry.id:
        checkout.send_payment_link(waiting, now=now)
    else:
        return False
    return True
