"""A talk at the end of a session, of its own title or of an abstract: one way, from wherever it is asked for."""

from uuid import uuid4

from sqlalchemy import func, select

from conference import audit
from conference.kernel import db
from conference.schedule.fitting import refuse_unfit, refuse_unruled
from conference.schedule.models import Presentation, Session
from conference.schedule.numbering import next_number

ADDED = "added a talk"


def present(meeting, session, abstract, *, title="", by, now, **facts):
    """A presentation of an abstract, or of none with a title, at the end of a claimed session, of `kind`, `minutes`, `board`, `hall`; (it, Entry).

    It is told of the talk, by which it can be taken back, and of the abstract. Refusal for an abstract that is not accepted or that the session has, and
    for a kind that no rule of embargo can know.
    """
    if abstract:
        refuse_unfit(session, abstract)
        refuse_unruled(meeting, facts.get("kind", ""))
    row = Presentation(
        meeting_id=meeting.id, guid=str(uuid4()), number=next_number(meeting, Session, Presentation), session_id=session.id,
        source="desk", title="" if abstract else title, position=_after_all(session), abstract_id=abstract.id if abstract else None, **facts,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    if abstract:
        told = {"session": session.title, **{name: value for name, value in facts.items() if value}}
        audit.record(by=by, verb="presents an abstract", subject=abstract, now=now, after=told)
    after = {"title": abstract.title if abstract else title, "session": session.number, "minutes": row.minutes}
    entry = audit.record(by=by, verb=ADDED, subject=row, now=now, after=after)
    db.session.flush()
    return row, entry


def _after_all(session):
    last = db.session.scalar(select(func.max(Presentation.position)).where(Presentation.session_id == session.id))
    return 0 if last is None else last + 1
