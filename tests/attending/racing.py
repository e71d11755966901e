"""What the racing processes run: each signs people up for the same session."""

from sqlalchemy import func, select, text

from conference import attending, meetings, people, registration
from conference.attending.signups import actions, queries
from conference.attending.signups.models import SignUp
from conference.kernel import Refusal, db, transaction
from tests.attending.conftest import GUIDS
from tests.checkout import racing
from tests.conftest import NOW


def sign_up(settings, emails):
    """[(email, what they have then: a state, or None when it was refused)]."""
    with racing.application(settings).app_context():
        db.session.execute(text("SELECT 1"))
        racing._together()
        return [(email, _one(email)) for email in emails]


def sign_up_unguarded(settings, emails):
    """The same with the lock and the claim replaced by what many systems do: look, think, write."""
    queries.lock = _look_together
    actions._one_more = _write_what_was_seen
    return sign_up(settings, emails)


def _one(email):
    try:
        meeting = meetings.by_code("T1")
        entry = registration.registration_in(meeting, people.by_email(email))
        row = queries.of_item(meeting.id, GUIDS["Hands on"])
        with transaction():
            return attending.sign_up(registration.by_id(entry.id), row.id, meeting=meeting, now=NOW).state
    except Refusal:
        return None
    finally:
        db.session.remove()


def _look_together(key):
    row = db.session.scalars(
        select(SignUp).where(SignUp.id == key), execution_options={"populate_existing": True}
    ).one()
    racing._together()
    return row


def _write_what_was_seen(mine):
    return mine.values(taken=func.least(SignUp.places, SignUp.taken + 1))
