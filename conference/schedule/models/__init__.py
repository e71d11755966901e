"""Tables of the programme: the draft, the releases that the public sees, and everybody's stars."""

from conference.schedule.models.draft import (
    Affiliation,
    Author,
    Contributor,
    Presentation,
    Room,
    Session,
    SessionPerson,
    Track,
)
from conference.schedule.models.public import Itinerary, Release, ReleaseFile, Star, Upload

__all__ = [
    "Affiliation",
    "Author",
    "Contributor",
    "Itinerary",
    "Presentation",
    "Release",
    "ReleaseFile",
    "Room",
    "Session",
    "SessionPerson",
    "Star",
    "Track",
    "Upload",
]
