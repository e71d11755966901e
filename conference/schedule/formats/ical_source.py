"""iCalendar text from strangers as components: lines unfolded, properties with their parameters, within bounds.

The components are put together here rather than by Calendar.from_ical: that one keeps the zones that a file defines for the whole process,
where they would be taken for those of the next file, and works out their rules of recurrence, however often these say that clocks change.
"""

import re
from dataclasses import dataclass, field

from flask_babel import gettext as _
from icalendar.parser import Contentline, unescape_backslash

from conference.schedule.formats.report import UnreadableFile
from conference.schedule.formats.text import without_controls

MOST_DEEP = 8
LONGEST_LINE = 200_000
_BREAK = re.compile(r"\r\n|\n|\r")
_NAME = re.compile(r"^([A-Za-z0-9-]{1,60})\s*[:;]")
READ = {
    "ATTACH", "CATEGORIES", "DESCRIPTION", "DTEND", "DTSTART", "DURATION", "EXDATE", "LOCATION", "NAME", "PRODID", "RDATE", "RECURRENCE-ID",
    "RRULE", "SEQUENCE", "STATUS", "SUMMARY", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "UID", "URL", "X-ALT-DESC", "X-LIC-LOCATION", "X-WR-CALNAME",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its parameters by name, and its value as it is written."""

    params: dict
    raw: str

    @property
    def text(self):
        """The value with line breaks, commas and semicolons as they are meant."""
        return unescape_backslash(self.raw)

    @property
    def words(self):
        """The values of a list."""
        return [unescape_backslash(part) for part in re.split(r"(?<!\\),", self.raw)]

    def param(self, name):
        """A parameter as one text, empty when it is missing."""
        value = self.params.get(name, "")
        return (value if isinstance(value, str) else str(value[0]) if value else "").strip().strip('"')


@dataclass
class Component:
    """A part of a calendar: its name, the line of the file that it begins in, its properties by name, the parts within it."""

    name: str
    line: int
    properties: dict = field(default_factory=dict)
    parts: list = field(default_factory=list)

    def first(self, name):
        """The first property of a name, or None."""
        return next(iter(self.properties.get(name, ())), None)

    def text(self, name):
        """The text of the first property of a name, empty when it is missing."""
        found = self.first(name)
        return found.text if found else ""

    def of(self, name):
        """The parts of a name."""
        return [part for part in self.parts if part.name == name]


def is_calendar(text):
    """Whether a text begins as iCalendar files do."""
    return text.lstrip("\ufeff \t\r\n")[:15].upper() == "BEGIN:VCALENDAR"


def calendars(text, report):
    """The VCALENDAR components of a text. UnreadableFile when one of them has no end: then nobody knows what is missing."""
    root = Component("", 0)
    opened = [root]
    for number, line in _unfolded(without_controls(text.lstrip("\ufeff"))):
        word, _colon, name = line.partition(":")
        match word.strip().upper():
            case "BEGIN":
                _open(opened, name, number)
            case "END":
                _close(opened, name, number, report)
            case _:
                _add(opened[-1], line, number, report)
    if len(opened) > 1:
        raise UnreadableFile(_("The calendar is cut off: %(name)s of line %(line)s has no end.", **_about(opened[1])))
    return root.of("VCALENDAR")


def _open(opened, name, number):
    if len(opened) > MOST_DEEP:
        raise UnreadableFile(_("The file is nested too deeply."))
    part = Component(name.strip().upper()[:60], number)
    opened[-1].parts.append(part)
    opened.append(part)


def _close(opened, name, number, report):
    """Ends the innermost part of a name; what was opened within it and never ended, ends too."""
    names = [part.name for part in opened]
    name = name.strip().upper()[:60]
    if name not in names[1:]:
        report.repair(f"line {number}", f"the end of {name} was passed over: it has no beginning")
        return
    while opened.pop().name != name:
        report.repair(f"line {number}", f"something within {name} had no end of its own")


def _add(part, line, number, report):
    match = _NAME.match(line)
    if match is None:
        if line.strip() and len(part.name) > 1:
            report.repair(f"line {number}", "it is no property and was passed over")
        return
    name = match[1].upper()
    if name not in READ:
        return
    try:
        _name, params, raw = Contentline(line[:LONGEST_LINE]).raw_parts()
    except ValueError:
        report.repair(f"line {number}", f"its {name} cannot be read and was passed over")
        return
    part.properties.setdefault(name, []).append(Property({key.upper(): value for key, value in params.items()}, raw))


def _unfolded(text):
    """(number of the first line, whole line): a line that begins with a space or a tab goes on with the one before."""
    begun, parts = 0, []
    for number, line in enumerate(_BREAK.split(text), start=1):
        if line[:1] in (" ", "\t") and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield begun, "".join(parts)
        begun, parts = number, [line] if line else []
    if parts:
        yield begun, "".join(parts)


def _about(part):
    return {"name": part.name, "line": part.line}
