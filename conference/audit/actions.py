"""Adding to the audit trail."""

from conference.audit.models import Entry
from conference.kernel import db


def record(*, by, verb, subject, now, before=None, after=None, note=""):
    """Remember that person `by` (None: the system) did `verb` to the row `subject`; flushed with its cause."""
    entry = Entry(
        at=now,
        actor_id=by.id if by else None,
        actor_name=by.full_name if by else "",
        verb=verb,
        subject=type(subject).__tablename__,
        subject_id=subject.id,
        before=before,
        after=after,
        note=note,
    )
    db.session.add(entry)
    return entry
