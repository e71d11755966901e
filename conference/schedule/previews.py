"""What a page of the programme says of itself where it is passed on: an address that stays, a title, a line with time and room.

Of a presentation whose title is held back, the words that stand for one; what is shared keeps the embargo as the page does.
"""

from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from conference.schedule import words
from conference.schedule.rules import room_of
from conference.web import absolute_url


class Shared(NamedTuple):
    """The address of a page without anything of its reader, its title and a line about it."""

    address: str
    title: str
    line: str


def of_day(published, place, day, filters=None):
    """A day, with its filters when there are any."""
    count = len(published.days[day])
    line = ngettext("%(num)s session", "%(num)s sessions", count)
    return _shared("schedule.day", place, words.long_day(day), " · ".join([*(filters or {}).values()]) or line,
                   day=day.isoformat(), **(filters or {}))  # fmt: skip


def of_filter(place, filters, shown):
    """All days, as far as filters let sessions through."""
    line = ngettext("%(num)s session", "%(num)s sessions", shown)
    return _shared("schedule.sessions", place, " · ".join(filters.values()) or _("Programme"), line, **filters)


def of_session(published, place, session):
    """A session: when and where, or that it is off."""
    when = words.when(published, place, session.starts, session.ends, session.day)
    line = _line(when, session.room, is_off=session.withdrawn)
    return _shared("schedule.session", place, session.title, line, number=session.number)


def of_presentation(published, place, session, talk):
    """A presentation: when and where, or that it is off."""
    starts, ends = published.times[talk.guid] or (session.starts, session.ends)
    when = words.when(published, place, starts, ends, session.day)
    line = _line(when, room_of(session, talk), is_off=session.withdrawn or talk.withdrawn)
    return _shared("schedule.presentation", place, words.title_of(talk), line, number=talk.number)


def of_person(place, person, affiliations):
    """Somebody's part in the programme."""
    return _shared("schedule.person", place, person.name, affiliations[0] if affiliations else "", number=person.number)


def of_heading(place, index, heading, counted):
    """An entry of an index."""
    return _shared("schedule.heading", place, heading.name, counted, index=index, slug=heading.slug)


def of_overview(place, dates):
    """The programme as a whole."""
    return _shared("schedule.overview", place, _("Programme"), dates)


def _line(when, room, *, is_off):
    return " · ".join(filter(None, (_("Cancelled") if is_off else "", when, room)))


def _shared(endpoint, place, title, line, **values):
    return Shared(absolute_url(endpoint, code=place.code, **values), f"{title} · {place.title}", line)
