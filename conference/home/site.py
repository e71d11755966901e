"""The frame of every public page: the society, its menus and its next meeting, read anew only when they have changed.

Each page asks one small question, the society's stamp; while it stays the same the process answers from memory. What
is remembered are objects of no session, so threads may read them and nothing can be written back through them.
"""

from dataclasses import dataclass, field
from datetime import date

from flask import current_app, has_request_context, request

from conference import meetings, society
from conference.kernel import clock

_MEMO = "plenary.site"


@dataclass(frozen=True)
class Site:
    """What the frame shows. `pages` are rows of slug, title, summary and section, in menu order."""

    stamp: str | None = None
    day: date | None = None
    society: "society.Society | None" = None
    meeting: "meetings.Meeting | None" = None
    pages: list = field(default_factory=list)

    def in_section(self, section):
        """The public pages of one section."""
        return [page for page in self.pages if page.section == section]


def site():
    """The Site as it stands, looked up once a request."""
    if not has_request_context():
        return _current()
    if _MEMO not in request.environ:
        request.environ[_MEMO] = _current()
    return request.environ[_MEMO]


def _current():
    stamp, today = society.stamp(), clock.now().date()
    known = current_app.extensions.get("site")
    if known and stamp and (known.stamp, known.day) == (stamp, today):
        return known
    known = current_app.extensions["site"] = _read(stamp, today)
    return known


def _read(stamp, today):
    facts, pages = society.frame()
    return Site(
        stamp=stamp,
        day=today,
        society=society.Society(**facts) if facts else None,
        meeting=_meeting(today),
        pages=pages,
    )


def _meeting(today):
    row, windows = meetings.coming_rows(today)
    if row is None:
        return None
    return meetings.Meeting(**row, windows=[meetings.Window(**window) for window in windows])
