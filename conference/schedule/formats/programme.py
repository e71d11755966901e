"""A programme as plain values: what every reader makes and every writer takes."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from html import escape
from uuid import NAMESPACE_URL, uuid5

from conference.schedule.formats.embargo import NONE, Embargo, EmbargoRule

NAMESPACE = uuid5(NAMESPACE_URL, "https://plenary.example/programme")
ROLES = ("chair", "co-chair", "moderator", "organiser", "speaker", "panelist", "discussant")
LINK_KINDS = ("link", "attachment")
STATUSES = ("submitted", "accepted", "rejected", "withdrawn")


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
class Kind:
    """A kind of presentation: how many minutes one lasts that says nothing else; 0 where that is not set."""

    name: str
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class PersonItem:
    """Someone who speaks, writes or chairs; `name` is how the source writes it, in full.

    `disclosure` of interests is None as long as it has not been given, empty where there is nothing to disclose.
    """

    guid: str
    name: str
    number: int | None = None
    given: str = ""
    middle: str = ""
    family: str = ""
    disclosure: str | None = None


@dataclass(frozen=True, slots=True)
class AffiliationItem:
    """Where an author works, as printed under one presentation; `ror` is the institution's id (https://ror.org), without its address."""

    institution: str = ""
    department: str = ""
    city: str = ""
    state: str = ""
    country: str = ""
    ror: str = ""


@dataclass(frozen=True, slots=True)
class Authorship:
    """One author of one presentation; the order of authorships is the order of authors."""

    person: str
    affiliations: tuple[AffiliationItem, ...] = ()
    presenting: bool = False
    corresponding: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a structured abstract: its heading, which may be empty, and its text as safe HTML."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class AbstractItem:
    """What was submitted: it may be presented several times, or not (yet) at all. `embargo` holds instants of its own."""

    guid: str
    title: str
    number: int | None = None
    status: str = "accepted"
    late_breaking: bool = False
    award: str = ""
    sections: tuple[Section, ...] = ()
    topics: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    authors: tuple[Authorship, ...] = ()
    embargo: Embargo = NONE

    @property
    def text(self):
        """All sections as one safe HTML text."""
        return "".join(
            f"<p><strong>{escape(part.heading)}</strong></p>{part.text}" if part.heading else part.text
            for part in self.sections
        )


@dataclass(frozen=True, slots=True)
class SessionPerson:
    """Someone with a part in a session as a whole."""

    person: str
    role: str = "speaker"


@dataclass(frozen=True, slots=True)
class PresentationItem:
    """One talk or poster within a session; `minutes` is 0 when unknown, `starts` is set only when pinned.

    One that presents an abstract names it in `submission` and has its title, text, topics, award, links and authors (see `presenting`).
    `hall` is set where a poster does not hang in the room of its session. In a programme as the public sees it, `embargo` says when
    groups of fields open, and `closed` which of them are held back and therefore empty.
    """

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
    hall: str = ""
    submission: str = ""
    late_breaking: bool = False
    withdrawn: bool = False
    embargo: Embargo = NONE
    closed: frozenset[str] = frozenset()
    keywords: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    authors: tuple[Authorship, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionItem:
    """One entry of the programme with its own time; `day` is the meeting day it belongs to, also after midnight.

    `parent` is the guid of the session that it is a part of (one level, no deeper); `capacity` is 0 where nobody is counted.
    """

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
    parent: str = ""
    capacity: int = 0
    links: tuple[Link, ...] = ()
    people: tuple[SessionPerson, ...] = ()
    presentations: tuple[PresentationItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    """The whole: rooms, tracks and kinds in the order in which they are shown, people, abstracts, sessions by time.

    `unplaced` are talks of a draft that were taken back, in no session: what tables are laid on knows them, and no file has them.
    """

    title: str = ""
    acronym: str = ""
    timezone: str = "UTC"
    rooms: tuple[Room, ...] = ()
    tracks: tuple[Track, ...] = ()
    kinds: tuple[Kind, ...] = ()
    embargoes: tuple[EmbargoRule, ...] = ()
    people: tuple[PersonItem, ...] = ()
    abstracts: tuple[AbstractItem, ...] = ()
    sessions: tuple[SessionItem, ...] = ()
    unplaced: tuple[PresentationItem, ...] = ()


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


def presenting(talk, abstract):
    """The presentation with all that it has from the abstract that it presents."""
    return replace(
        talk,
        submission=abstract.guid,
        title=abstract.title,
        abstract=abstract.text,
        keywords=abstract.topics,
        award=abstract.award,
        late_breaking=abstract.late_breaking,
        links=abstract.links,
        authors=abstract.authors,
    )


def stable_guid(*parts):
    """The same UUID whenever the same source names the same thing; never made from an e-mail address."""
    return str(uuid5(NAMESPACE, "/".join(str(part) for part in parts)))
