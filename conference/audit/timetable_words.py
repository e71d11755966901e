"""The trail's words about the timetable of a programme."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "added a session": _l("Session added"),
    "added a talk": _l("Talk added"),
    "changed a talk": _l("Talk changed"),
    "moved a session": _l("Moved in the timetable"),
    "put a session into the pool": _l("Put into the pool"),
    "removed a session": _l("Session removed"),
    "removed a talk": _l("Talk removed"),
    "set rooms of": _l("Rooms"),
    "set tracks of": _l("Tracks"),
    "took back a change of": _l("Change taken back"),
}
FIELDS = {
    "abstract": _l("abstract"),
    "capacity": _l("places"),
    "co-chair": _l("co-chairs"),
    "description": _l("description"),
    "discussant": _l("discussants"),
    "language": _l("language"),
    "minutes": _l("minutes"),
    "moderator": _l("moderators"),
    "organiser": _l("organisers"),
    "panelist": _l("panelists"),
    "place": _l("place"),
    "rooms": _l("rooms"),
    "session": _l("session"),
    "speaker": _l("speakers"),
    "subtitle": _l("subtitle"),
    "text": _l("text"),
    "track": _l("track"),
    "tracks": _l("tracks"),
    "whole": _l("part of session"),
}
