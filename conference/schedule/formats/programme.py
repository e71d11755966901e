"""A programme as plain values: what every reader makes and every writer takes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

NAMESPACE = uuid5(NAMESPACE_URL, "https://plenary.example/programme")
ROLES = ("chair", "speaker", "discussant")
LINK_KINDS = ("link", "attachment")


@dataclass(frozen=True, slots=True)
class Link:
    """Something elsewhere on the web: a page, slides, a recording."""

    url: str
    title: str = ""
    kind: str = "link"


@dataclass(frozen=True, slots=True)
class Room:
    """A place where sessions are held; its name is its identity within a meeting."""

    name: str


@dataclass(frozen=True, slots=True)
class Track:
    """A strand of the programme; its name is its identity within a meeting."""

    name: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class PersonItem:
    """Someone who speaks, writes or chairs; `name` is how the source writes it, in full."""

    guid: str
    name: str
    number: int | None = None
    given: str = ""
    middle: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class AffiliationItem:
    """Where an author works, as printed under one presentation."""

    institution: str = ""
    department: str = ""
    city: str = ""
    state: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Authorship:
    """One author of one presentation; the order of authorships is the order of authors."""

    person: str
    affiliations: tuple[AffiliationItem, ...] = ()
    presenting: bool = False


@dataclass(frozen=True, slots=True)
class SessionPerson:
    """Someone with a part in a session as a whole."""

    person: str
    role: str = "speaker"


@dataclass(frozen=True, slots=True)
class PresentationItem:
    """One talk or poster within a session; `minutes` is 0 when unknown, `starts` is set only when pinned."""

    guid: str
    title: str
    number: int | None = None
    abstract: str = ""
    kind: str = ""
    track: str = ""
    minutes: int = 0
    starts: datetime | None = None
    award: str = ""
    board: str = ""
    withdrawn: bool = False
    keywords: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    authors: tuple[Authorship, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionItem:
    """One entry of the programme with its own time; `day` is the meeting day it belongs to, also after midnight."""

    guid: str
    title: str
    starts: datetime
    ends: datetime
    day: date
    number: int | None = None
    subtitle: str = ""
    kind: str = ""
    room: str = ""
    track: str = ""
    language: str = ""
    abstract: str = ""
    description: str = ""
    origin_url: str = ""
    withdrawn: bool = False
    links: tuple[Link, ...] = ()
    people: tuple[SessionPerson, ...] = ()
    presentations: tuple[PresentationItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    """The whole: rooms and tracks in the order in which they are shown, people, sessions by time."""

    title: str = ""
    acronym: str = ""
    timezone: str = "UTC"
    rooms: tuple[Room, ...] = ()
    tracks: tuple[Track, ...] = ()
    people: tuple[PersonItem, ...] = ()
    sessions: tuple[SessionItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """How often an item's time or room changed in public (RFC 5546 SEQUENCE), and when anything of it last changed."""

    sequence: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Edition:
    """A released state of a programme: its number, moment, public address and the revision of each item by guid."""

    number: int
    published_at: datetime
    url: str
    revisions: dict[str, Revision] = field(default_factory=dict)

    def revision(self, guid):
        """The revision of an item; the first one when nothing is known of it."""
        return self.revisions.get(guid) or Revision(0, self.published_at)


def stable_guid(*parts):
    """The same UUID whenever the same source names the same thing; never made from an e-mail address."""
    return str(uuid5(NAMESPACE, "/".join(str(part) for part in parts)))
