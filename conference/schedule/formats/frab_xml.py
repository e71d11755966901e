"""Reads frab/pentabarf/pretalx schedule.xml as it is found in the wild: lenient, every repair reported."""

from flask_babel import gettext as _

from conference.schedule.formats import xml_source
from conference.schedule.formats.events import Events, RawEvent, RawPerson
from conference.schedule.formats.report import OWN_FLAT, UnreadableFile
from conference.schedule.formats.text import line
from conference.schedule.formats.values import day_in

_NAMES = ("public_name", "full_public_name", "name", "display_name", "full_name")


def read(root, report, *, zone):
    """The Programme below the root element of a schedule.xml; times without an offset are taken to be in `zone` (a ZoneInfo)."""
    if root.tag != "schedule":
        raise UnreadableFile(_("The file is XML, but not a schedule: its first element is not <schedule>."))
    generator = root.find("generator")
    is_ours = generator is not None and generator.get("name") == "plenary"
    if is_ours:
        report.lacks |= OWN_FLAT
    events = Events(
        report,
        zone=zone,
        acronym=_text(root, "conference/acronym"),
        zone_name=_text(root, "conference/time_zone_name"),
        day_change=_text(root, "conference/day_change"),
        base=_text(root, "conference/base_url"),
        is_ours=is_ours,
    )
    for element in root.iterfind("tracks/track"):
        events.track(xml_source.words(element), element.get("color"))
    for element in root.iterfind("conference/track"):
        events.track(element.get("name") or xml_source.words(element), element.get("color"))
    sessions = [events.session(_raw(event, room, day)) for event, room, day in _places(root)]
    return events.programme(title=_text(root, "conference/title"), sessions=sessions)


def _places(root):
    """Each event with the room and day that it stands in, if any."""
    for event in root.iter("event"):
        room, day = next(event.iterancestors("room"), None), next(event.iterancestors("day"), None)
        yield event, "" if room is None else line(room.get("name")), None if day is None else day_in(day.get("date"))


def _raw(event, room, day):
    name = line(event.get("id") or event.get("guid") or "", 60) or "without id"
    return RawEvent(
        where=f"line {event.sourceline}, event {name}",
        day=day,
        room=room or _text(event, "room"),
        guid=event.get("guid") or "",
        id=event.get("id") or "",
        kind=_text(event, "type"),
        abstract=xml_source.inner(event.find("abstract")),
        description=xml_source.inner(event.find("description")),
        persons=tuple(_persons(event)),
        links=tuple(_links(event)),
        **{
            name: _text(event, name)
            for name in ("title", "subtitle", "slug", "track", "language", "url", "date", "start", "end", "duration")
        },
    )


def _persons(event):
    for element in event.iterfind("persons/person"):
        yield RawPerson(_name(element), element.get("guid") or "", element.get("id") or "")


def _name(person):
    """The name of a person, of whom some files say more in elements within."""
    named = (_text(person, name) for name in _NAMES)
    own = "".join([person.text or "", *(child.tail or "" for child in person)])
    return next(filter(line, named), None) or (own if line(own) else xml_source.words(person))


def _links(event):
    for kind, path in (("link", "links/link"), ("attachment", "attachments/attachment")):
        for element in event.iterfind(path):
            yield kind, element.get("href"), xml_source.words(element)


def _text(element, path):
    return xml_source.words(element.find(path))
