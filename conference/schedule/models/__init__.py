"""Tables of the programme: the draft, the releases that the public sees, and everybody's stars."""

from conference.schedule.models.checking import CheckPolicy, SetAside, Walk
from conference.schedule.models.draft import (
    Contributor,
    Kind,
    Presentation,
    Room,
    Session,
    SessionPerson,
    Track,
)
from conference.schedule.models.found import Opening, SearchEntry
from conference.schedule.models.paper import Paper
from conference.schedule.models.public import Itinerary, Release, ReleaseFile, Star, Upload
from conference.schedule.models.submitted import Abstract, Affiliation, Author, EmbargoRule

__all__ = [
    "Abstract",
    "Affiliation",
    "Author",
    "CheckPolicy",
    "Contributor",
    "EmbargoRule",
    "Itinerary",
    "Kind",
    "Opening",
    "Paper",
    "Presentation",
    "Release",
    "ReleaseFile",
    "Room",
    "SearchEntry",
    "Session",
    "SessionPerson",
    "SetAside",
    "Star",
    "Track",
    "Upload",
    "Walk",
]
