"""What editors in processes of their own do: all of them save what they saw at the same moment."""

from conference import meetings, registration
from conference.kernel import Refusal, clock, db, transaction
from conference.staff import stamps
from tests.checkout import racing


def save_together(settings, work):
    """Each (stamp, percent) of `work` is saved as a code's share by somebody who saw that stamp: ["saved" or "refused"]."""
    return _save_all(settings, work, stamps.refuse_stale)


def save_unlocked(settings, work):
    """As `save_together`, with what many systems do: look whether it is what was seen, then write."""
    return _save_all(settings, work, _look_alone)


def _save_all(settings, work, check):
    with racing.application(settings).app_context():
        meeting = meetings.by_code("T1")
        racing._together()
        return [_save(meeting, check, *each) for each in work]


def _save(meeting, check, seen, percent):
    try:
        with transaction():
            code = db.session.query(registration.DiscountCode).one()
            check(meeting, lambda: [code], seen)
            registration.change_code(code, most_uses=None, by=None, now=clock.now(), percent=percent)
    except Refusal:
        return "refused"
    finally:
        db.session.remove()
    return "saved"


def _look_alone(_meeting, rows, seen):
    found = rows()
    is_same = stamps.stamp_of_rows(found) == seen
    racing._together()
    if not is_same:
        raise Refusal("stale")
