"""Staff write the table of changes: all steps at once, remembered in the trail."""

from sqlalchemy import delete

from conference import audit
from conference.kernel import db
from conference.registration.changes.models import ChangeStep
from conference.registration.changes.queries import as_step, step_rows
from conference.registration.changes.words import cost_in_words
from conference.web import day


def set_steps(meeting, steps, *, by, now):
    """Make `steps` (dicts of a ChangeStep's columns) the meeting's whole table; what was sold or changed before stays as it is."""
    before = _told(meeting)
    db.session.execute(delete(ChangeStep).where(ChangeStep.meeting_id == meeting.id))
    for facts in steps:
        db.session.add(ChangeStep(meeting_id=meeting.id, **facts))
    db.session.flush()
    after = _told(meeting)
    if before != after:
        audit.record(by=by, verb="set what changes cost", subject=meeting, now=now, before=before, after=after)


def _told(meeting):
    """The table as the trail remembers it: {kind, category and day: cost}."""
    rows = [(row, as_step(row, meeting.currency)) for row in step_rows(meeting)]
    return {
        " ".join(filter(None, (row.kind, step.category, day(row.until, meeting.timezone)))): str(cost_in_words(step))
        for row, step in rows
    }
