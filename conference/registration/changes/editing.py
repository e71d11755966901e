"""Staff write the table of changes: all steps at once, remembered in the trail."""

from sqlalchemy import delete

from conference import audit
from conference.kernel import db
from conference.registration.changes.models import ChangeStep
from conference.registration.changes.queries import as_step, step_rows
from conference.registration.changes.words import cost_in_words, kind_name, step_in_words
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


def add_step(meeting, *, by, now, **facts):
    """One more step of the meeting's table."""
    step = ChangeStep(meeting_id=meeting.id, **facts)
    db.session.add(step)
    db.session.flush()
    return _remember(meeting, "added", step, by, now)


def change_step(meeting, step, *, by, now, **facts):
    """Write a step anew: it holds for changes that are asked for from now on."""
    for name, value in facts.items():
        setattr(step, name, value)
    db.session.flush()
    db.session.refresh(step)
    return _remember(meeting, "changed", step, by, now)


def remove_step(meeting, step, *, by, now):
    """Take a step away."""
    _remember(meeting, "took away a step of", step, by, now)
    db.session.delete(step)
    db.session.flush()


def _remember(meeting, verb, step, by, now):
    rule = as_step(step, meeting.currency)
    note = f"{kind_name(rule.kind)}: {step_in_words(rule, meeting)}"
    audit.record(by=by, verb=verb, subject=step, now=now, note=note)
    return step


def _told(meeting):
    """The table as the trail remembers it: {"switch until …, category": cost}."""
    rows = [(row, as_step(row, meeting.currency)) for row in step_rows(meeting)]
    return {
        f"{row.kind} until " + ", ".join(filter(None, (day(row.until, meeting.timezone), step.category))): str(
            cost_in_words(step)
        )
        for row, step in rows
    }
