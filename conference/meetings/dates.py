"""A meeting's dates between the tables, in UTC, and the form, in the venue's own time."""

from conference.meetings.actions import end_of_day
from conference.meetings.forms import DatesForm
from conference.meetings.pages import last_day

SPARE_ROWS = 2


def filled(meeting, deadlines):
    """The form with what stands, and spare rows to add to."""
    return DatesForm(
        opens_at=_local(meeting.opens_at, meeting) if meeting.opens_at else None,
        version=meeting.version,
        windows=[_window(window, meeting) for window in meeting.windows] + [{}] * SPARE_ROWS,
        deadlines=[_deadline(deadline, meeting) for deadline in deadlines] + [{}] * SPARE_ROWS,
    )


def opening(form, meeting):
    """The typed opening of registration as an instant, or None."""
    return _instant(form.opens_at.data, meeting) if form.opens_at.data else None


def windows(form, meeting):
    """The typed windows: [(code, name, ends_at)]."""
    rows = [row.form for row in form.windows if row.form.code.data]
    return [(row.code.data, row.name.data, end_of_day(row.last_day.data, meeting.timezone)) for row in rows]


def deadlines(form, meeting):
    """The typed deadlines: [(title, at, url)]."""
    rows = [row.form for row in form.deadlines if row.form.title.data]
    return [(row.title.data, _instant(row.at.data, meeting), row.url.data or "") for row in rows]


def _window(window, meeting):
    return {"code": window.code, "name": window.name, "last_day": last_day(window, meeting)}


def _deadline(deadline, meeting):
    return {"title": deadline.title, "at": _local(deadline.at, meeting), "url": deadline.url}


def _local(at, meeting):
    return at.astimezone(meeting.zone).replace(tzinfo=None)


def _instant(local, meeting):
    return local.replace(tzinfo=meeting.zone)
