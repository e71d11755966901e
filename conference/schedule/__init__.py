"""The programme: sessions, presentations, rooms, tracks, the people in it, and its releases.

The tables are the draft that staff and imports work on. A release freezes the whole of it as one document, with its
exports; public pages, calendars and search read the current release and nothing else. Stars keep what somebody wants to
see by the guid of the item, which survives re-scheduling.
"""

from conference.schedule import formats, itineraries, published, warnings
from conference.schedule.addresses import addresses
from conference.schedule.bringing_in import bring_in, bring_in_programme
from conference.schedule.changes import desk as changes
from conference.schedule.contributing import Contribution, contributions, contributor, recognise
from conference.schedule.formats import UnreadableFile
from conference.schedule.importing import import_content
from conference.schedule.itineraries import STARS_COOKIE, adopt_stars
from conference.schedule.models import Abstract, Contributor, Presentation, Release, Session
from conference.schedule.releasing import NothingToRelease, go_back, release

__all__ = [
    "STARS_COOKIE",
    "Abstract",
    "Contribution",
    "Contributor",
    "NothingToRelease",
    "Presentation",
    "Release",
    "Session",
    "UnreadableFile",
    "addresses",
    "adopt_stars",
    "bring_in",
    "bring_in_programme",
    "changes",
    "contributions",
    "contributor",
    "formats",
    "go_back",
    "import_content",
    "itineraries",
    "published",
    "recognise",
    "release",
    "warnings",
]
