"""When which part of a presentation may be read: instants of an abstract's own, and rules of a meeting for all of a kind."""

from dataclasses import dataclass
from datetime import datetime, time

# What can be under embargo, in the order in which it usually opens: who speaks of what; the text; slides, posters, recordings; awards.
LISTING, TEXT, FILES, AWARD = GROUPS = ("listing", "text", "files", "award")
# What a rule's moment is counted from: an instant; the start of the session; a time of day on its day, or on the meeting's first.
INSTANT, SESSION, DAY, MEETING = ANCHORS = ("instant", "session", "day", "meeting")


@dataclass(frozen=True, slots=True)
class Embargo:
    """The instant from which each group of fields is public; None where nothing holds it back."""

    listing: datetime | None = None
    text: datetime | None = None
    files: datetime | None = None
    award: datetime | None = None

    def of(self, group):
        """The instant of a group, or None."""
        return getattr(self, group)

    def closed(self, now):
        """The groups that are not public yet; a text whose title is not is not public either."""
        held = frozenset(group for group in GROUPS if self.of(group) and now < self.of(group))
        return frozenset(GROUPS) if LISTING in held else held


NONE = Embargo()


@dataclass(frozen=True, slots=True)
class EmbargoRule:
    """Until when a group of fields is held back in presentations of a kind ("" is every kind): `at` or `clock`, as the anchor says."""

    group: str
    anchor: str
    kind: str = ""
    at: datetime | None = None
    clock: time | None = None
