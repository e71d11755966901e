"""Warnings of a programme in words: what is the matter, whom and what it concerns, where to mend it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from babel.dates import format_date
from flask import has_request_context
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference.schedule import warnings
from conference.staff.menu import may_open

SHOWN_ITEMS = 5
KINDS = {
    warnings.Kind.ROOM: (_l("Room twice"), "bad"),
    warnings.Kind.CHAIR: (_l("Chair twice"), "bad"),
    warnings.Kind.SPEAKER: (_l("Speaker twice"), "bad"),
    warnings.Kind.WALKING: (_l("Walking time"), "warn"),
    warnings.Kind.CAPACITY: (_l("Too few places"), "warn"),
    warnings.Kind.FALLEN: (_l("Not accepted"), "warn"),
    warnings.Kind.UNREGISTERED: (_l("Not registered"), "warn"),
    warnings.Kind.DISCLOSURE: (_l("Interests missing"), "warn"),
    warnings.Kind.UNSCHEDULED: (_l("Not scheduled"), "warn"),
    warnings.Kind.AUTHOR: (_l("Author twice"), None),
    warnings.Kind.UNKNOWN: (_l("Person not known"), None),
}
SEVERITIES = {
    warnings.Severity.WRONG: _l("cannot be held so"),
    warnings.Severity.DOUBTFUL: _l("to be looked at"),
    warnings.Severity.NOTE: _l("good to know"),
}


@dataclass(frozen=True)
class Item:
    """A session, talk or abstract that a warning concerns."""

    title: str
    place: str
    href: str = ""


@dataclass(frozen=True)
class Row:
    """A warning as it is shown; `mend` is (label, address) of where somebody is helped, or None."""

    key: str
    kind: warnings.Kind
    severity: warnings.Severity
    text: str
    items: list[Item]
    more: int = 0
    mend: tuple | None = None
    aside: object = None


def row(meeting, looked, warning, aside=None, *, shown=SHOWN_ITEMS):
    """The Row of a warning, with the first few of its items."""
    return Row(
        key=warning.key,
        kind=warning.kind,
        severity=warning.severity,
        text=_text(looked, warning),
        items=[_item(meeting, looked, guid) for guid in warning.items[:shown]],
        more=max(0, len(warning.items) - shown),
        mend=_mend(meeting, looked, warning),
        aside=aside,
    )


def names(looked, warning):
    """The names of the people whom a warning concerns."""
    return ", ".join(looked.people[guid].name for guid in warning.people)


def _text(looked, warning):
    name, numbers = names(looked, warning), warning.numbers
    match warning.kind:
        case warnings.Kind.ROOM:
            session, _talk = looked.items[warning.items[0]]
            return _("Two sessions are in %(room)s at once.", room=session.room)
        case warnings.Kind.CHAIR:
            return _("%(name)s chairs, and is needed elsewhere at the same time.", name=name)
        case warnings.Kind.SPEAKER:
            return _("%(name)s speaks in two places at the same time.", name=name)
        case warnings.Kind.WALKING:
            return _walk(name, *numbers)
        case warnings.Kind.CAPACITY:
            return _("%(stars)s want to see it, and there are %(places)s places.", places=numbers[0], stars=numbers[1])
    return _about_one(warning.kind, name)


def _about_one(kind, name):
    match kind:
        case warnings.Kind.UNREGISTERED:
            return _("%(name)s has a part in the programme and is not registered.", name=name)
        case warnings.Kind.DISCLOSURE:
            return _("%(name)s has not said what there is to disclose, or that there is nothing.", name=name)
        case warnings.Kind.FALLEN:
            return _(
                "Its abstract is not accepted: the public sees it as cancelled. Accept the abstract, or withdraw the talk."
            )
        case warnings.Kind.UNSCHEDULED:
            return _("Accepted, and presented nowhere yet.")
        case warnings.Kind.AUTHOR:
            return _(
                "%(name)s is named for two things at the same time; for one of them as an author who does not present.",
                name=name,
            )
    return _("Nobody has said who %(name)s is, so it is not known whether they are registered.", name=name)


def _walk(name, gap, way):
    left = ngettext("%(num)s minute", "%(num)s minutes", gap)
    return _("%(name)s has %(left)s for a way of %(way)s.", name=name, left=left, way=_("%(count)s min", count=way))


def _item(meeting, looked, guid):
    session, inside = looked.items[guid]
    if session is None:
        href = _if_open(f"/staff/schedule/{meeting.code}/abstracts/{inside.number}")
        return Item(inside.title, _("Abstract %(number)s", number=inside.number), href)
    href = _if_open(f"/staff/schedule/{meeting.code}/sessions/{session.number}")
    place = [_time(meeting, *looked.times[guid]), session.room, session.title if inside else ""]
    return Item((inside or session).title, " · ".join(filter(None, place)), href)


def _time(meeting, starts, ends):
    first, last = starts.astimezone(meeting.zone), ends.astimezone(meeting.zone)
    return f"{format_date(first.date(), 'EEE d MMM', locale=get_locale())}, {first:%H:%M}–{last:%H:%M}"


def _mend(meeting, looked, warning):
    if warning.kind not in (warnings.Kind.UNREGISTERED, warnings.Kind.UNKNOWN):
        return None
    href = _if_open(f"/staff/invitations/{meeting.code}/programme")
    return (_("Say who it is, and invite"), f"{href}?{urlencode({'q': names(looked, warning)})}") if href else None


def _if_open(path):
    """An address that is mounted and open to whoever asks; nothing outside of a page."""
    return path if has_request_context() and may_open(path) else ""
