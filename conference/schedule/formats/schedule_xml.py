"""Writes c3voc/frab schedule.xml, valid against its XSD (https://c3voc.de/schedule/schema.xsd)."""

import re

from lxml import etree

from conference.schedule.formats.flat import acronym_of, by_room, days_of, flatten, slug_of

_PLAIN_URI = re.compile(
    r"^https?://(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+(?:#(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?$"
)


def write(programme, edition):
    """schedule.xml as UTF-8 bytes; withdrawn entries are left out."""
    events = [event for event in flatten(programme, edition) if not event.withdrawn]
    days = days_of(events)
    acronym = acronym_of(programme)
    root = etree.Element("schedule")
    etree.SubElement(root, "generator", name="plenary", version="1")
    _text(root, "url", f"{edition.url}.xml")
    _text(root, "version", f"{edition.number} {edition.published_at:%Y-%m-%d %H:%M}")
    _conference(root, programme, edition, days, acronym)
    for index, day, of_day in days:
        _day(root, index, day, of_day, acronym)
    etree.indent(root, " ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _conference(root, programme, edition, days, acronym):
    element = etree.SubElement(root, "conference")
    _text(element, "title", programme.title or acronym)
    _text(element, "acronym", acronym)
    if days:
        _text(element, "start", days[0][1].isoformat())
        _text(element, "end", days[-1][1].isoformat())
    _text(element, "days", str(len(days)))
    _text(element, "timeslot_duration", "00:05")
    _text(element, "base_url", edition.url)
    _text(element, "url", edition.url)
    _text(element, "time_zone_name", programme.timezone)
    for track in programme.tracks:
        colour = {"color": track.colour} if track.colour else {}
        etree.SubElement(element, "track", name=track.name, **colour)


def _day(root, index, day, events, acronym):
    starts = min(event.starts for event in events)
    ends = max(event.ends for event in events)
    element = etree.SubElement(
        root, "day", index=str(index), date=day.isoformat(), start=_moment(starts), end=_moment(ends)
    )
    for name, of_room in by_room(events).items():
        room = etree.SubElement(element, "room", name=name)
        for event in of_room:
            _event(room, event, name, acronym)


def _event(room, event, room_name, acronym):
    element = etree.SubElement(room, "event", guid=event.guid, id=str(event.number))
    for tag, text in (
        ("date", _moment(event.starts)),
        ("start", f"{event.starts:%H:%M}"),
        ("duration", event.duration),
        ("room", room_name),
        ("slug", slug_of(event, acronym)),
        ("url", event.url),
        ("title", event.title),
        ("subtitle", event.subtitle),
        ("track", event.track),
        ("type", event.kind),
        ("language", event.language),
        ("abstract", event.abstract),
        ("description", event.description),
    ):
        _text(element, tag, text)
    if _PLAIN_URI.match(event.origin_url):
        _text(element, "origin_url", event.origin_url)
    _people(element, event)
    _references(element, event)


def _people(element, event):
    persons = etree.SubElement(element, "persons")
    for person in event.people:
        number = {"id": str(person.number)} if person.number else {}
        _text(persons, "person", person.name, guid=person.guid, **number)


def _references(element, event):
    for kind in ("link", "attachment"):
        group = etree.SubElement(element, f"{kind}s")
        for link in event.links:
            if link.kind == kind:
                _text(group, kind, link.title or link.url, href=link.url)


def _text(parent, tag, text, **attributes):
    etree.SubElement(parent, tag, **attributes).text = text


def _moment(moment):
    return moment.isoformat(timespec="seconds")
