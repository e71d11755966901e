"""Making a meeting."""

from zoneinfo import ZoneInfo, available_timezones

from babel.numbers import list_currencies
from flask_babel import gettext as _

from conference import society
from conference.kernel import Refusal, db, end_of
from conference.meetings.models import Meeting, Window
from conference.meetings.queries import by_code
from conference.meetings.rules import is_code, is_thinkable


def create(*, code, title, starts, ends, timezone, currency, **details):
    """A new meeting with one price window that ends with its last day; Refusal names the field that is wrong."""
    _check(code, title, starts, ends, timezone, currency)
    if by_code(code):
        raise Refusal(_("There is a meeting %(code)s already", code=code), field="code")
    meeting = Meeting(code=code, title=title, starts=starts, ends=ends, timezone=timezone, currency=currency, **details)
    meeting.windows = [Window(code="regular", name=_("Regular"), ends_at=end_of_day(ends, timezone))]
    db.session.add(meeting)
    db.session.flush()
    society.touch()
    return meeting


def end_of_day(day, timezone):
    """The first instant after `day` in `timezone`, as a window's exclusive end."""
    return end_of(day, ZoneInfo(timezone))


def check_days(starts, ends):
    """Refusal for days in the wrong order, or so far away that a slip of the hand is likelier than a meeting."""
    if ends < starts:
        raise Refusal(_("The meeting ends before it starts"), field="ends")
    for field, day in (("starts", starts), ("ends", ends)):
        if not is_thinkable(day):
            raise Refusal(_("The year %(year)s is out of reach", year=day.year), field=field)


def _check(code, title, starts, ends, timezone, currency):
    if not is_code(code):
        raise Refusal(_("A code has 2 to 20 letters, digits or hyphens"), field="code")
    if not title:
        raise Refusal(_("A meeting needs a title"), field="title")
    if len(title) > 300:
        raise Refusal(_("A title has at most 300 letters"), field="title")
    check_days(starts, ends)
    if timezone not in available_timezones():
        raise Refusal(_("There is no time zone %(timezone)s", timezone=timezone), field="timezone")
    if currency not in list_currencies():
        raise Refusal(_("There is no currency %(currency)s", currency=currency), field="currency")
