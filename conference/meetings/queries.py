"""Finding meetings."""

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from conference.kernel import db
from conference.meetings.models import Deadline, Meeting, Window
from conference.meetings.rules import is_code

# Asked by nearly every page, so it is put together once.
_BY_CODE = select(Meeting).where(func.upper(Meeting.code) == bindparam("code")).options(joinedload(Meeting.windows))


def by_code(code):
    """The meeting with this code, in any case of letters, with its windows; None for what is none, whatever was typed."""
    if not is_code(code):
        return None
    return db.session.scalars(_BY_CODE, {"code": code.upper()}).unique().first()


def by_id(meeting_id):
    """The meeting with this key."""
    return db.session.get(Meeting, meeting_id)


def all_meetings():
    """Every meeting, the latest first."""
    return list(db.session.scalars(select(Meeting).order_by(Meeting.starts.desc())))


def coming(today):
    """The next public meeting that has not ended on `today`, else the last one; None without meetings."""
    public = select(Meeting).where(Meeting.is_public)
    next_one = db.session.scalar(public.where(Meeting.ends >= today).order_by(Meeting.starts).limit(1))
    return next_one or db.session.scalar(public.order_by(Meeting.starts.desc()).limit(1))


def deadlines_of(meeting):
    """The meeting's deadlines in order of time."""
    return list(db.session.scalars(select(Deadline).where(Deadline.meeting_id == meeting.id).order_by(Deadline.at)))


def coming_rows(today):
    """The meeting of `coming` and its windows as plain rows (not as objects of this session): (meeting or None, windows)."""
    columns, public = select(Meeting.__table__), Meeting.is_public
    next_one = columns.where(public, Meeting.ends >= today).order_by(Meeting.starts).limit(1)
    last_one = columns.where(public).order_by(Meeting.starts.desc()).limit(1)
    meeting = db.session.execute(next_one).mappings().first() or db.session.execute(last_one).mappings().first()
    if meeting is None:
        return None, []
    windows = select(Window.__table__).where(Window.meeting_id == meeting["id"]).order_by(Window.ends_at)
    return meeting, list(db.session.execute(windows).mappings())
