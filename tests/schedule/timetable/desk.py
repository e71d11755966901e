"""What tests of the timetable type and read."""

import re

from sqlalchemy import select

from conference.kernel import db
from conference.schedule import queries
from conference.schedule.models import Session

DESK = "/staff/schedule/EX27/timetable"


def typed(row, **known):
    """What the form of a session posts, with what is known changed."""
    usual = {
        "day": "2027-05-11",
        "clock": "09:00",
        "minutes": "60",
        "room": str(row.room_id or ""),
        "version": str(row.version),
    }
    return usual | known


def row_of(meeting, number):
    """A session as the database has it now."""
    db.session.expire_all()
    return queries.session_numbered(meeting, number)


def starts_of(meeting, number):
    """When a session begins, on the venue's clock, or None in the pool."""
    starts = row_of(meeting, number).starts_at
    return f"{starts.astimezone(meeting.zone):%Y-%m-%d %H:%M}" if starts else None


def newest(meeting):
    """The session that was made last."""
    db.session.expire_all()
    number = db.session.scalar(
        select(Session.number).where(Session.meeting_id == meeting.id).order_by(Session.id.desc())
    )
    return queries.session_numbered(meeting, number)


def undo_of(page):
    """(address, form) of the first button that takes something back."""
    found = re.search(r'class="undo" action="([^"]+)"[^>]*>\s*<input type="hidden" name="version" value="(\d+)"', page)
    return found[1], {"version": found[2]}


def plain(page):
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
