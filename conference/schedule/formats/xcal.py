"""Reads xCal, iCalendar as XML, into the components that iCalendar text gives: as RFC 6321 has it, and as frab and pretalx write it."""

from contextlib import suppress
from datetime import UTC, datetime

from conference.schedule.formats.ical_source import MOST_DEEP, READ, Component, Property
from conference.schedule.formats.xml_source import words

_PARTS = {"vcalendar", "vevent", "vtimezone", "standard", "daylight"}
_MOMENTS = {"DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"}
# What is no text, and therefore never escaped.
_PLAIN = {"ATTACH", "DURATION", "SEQUENCE", "URL"}
_ALIASES = {"CATEGORY": "CATEGORIES"}
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def is_calendar(root):
    """Whether a root element is that of xCal."""
    return str(root.tag).lower() == "icalendar"


def calendars(root):
    """The VCALENDAR components below a root element."""
    return [_component(element, 0) for element in _children(root) if _tag(element) == "vcalendar"]


def _component(element, depth):
    part = Component(_tag(element).upper(), element.sourceline)
    for child in _inside(element):
        if _tag(child) in _PARTS and depth < MOST_DEEP:
            part.parts.append(_component(child, depth + 1))
            continue
        name = _ALIASES.get(_tag(child).upper(), _tag(child).upper())
        if name in READ:
            part.properties.setdefault(name, []).append(_property(child, name))
    return part


def _inside(element):
    """What is in an element; RFC 6321 groups it once more."""
    for child in _children(element):
        yield from _children(child) if _tag(child) in ("properties", "components") else [child]


def _property(element, name):
    params = {key.upper(): value for key, value in element.attrib.items()}
    values = []
    for child in _children(element):
        if _tag(child) == "parameters":
            params |= {_tag(each).upper(): words(each).strip() for each in _children(child)}
        else:
            values.append(child)
    if name == "RRULE" and values:
        return Property(params, _rule(values[0]))
    if any(_tag(value) == "date" for value in values):
        params["VALUE"] = "DATE"
    return Property(params, ",".join(_raw(each, name) for each in values or [element]))


def _rule(recur):
    """A rule as iCalendar text writes it; RFC 6321 repeats the parts that are lists."""
    found = {}
    for each in _children(recur):
        text = words(each).strip()
        found.setdefault(_tag(each).upper(), []).append(_bare(text) if _tag(each) == "until" else text)
    return ";".join(f"{name}={','.join(texts)}" for name, texts in found.items())


def _raw(element, name):
    text = words(element).strip()
    if name in _MOMENTS:
        return _bare(text)
    if name in ("TZOFFSETFROM", "TZOFFSETTO"):
        return text.replace(":", "")
    return text if name in _PLAIN else text.translate(_ESCAPED)


def _bare(moment):
    """A moment as iCalendar text writes it: RFC 6321 has it with hyphens and colons; one with an offset, which neither knows, is that of UTC."""
    with suppress(ValueError):
        known = datetime.fromisoformat(moment)
        if known.tzinfo is not None:
            return known.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return moment.replace("-", "").replace(":", "")


def _children(element):
    """The elements in an element that are in no other namespace: pentabarf keeps things of its own beside those of a calendar."""
    return [child for child in element if isinstance(child.tag, str) and not child.tag.startswith("{")]


def _tag(element):
    return str(element.tag).lower()
