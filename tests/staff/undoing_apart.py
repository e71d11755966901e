"""What processes beside the test run: taking an import back, one of which is killed in the middle; paying at the same moment."""

import time

from conference import checkout, meetings
from conference.kernel import Refusal, clock, db, transaction
from conference.payments import Seen
from conference.staff import uploads
from tests.checkout import racing


def undo_and_wait(settings, ref, told):
    """Take an import back, tell when all of it is written, and never come to the end of the transaction."""
    with racing.application(settings).app_context():
        meeting = meetings.by_code("T1")
        upload = uploads.upload_of(meeting, ref)
        told.put("begun")
        with transaction():
            uploads.undo(upload, meeting=meeting, by=uploads.asked_by(upload), now=clock.now())
            told.put("written")
            time.sleep(120)


def undo_or_pay(settings, work):
    """Each of `work` at the same time as the other processes: an import's reference is undone, (order id, Seen facts) is paid."""
    with racing.application(settings).app_context():
        racing._together()
        return [_undo(each) if isinstance(each, str) else _pay(*each) for each in work]


def _undo(ref):
    try:
        meeting = meetings.by_code("T1")
        upload = uploads.upload_of(meeting, ref)
        with transaction():
            uploads.undo(upload, meeting=meeting, by=uploads.asked_by(upload), now=clock.now())
    except Refusal:
        return "refused"
    finally:
        db.session.remove()
    return "undone"


def _pay(order_id, facts):
    with transaction():
        order = checkout.settle(order_id, Seen(**facts), now=clock.now())
    db.session.remove()
    return str(order.state)
