"""A programme as flat events, the way schedule.xml, schedule.json and calendars see the world: talks, not sessions of talks."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from conference.schedule.formats.programme import Link, PersonItem
from conference.schedule.formats.text import plain, slug
from conference.schedule.rules import calendar_times, lengths_of, room_of


@dataclass(frozen=True, slots=True)
class FlatEvent:
    """One dated entry: a session without talks, a whole poster session, or one talk of a session."""

    guid: str
    number: int
    title: str
    subtitle: str
    kind: str
    room: str
    track: str
    day: date
    starts: datetime
    ends: datetime
    language: str
    abstract: str
    description: str
    origin_url: str
    url: str
    withdrawn: bool
    people: tuple[PersonItem, ...]
    links: tuple[Link, ...]
    board: str = ""

    @property
    def duration(self):
        """Hours and minutes as "01:45", at least a minute and below a hundred hours."""
        # Between instants: the clock of the meeting may change meanwhile.
        length = self.ends.astimezone(UTC) - self.starts.astimezone(UTC)
        minutes = min(max(1, round(length.total_seconds() / 60)), 99 * 60 + 59)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"


def flatten(programme, edition):
    """All FlatEvents of a programme in order of time, withdrawn ones included; guids and numbers are unique."""
    maker = Flattener(programme, edition)
    events = [event for session in programme.sessions for event in maker.events_of(session)]
    return sorted(events, key=lambda event: (event.starts.astimezone(UTC), event.room, event.number))


class Flattener:
    """Makes FlatEvents in the programme's own zone; items without a number get one that is free."""

    def __init__(self, programme, edition):
        self.zone, self.edition = ZoneInfo(programme.timezone), edition
        self.lengths = lengths_of(programme.kinds)
        self.people = {person.guid: person for person in programme.people}
        items = [item for session in programme.sessions for item in (session, *session.presentations)]
        taken = {item.number for item in items}
        free = (number for number in count(1) if number not in taken)
        self.numbers = {item.guid: item.number or next(free) for item in items}

    def events_of(self, session):
        """The talks of a session when they can be given times, otherwise the session as one event."""
        times = calendar_times(session, self.lengths)
        if not times:
            return [self.session(session)]
        return [self.talk(session, talk, *when) for talk, when in zip(session.presentations, times, strict=True)]

    def entry(self, session, talk):
        """One talk with the best time known for it: that of its session when there is none."""
        times = calendar_times(session, self.lengths) or [(session.starts, session.ends)] * len(session.presentations)
        order = [each.guid for each in session.presentations].index(talk.guid)
        return self.talk(session, talk, *times[order])

    def session(self, session):
        """A session as one event; its talks are listed in the description."""
        listed = "".join(f"<li>{_escaped(talk.title)}</li>" for talk in session.presentations)
        return self._event(
            session,
            session,
            when=(session.starts, session.ends),
            subtitle=session.subtitle,
            description=session.description + (f"<ol>{listed}</ol>" if listed else ""),
            people=[part.person for part in session.people],
        )

    def talk(self, session, talk, starts, ends):
        """One talk as an event of its own, the session's title below its own."""
        return self._event(
            session,
            talk,
            when=(starts, ends),
            subtitle=session.title if session.title != talk.title else session.subtitle,
            description="",
            people=[author.person for author in talk.authors] or [part.person for part in session.people],
        )

    def _event(self, session, item, *, when, subtitle, description, people):
        number = self.numbers[item.guid]
        path = "sessions" if item is session else "presentations"
        return FlatEvent(
            guid=item.guid,
            number=number,
            title=item.title,
            subtitle=subtitle,
            kind=item.kind or session.kind,
            room=session.room if item is session else room_of(session, item),
            track=item.track or session.track,
            day=session.day,
            starts=when[0].astimezone(self.zone),
            ends=when[1].astimezone(self.zone),
            language=session.language,
            abstract=item.abstract,
            description=description,
            origin_url=session.origin_url if item is session else "",
            url=f"{self.edition.url}/{path}/{number}",
            withdrawn=session.withdrawn or item.withdrawn,
            people=tuple(self.people[guid] for guid in dict.fromkeys(people) if guid in self.people),
            links=item.links,
            board="" if item is session else item.board,
        )


def acronym_of(programme):
    """A conference acronym that schema and XSD accept: at least four of a-z, 0-9 and _."""
    bare = re.sub(r"[^a-z0-9]+", "_", slug(programme.acronym or programme.title)).strip("_")
    return bare if len(bare) >= 4 else f"plenary_{bare}".rstrip("_")


def slug_of(event, acronym):
    """A slug that schema and XSD accept, unique because the number is."""
    tail = slug(event.title) or "item"
    text = f"{event.number}-{tail}"
    return f"{acronym}-{text if len(text) >= 4 else text + '-item'}"


def days_of(events):
    """[(index from 1, day, events)] in order."""
    days = {}
    for event in events:
        days.setdefault(event.day, []).append(event)
    return [(index, day, days[day]) for index, day in enumerate(sorted(days), start=1)]


def by_room(events):
    """{room name: events}; entries without a room stand under "TBA", since the formats require one."""
    rooms = {}
    for event in events:
        rooms.setdefault(event.room or "TBA", []).append(event)
    return rooms


def teaser(markup, longest):
    """The first words of safe HTML as one line of text."""
    text = " ".join(plain(markup).split())
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:.–-") + "…"


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
