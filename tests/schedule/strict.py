"""What schedule.xml and schedule.json must hold, checked without anybody's schema: see https://c3voc.de/wiki/schedule."""

import json
import re
from datetime import date, datetime

from lxml import etree

_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_EVENT = {
    "date": r".+[+-]\d\d:\d\d|.+Z",
    "start": r"[0-2]\d:[0-5]\d",
    "duration": r"\d\d:\d\d",
    "slug": r"[a-z0-9_]{4,}-[a-z0-9\-_]{3,}[a-z0-9]",
    "url": r"https?://.+",
    "title": r".+",
    "room": r".+",
}
_REQUIRED = {"room", "title", "type", "date", "start", "duration", "abstract", "track"}


def faults_of_xml(content):
    """What is wrong with a schedule.xml; empty when it is strict."""
    root = etree.fromstring(content)
    events = root.findall("day/room/event")
    faults = [
        f"{name} {event.findtext(name)!r}"
        for event in events
        for name, rule in _EVENT.items()
        if not _fits(rule, event.findtext(name))
    ]
    faults += [f"missing {name}" for event in events for name in _REQUIRED if event.find(name) is None]
    faults += [f"guid {event.get('guid')}" for event in events if not _fits(_UUID, event.get("guid"))]
    faults += [f"id {event.get('id')}" for event in events if not event.get("id").isdigit() or int(event.get("id")) < 1]
    for kind in (event_ids("guid"), event_ids("id"), lambda event: event.findtext("slug")):
        faults += _doubles([kind(event) for event in events])
    faults += _faults_of_days(root)
    if not _fits(r"[a-z0-9_-]{4,}", root.findtext("conference/acronym")):
        faults.append("acronym")
    return faults


def faults_of_json(content):
    """What is wrong with a schedule.json; empty when it is strict."""
    conference = json.loads(content)["schedule"]["conference"]
    events = [(room, event) for day in conference["days"] for room, held in day["rooms"].items() for event in held]
    faults = [
        f"{name} {event[name]!r}"
        for _room, event in events
        for name, rule in _EVENT.items()
        if not _fits(rule, event[name])
    ]
    faults += [f"room {room}" for room, event in events if event["room"] != room]
    faults += [
        f"date {event['date']}" for _room, event in events if datetime.fromisoformat(event["date"]).tzinfo is None
    ]
    for name in ("guid", "id", "slug"):
        faults += _doubles([event[name] for _room, event in events])
    faults += [person for _room, event in events for person in event["persons"] if "public_name" in person]
    if conference["daysCount"] != len(conference["days"]):
        faults.append("daysCount")
    return faults


def event_ids(name):
    """Reads an attribute of an event."""
    return lambda event: event.get(name)


def _faults_of_days(root):
    faults = _doubles([day.get("index") for day in root.iterfind("day")])
    for day in root.iterfind("day"):
        start, end = datetime.fromisoformat(day.get("start")), datetime.fromisoformat(day.get("end"))
        date.fromisoformat(day.get("date"))
        moments = [datetime.fromisoformat(event.findtext("date")) for event in day.iterfind("room/event")]
        if not moments or not all(start <= moment < end for moment in moments):
            faults.append(f"day {day.get('index')}")
    return faults


def _doubles(values):
    return [f"twice {value}" for value in {value for value in values if values.count(value) > 1}]


def _fits(rule, text):
    return text is not None and re.fullmatch(rule, text, re.DOTALL) is not None
