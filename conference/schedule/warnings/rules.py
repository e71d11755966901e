"""What is wrong or doubtful in a programme: every warning from plain values, in one sweep for each room and person."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from itertools import chain, pairwise

from conference.schedule.formats.programme import Programme
from conference.schedule.pruning import standing
from conference.schedule.rules import is_poster_session, lengths_of
from conference.schedule.warnings.engagements import Part, booked, is_break, related, tasks
from conference.schedule.warnings.sweep import are_apart, near
from conference.schedule.warnings.walking import NOWHERE, Walking, lacking

TENTHS = 10
MINUTE = 60


class Kind(StrEnum):
    """What a warning is about, the gravest first."""

    ROOM = "room"
    CHAIR = "chair"
    SPEAKER = "speaker"
    WALKING = "walking"
    CAPACITY = "capacity"
    FALLEN = "fallen"
    UNREGISTERED = "unregistered"
    DISCLOSURE = "disclosure"
    UNSCHEDULED = "unscheduled"
    AUTHOR = "author"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """How grave: it cannot be held so; somebody should look; good to know."""

    WRONG = "wrong"
    DOUBTFUL = "doubtful"
    NOTE = "note"


class Disclosing(StrEnum):
    """Who is asked for their interests: nobody, whoever chairs, speaks or presents, or every author too."""

    NOBODY = "nobody"
    SPEAKING = "speaking"
    EVERYBODY = "everybody"


SEVERITIES = {
    Kind.ROOM: Severity.WRONG,
    Kind.CHAIR: Severity.WRONG,
    Kind.SPEAKER: Severity.WRONG,
    Kind.AUTHOR: Severity.NOTE,
    Kind.UNKNOWN: Severity.NOTE,
}
_RANKS = {kind: rank for rank, kind in enumerate(Kind)}
_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Warning:
    """One thing to look at: the guids of the items and people concerned; `facts` are what it rests on.

    `numbers` are what it is about where something is counted: (minutes that there are, minutes of the way), (places, wishes). `key` stays as long as it is about the same things, `state` changes with the facts.
    """

    kind: Kind
    items: tuple[str, ...]
    people: tuple[str, ...] = ()
    facts: tuple = ()
    starts: datetime | None = None
    numbers: tuple[int, ...] = ()

    @property
    def severity(self):
        """How grave it is."""
        return SEVERITIES.get(self.kind, Severity.DOUBTFUL)

    @cached_property
    def key(self):
        """What it is about, as 32 hexadecimal digits."""
        return _digest(self.kind, *self.items, "", *self.people)

    @cached_property
    def state(self):
        """What it rests on, as 32 hexadecimal digits."""
        return _digest(*self.facts)


@dataclass(frozen=True)
class Known:
    """All that warnings are made of.

    `stars` counts who wants to see something of a session, by its guid; `persons` are ids of who somebody of the programme is known to
    be; `registered` are ids of persons, None where nobody has looked.
    """

    programme: Programme
    walking: Walking = NOWHERE
    stars: dict = field(default_factory=dict)
    persons: dict = field(default_factory=dict)
    registered: frozenset | None = None
    disclosing: Disclosing = Disclosing.SPEAKING


def warnings(known):
    """[Warning], the gravest kinds first, each kind in order of time."""
    held = replace(known, programme=standing(known.programme))
    rules = (_rooms, _bookings, _capacity, _people, _disclosures, _unscheduled)
    found = chain(_fallen(known), *(rule(held) for rule in rules))
    return sorted(found, key=_in_order)


def _rooms(known):
    """Two sessions in one room; posters and breaks stand beside others without harm, and a part lies in its whole."""
    rooms = defaultdict(list)
    for session in known.programme.sessions:
        if session.room and not (session.withdrawn or is_poster_session(session.kind) or is_break(session)):
            rooms[session.room].append(session)
    for room, sessions in rooms.items():
        for one, other in near(sessions):
            if not related(one, other):
                items = tuple(sorted((one.guid, other.guid)))
                yield Warning(Kind.ROOM, items, (), (room, *_times(one), *_times(other)), other.starts)


def _bookings(known):
    """Who is needed in two places at once, or has no time to walk from one to the other: once for two sessions."""
    reach = known.walking.longest
    for person, engagements in booked(known.programme, lengths_of(known.programme.kinds)).items():
        if len(engagements) < 2 or (len(engagements) == 2 and are_apart(engagements[0], engagements[1], reach)):
            continue
        found = defaultdict(dict)
        for one, other in near(engagements, reach):
            kind = None if related(one.session, other.session) else _kind(one, other, known.walking)
            if kind:
                sessions = frozenset((one.session.guid, other.session.guid))
                found[kind, sessions] |= {one.item: one, other.item: other}
        for (kind, _sessions), items in found.items():
            yield _booking(kind, person, items, known.walking)


def _kind(one, other, walking):
    """What is wrong with two engagements of somebody that are near each other in time; None if nothing is."""
    parts = {one.part, other.part}
    if other.starts < one.ends:
        return Kind.AUTHOR if Part.AUTHOR in parts else Kind.CHAIR if Part.CHAIR in parts else Kind.SPEAKER
    if Part.AUTHOR in parts:
        return None
    return Kind.WALKING if lacking(one, other, walking) else None


def _booking(kind, person, items, walking):
    spans = sorted(items.values(), key=lambda span: (span.starts, span.ends, span.item))
    facts = tuple(word for span in spans for word in (*_times(span), span.session.room))
    numbers = ()
    if kind is Kind.WALKING:
        numbers = _minutes_of_way(spans, walking)
        facts += tuple(map(str, numbers))
    return Warning(kind, tuple(span.item for span in spans), (person,), facts, spans[0].starts, numbers)


def _minutes_of_way(spans, walking):
    """(minutes between the two sessions, minutes that the way takes), where least is left for it."""
    ways = [
        (after.starts - before.ends, before.session, after.session)
        for before, after in pairwise(sorted(spans, key=lambda span: span.starts))
        if before.session is not after.session
    ]
    gap, one, other = min(ways, key=lambda each: each[0])
    way = walking.between(one.room, other.room)
    return tuple(int(each.total_seconds() // MINUTE) for each in (gap, way))


def _capacity(known):
    """More stars than places; what it rests on changes with every tenth of the places, not with every star."""
    for session in known.programme.sessions:
        wished = known.stars.get(session.guid, 0)
        if 0 < session.capacity < wished and not session.withdrawn:
            facts = (str(session.capacity), str(wished * TENTHS // session.capacity))
            numbers = (session.capacity, wished)
            yield Warning(Kind.CAPACITY, (session.guid,), (), facts, session.starts, numbers)


def _people(known):
    """Who chairs, speaks or presents and is not registered, or is not known at all."""
    if known.registered is not None:
        for person, items in tasks(known.programme).items():
            found = known.persons.get(person)
            if found not in known.registered:
                yield _about(Kind.UNREGISTERED if found else Kind.UNKNOWN, person, items)


def _disclosures(known):
    """Who is asked for their interests and has not said what they are, or that there are none."""
    silent = {person.guid for person in known.programme.people if person.disclosure is None}
    if silent and known.disclosing is not Disclosing.NOBODY:
        asked = tasks(known.programme, with_authors=known.disclosing is Disclosing.EVERYBODY)
        for person in silent & asked.keys():
            yield _about(Kind.DISCLOSURE, person, asked[person])


def _about(kind, person, items):
    return Warning(kind, tuple(sorted(items)), (person,), (), min(items.values()))


def _fallen(known):
    """Talks that stand although their abstract was not accepted, or is not any more: the public sees them cancelled."""
    fallen = {each.guid: each.status for each in known.programme.abstracts if each.status != "accepted"}
    for session in known.programme.sessions:
        for talk in session.presentations:
            if talk.submission in fallen and not (session.withdrawn or talk.withdrawn):
                yield Warning(Kind.FALLEN, (talk.guid,), (), (fallen[talk.submission],), session.starts)


def _unscheduled(known):
    """Abstracts that were accepted and are presented nowhere."""
    presented = {
        talk.submission
        for session in known.programme.sessions
        if not session.withdrawn
        for talk in session.presentations
        if not talk.withdrawn
    }
    for abstract in known.programme.abstracts:
        if abstract.status == "accepted" and abstract.guid not in presented:
            yield Warning(Kind.UNSCHEDULED, (abstract.guid,))


def _times(timed):
    return timed.starts.isoformat(), timed.ends.isoformat()


def _in_order(warning):
    return _RANKS[warning.kind], warning.starts or _EVER, warning.items, warning.people


def _digest(*words):
    return sha256("\x1f".join(words).encode()).hexdigest()[:32]
