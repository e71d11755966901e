"""Finding recordings."""

from sqlalchemy import select

from conference.attending.recordings.models import Recording
from conference.kernel import db


def of_items(meeting_id, items, now):
    """The recordings of some guids (None: of all of a meeting) that can be watched at an instant."""
    mine = select(Recording).where(Recording.meeting_id == meeting_id).order_by(Recording.title, Recording.id)
    if items is not None:
        mine = mine.where(Recording.item.in_(items))
    begun = Recording.opens_at.is_(None) | (Recording.opens_at <= now)
    open_still = Recording.closes_at.is_(None) | (Recording.closes_at > now)
    return list(db.session.scalars(mine.where(begun, open_still)))


def all_of(meeting_id, items):
    """All recordings of some guids, for the desk."""
    mine = select(Recording).where(Recording.meeting_id == meeting_id, Recording.item.in_(items))
    return list(db.session.scalars(mine.order_by(Recording.title, Recording.id)))


def by_ref(meeting_id, ref):
    """One recording of a meeting, or None."""
    mine = select(Recording).where(Recording.meeting_id == meeting_id, Recording.ref == ref)
    return db.session.scalar(mine, execution_options={"populate_existing": True})
