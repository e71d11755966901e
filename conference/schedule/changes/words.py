"""Changes in the reader's language."""

from datetime import date, datetime

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference.schedule.changes import rules

KINDS = {
    rules.NEW: (_l("New"), "good"),
    rules.GONE: (_l("Cancelled"), "bad"),
    rules.MOVED: (_l("Moved"), "warn"),
    rules.RENAMED: (_l("Renamed"), None),
    rules.AUTHORS: (_l("People"), None),
    rules.CHANGED: (_l("Reads differently"), None),
}


def in_words(change, zone):
    """What has changed, without the title: from when and where to when and where."""
    match change.kind:
        case rules.MOVED:
            return _moved(change, zone)
        case rules.NEW:
            return _place(change.now, zone)
        case rules.GONE:
            return _("It was to be %(place)s.", place=_place(change.was, zone))
        case rules.RENAMED:
            return _("It was called “%(title)s”.", title=change.before)
        case rules.AUTHORS:
            return _("Authors or chairs are others, or in another order.")
    return _("Its text or what is said of it has changed.")


def line_of(change, zone):
    """A change as a line of a letter or feed."""
    return f"{change.title} – {KINDS[change.kind][0]}: {in_words(change, zone)}"


def day_of(text):
    """ "Tuesday 11 May 2027" of a day as YYYY-MM-DD."""
    return format_date(date.fromisoformat(text), "EEEE d MMMM y", locale=get_locale())


def _moved(change, zone):
    was, now = change.was, change.now
    if (was.starts, was.ends) == (now.starts, now.ends):
        return _("From %(was)s to %(now)s; the time stays.", was=was.room or _("no room"), now=now.room or _("no room"))
    return _("From %(was)s to %(now)s.", was=_place(was, zone), now=_place(now, zone))


def _place(place, zone):
    starts, ends = (datetime.fromisoformat(each).astimezone(zone) for each in (place.starts, place.ends))
    day = format_date(starts.date(), "EEE d MMM", locale=get_locale())
    return ", ".join(filter(None, (f"{day}, {starts:%H:%M}–{ends:%H:%M}", place.room)))
