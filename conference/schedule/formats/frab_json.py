"""Reads schedule.json, schema 1 (c3voc, frab, pretalx) and schema 2: lenient, every repair reported.

Both are described at https://c3voc.de/schedule/ (schema.json, schema2.json). What is written in schema 1 gives what the same programme
written as schedule.xml would give.
"""

from datetime import datetime
from itertools import chain, islice

from flask_babel import gettext as _

from conference.schedule.formats.events import Events, RawEvent, RawPerson
from conference.schedule.formats.json_source import child, listed, table
from conference.schedule.formats.report import OWN_FLAT, UnreadableFile
from conference.schedule.formats.text import line
from conference.schedule.formats.values import day_in

MOST_DAYS = 400
ROLES = {"MODERATOR": "moderator", "HOST": "organiser"}
_CANCELLED = {"CANCELED", "CANCELLED", "WITHDRAWN"}
_NOT_YET = {"DRAFT", "SUBMITTED", "REJECTED", "DELETED"}
_NAMES = ("public_name", "full_public_name", "name", "display_name")


def is_schedule(tree):
    """Whether a parsed file holds a schedule with days or events, with or without the outer "schedule"."""
    whole, conference = _parts(tree)
    return any(name in part for part in (whole, conference) for name in ("days", "events"))


def read(tree, report, *, zone):
    """The Programme in a parsed schedule.json; times without an offset are taken to be in `zone` (a ZoneInfo)."""
    whole, conference = _parts(tree)
    is_ours = child(tree, "generator").get("name") == "plenary"
    if is_ours:
        report.lacks |= OWN_FLAT
    events = Events(
        report,
        zone=zone,
        acronym=conference.get("acronym"),
        zone_name=conference.get("time_zone_name"),
        day_change=conference.get("day_change"),
        base=whole.get("base_url") or conference.get("base_url"),
        is_ours=is_ours,
    )
    reader = _Reader(conference)
    for track in table(conference, "tracks"):
        colour = track.get("color") or child(track, "colors").get("light")
        events.track(_in_one_language(track.get("name")), colour)
    parts = (conference, whole)
    # One at a time: the bound on entries ends it before all are made.
    raws = chain.from_iterable(of(part) for of in (reader.of_days, reader.of_list) for part in parts)
    sessions = [_session(events, raw, state) for raw, state in raws]
    if not sessions and not any(name in part for part in (whole, conference) for name in ("days", "events")):
        raise UnreadableFile(_("The file is JSON, but not a programme: it has no sessions."))
    return events.programme(title=_in_one_language(conference.get("title")), sessions=sessions)


class _Reader:
    """Makes RawEvents; rooms and tracks of schema 2 are named by reference."""

    def __init__(self, conference):
        self.rooms = _by_reference(conference, "rooms")
        self.tracks = _by_reference(conference, "tracks")
        self.days = list(islice(_spans(conference), MOST_DAYS))

    def of_days(self, tree):
        """(RawEvent, state) of all that stands in days and their rooms."""
        days = tree.get("days")
        for day in days.values() if isinstance(days, dict) else listed(tree, "days"):
            if isinstance(day, dict):
                on = day_in(line(day.get("date"))[:10])
                for room, event in _of_rooms(day):
                    yield self._raw(event, room, on, has_id=True)

    def of_list(self, tree):
        """(RawEvent, state) of all that stands in one list, as schema 2 has it."""
        for event in table(tree, "events"):
            begins = _aware(event.get("date") or event.get("start"))
            day = next((day for first, last, day in self.days if begins and first <= begins < last), None)
            yield self._raw(event, "", day, has_id="id" in event)

    def _raw(self, event, room, day, *, has_id):
        name = line(event.get("id") or event.get("guid") or event.get("code"), 60)
        date = event.get("date") or (event.get("start") if "T" in line(event.get("start"), 40) else "")
        raw = RawEvent(
            where=f"event {name or line(_in_one_language(event.get('title')), 60) or 'without id'}",
            day=day,
            room=room or self._named(event.get("room"), self.rooms),
            track=self._named(event.get("track"), self.tracks),
            id=(event.get("id") or "") if has_id else None,
            slug=event.get("code") or event.get("slug"),
            kind=event.get("type"),
            date=date,
            withdrawn=line(event.get("state")).upper() in _CANCELLED,
            persons=tuple(_persons(event)),
            links=tuple(_links(event)),
            **{name: event.get(name) for name in ("guid", "start", "end", "duration")},
            **{
                name: _in_one_language(event.get(name))
                for name in ("title", "subtitle", "language", "abstract", "description", "url")
            },
        )
        return raw, line(event.get("state")).upper()

    def _named(self, value, known):
        if not isinstance(value, dict):
            return line(value)
        keys = (line(value.get(key)) for key in ("guid", "slug"))
        own = line(_in_one_language(value.get("name")))
        return own or next((known[key] for key in keys if key in known), "") or line(value.get("slug"))


def _session(events, raw, state):
    if state not in _NOT_YET:
        return events.session(raw)
    events.count()
    events.report.skip(raw.where, f"its state is {state}: it is not in the programme")
    return None


def _parts(tree):
    whole = child(tree, "schedule") or tree
    return whole, child(whole, "conference")


def _of_rooms(day):
    rooms = day.get("rooms")
    if isinstance(rooms, dict):
        yield from ((line(name), event) for name in rooms for event in table(rooms, name))
    for room in table(day, "rooms"):
        events = [*table(room, "events"), *table(room, "talks")]
        yield from ((line(_in_one_language(room.get("name"))), event) for event in events)
    yield from (("", event) for event in [*table(day, "events"), *table(day, "talks")])


def _persons(event):
    for field in ("persons", "participants", "speakers"):
        for person in listed(event, field):
            if isinstance(person, dict):
                name = next((person[key] for key in _NAMES if line(person.get(key))), "")
                role = ROLES.get(line(person.get("role")).upper(), "speaker")
                yield RawPerson(name, person.get("guid"), person.get("id") or person.get("code"), role)
            elif isinstance(person, str):
                yield RawPerson(person)


def _links(event):
    for kind in ("link", "attachment"):
        for link in listed(event, f"{kind}s"):
            if isinstance(link, dict):
                yield kind, link.get("url") or link.get("href"), _in_one_language(link.get("title"))
            else:
                yield kind, link, ""


def _spans(conference):
    """(first instant, end, day) of the days of schema 2, which may last into the small hours."""
    for day in table(conference, "days"):
        first, last, on = _aware(day.get("start")), _aware(day.get("end")), day_in(line(day.get("date"))[:10])
        if first and last and on:
            yield first, last, on


def _aware(text):
    try:
        moment = datetime.fromisoformat(line(text, 40))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _by_reference(conference, name):
    found = {}
    for entry in table(conference, name):
        for key in ("guid", "slug"):
            if line(entry.get(key)):
                found[line(entry[key])] = line(_in_one_language(entry.get("name")))
    return found


def _in_one_language(value):
    """A text that may come in several languages, in English or else in the first that there is."""
    if not isinstance(value, dict):
        return value
    texts = {key: text for key, text in value.items() if isinstance(text, str) and text.strip()}
    return texts.get("en") or next(iter(texts.values()), "")
