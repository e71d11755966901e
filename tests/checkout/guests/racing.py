"""What the racing processes run: people cancel while their guests are ordered; many order the last places for guests."""

from sqlalchemy import select, text

from conference import checkout, meetings, people, registration
from conference.app import create_app
from conference.kernel import Refusal, clock, db, transaction
from conference.registration import Registration, hosting
from tests.checkout import racing

_read = {}  # what this act has read of a host


def act(settings, share):
    """Do ("cancel" or "order", email) one after the other: [(what, email, whether it was done)]."""
    app = create_app(settings)
    with app.app_context():
        db.session.execute(text("SELECT 1"))
        racing._together()
        return [(what, email, _done(what, email)) for what, email in share]


def act_unguarded(settings, share):
    """As `act`, with the lock of the host's row replaced by what many systems do: look, think, write."""
    hosting.lock = registration.guests.lock_host = _look
    hosting.lock_hosts = lambda ids: []
    return act(settings, share)


def _done(what, email):
    _read.clear()
    entry = registration.registration_in(meetings.by_code("R1"), people.by_email(email))
    try:
        with transaction():
            (_cancel if what == "cancel" else _order)(registration.by_id(entry.id))
        return True
    except Refusal:
        return False
    finally:
        db.session.remove()


def _cancel(entry):
    now = clock.now()
    seen = checkout.quote_cancel(entry, now=now).seen
    checkout.cancel(entry, seen=seen, by=entry.person, now=now)


def _order(entry):
    checkout.place_guests(entry, now=clock.now())


def _look(host_id):
    """The state as it was when both had looked."""
    if host_id not in _read:
        _read[host_id] = db.session.scalar(select(Registration.state).where(Registration.id == host_id))
        racing._together()
    return _read[host_id]
