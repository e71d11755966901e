"""Who would pay what on which date: the prices by the rules that sell, asked for other days than today."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from conference import registration
from conference.registration import Wish
from conference.web import day


@dataclass(frozen=True)
class Preview:
    """`rows` (key, label) of categories for members and others, `columns` (key, label) of instants, `cells` {(row, column): Money}."""

    rows: list
    columns: list
    cells: dict


def preview(meeting, *, span, mode, on, now):
    """The Preview of one way of taking part: now, when each later price begins, and at noon of the day `on` (or None)."""
    instants, prices = instants_of(meeting, on, now), registration.prices_of(meeting)
    rows, cells = [], {}
    for category in registration.categories_of(meeting):
        for member in (True, False) if category.kind == registration.CategoryKind.ATTENDEE else (False,):
            key = f"{category.code}-{member}"
            rows.append((key, _label(category, member)))
            wish = Wish(category.code, span, mode)
            cells |= {(key, name): _amount(meeting, prices, wish, member, at) for name, at, _words in instants}
    return Preview(rows, [(name, words) for name, _at, words in instants], cells)


def instants_of(meeting, on, now):
    """[(key, instant, what it is called)] in order: now, when each later price begins, and noon of the day `on` (or None)."""
    found = [("now", now, _("Today"))]
    ends = [window.ends_at for window in meeting.windows]
    for begins, window in zip(ends, meeting.windows[1:], strict=False):
        if begins > now:
            found.append((window.code, begins, _("From %(day)s", day=_day(begins, meeting))))
    if on:
        noon = datetime(on.year, on.month, on.day, 12, tzinfo=meeting.zone)
        found.append(("on", noon, _("On %(day)s", day=_day(noon, meeting))))
    return sorted(found, key=lambda each: each[1])


def _amount(meeting, prices, wish, member, at):
    window = meeting.window_at(at)
    found = registration.cheapest_cell(wish, prices, window.code, member=member) if window else None
    return found[1] if found else None


def _label(category, member):
    if category.kind == registration.CategoryKind.GUEST:
        return category.name
    words = {"what": category.name}
    return _("%(what)s: members", **words) if member else _("%(what)s: others", **words)


def _day(instant, meeting):
    return day(instant, meeting.timezone)
