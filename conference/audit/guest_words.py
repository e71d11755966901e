"""The trail's words about guests and those who bring them."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "decided on guests of": _l("Who may bring guests decided"),
    "named a guest": _l("Guest named"),
    "took a guest off": _l("Guest taken off"),
}
FIELDS = {
    "admits_to_sessions": _l("admits to sessions"),
    "hosts": _l("categories that may bring guests"),
    "most": _l("guests of one registration"),
}
VALUES = {
    "attendee": _l("attendees"),
    "guest": _l("guests"),
}
