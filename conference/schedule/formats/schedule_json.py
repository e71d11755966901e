"""Writes c3voc schedule.json, valid against schema 1 (https://c3voc.de/schedule/schema.json)."""

import json
import re

from conference.schedule.formats.flat import acronym_of, by_room, days_of, flatten, slug_of
from conference.schedule.formats.programme import stable_guid
from conference.schedule.formats.text import slug

_ZONE = re.compile(r"^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$")


def write(programme, edition):
    """schedule.json as UTF-8 bytes; withdrawn entries are left out."""
    events = [event for event in flatten(programme, edition) if not event.withdrawn]
    tree = {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": "plenary", "version": "1"},
        "schedule": {
            "version": f"{edition.number} {edition.published_at:%Y-%m-%d %H:%M}",
            "base_url": edition.url,
            "conference": _conference(programme, edition, events),
        },
    }
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


def _conference(programme, edition, events):
    acronym, days = acronym_of(programme), days_of(events)
    zone = {"time_zone_name": programme.timezone} if _ZONE.search(programme.timezone) else {}
    return {
        "acronym": acronym,
        "title": programme.title or acronym,
        "start": days[0][1].isoformat() if days else "",
        "end": days[-1][1].isoformat() if days else "",
        "daysCount": len(days),
        "timeslot_duration": "00:05",
        **zone,
        "url": edition.url,
        "tracks": [_track(track) for track in programme.tracks],
        "rooms": [_room(name, edition) for name in by_room(events)],
        "days": [_day(index, day, of_day, acronym) for index, day, of_day in days],
    }


def _track(track):
    colour = {"color": track.colour} if track.colour else {}
    return {"name": track.name, **_slug(track.name), **colour}


def _room(name, edition):
    return {"name": name, "guid": stable_guid(edition.url, "room", name), **_slug(name)}


def _slug(name):
    text = slug(name)
    return {"slug": text} if len(text) > 1 else {}


def _day(index, day, events, acronym):
    return {
        "index": index,
        "date": day.isoformat(),
        "day_start": min(event.starts for event in events).isoformat(),
        "day_end": max(event.ends for event in events).isoformat(),
        "rooms": {
            name: [_event(event, name, acronym) for event in of_room] for name, of_room in by_room(events).items()
        },
    }


def _event(event, room, acronym):
    return {
        "guid": event.guid,
        "id": event.number,
        "date": event.starts.isoformat(timespec="seconds"),
        "start": f"{event.starts:%H:%M}",
        "end": event.ends.isoformat(timespec="seconds"),
        "duration": event.duration,
        "room": room,
        "slug": slug_of(event, acronym),
        "url": event.url,
        "title": event.title,
        "subtitle": event.subtitle,
        "track": event.track or None,
        "type": event.kind,
        "language": event.language or None,
        "abstract": event.abstract,
        "description": event.description,
        "persons": [_person(person) for person in event.people],
        "links": [_reference(link) for link in event.links if link.kind == "link"],
        "attachments": [_reference(link) for link in event.links if link.kind == "attachment"],
    }


def _person(person):
    number = {"id": person.number} if person.number else {}
    return {"guid": person.guid, "name": person.name, **number}


def _reference(link):
    return {"url": link.url, "title": link.title or link.url}
