"""How long answers live: until when people may change their own, and when those with a clock are purged."""

from datetime import datetime, time, timedelta
from typing import cast

from sqlalchemy import CursorResult, or_, select, update

from conference import audit
from conference.kernel import db
from conference.meetings import Meeting
from conference.registration.form.models import Answer, PastAnswer, Question
from conference.registration.form.queries import settings_of


def editable_until(meeting):
    """The instant from which on people can no longer change their own answers."""
    settings = settings_of(meeting)
    if settings is not None and settings.edit_until is not None:
        return settings.edit_until
    return datetime.combine(meeting.starts, time(), tzinfo=meeting.zone)


def may_edit(meeting, now):
    """Whether people may still change their own answers."""
    return now < editable_until(meeting)


def due_fields(now):
    """[(field, its meeting)] whose clock has run out and that hold an answer which was not purged yet."""
    statement = (
        select(Question, Meeting)
        .join(Meeting, Question.meeting_id == Meeting.id)
        .where(Question.retention_days.is_not(None), Meeting.ends < now.date() + timedelta(days=1))
        .where(or_(_holds(Answer), _holds(PastAnswer)))
        .order_by(Question.id)
    )
    return [(field, meeting) for field, meeting in db.session.execute(statement) if purged_from(field, meeting) <= now]


def purged_from(field, meeting):
    """The instant at which the answers to a field are purged: so many days after the last day of the meeting has ended there."""
    day = meeting.ends + timedelta(days=1 + field.retention_days)
    return datetime.combine(day, time(), tzinfo=meeting.zone)


def purge(field, *, now):
    """Take away every answer to a field, those of before too, but for when it was purged; how many. Safe to repeat."""
    gone = {"value": None, "sealed": None, "number": None, "purged_at": now}
    count = 0
    for table in (Answer, PastAnswer):
        own = update(table).where(table.question_id == field.id, table.purged_at.is_(None)).values(**gone)
        result = db.session.execute(own, execution_options={"synchronize_session": False})
        count += cast(CursorResult, result).rowcount
    if count:
        audit.record(
            by=None, verb="purged the answers of", subject=field, now=now, note=field.label, after={"count": count}
        )
    return count


def _holds(table):
    return select(table.id).where(table.question_id == Question.id, table.purged_at.is_(None)).exists()
