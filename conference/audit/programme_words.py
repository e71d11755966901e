"""The trail's words about the programme's warnings and what it is checked against."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "decided on checks of": _l("What the programme is checked against"),
    "forgot a way in": _l("Way between two rooms taken away"),
    "measured a way in": _l("Way between two rooms"),
    "recognised somebody of": _l("Said who somebody of the programme is"),
    "set a warning aside in": _l("Warning set aside"),
    "told people of a release of": _l("People told of a release"),
    "took a warning up again in": _l("Warning shown again"),
}
FIELDS = {
    "contributor": _l("in the programme"),
    "disclosing": _l("who discloses"),
    "walk_minutes": _l("minutes between rooms"),
    "letters": _l("letters"),
    "way": _l("way"),
    "minutes": _l("minutes"),
}
VALUES = {
    "speaking": _l("whoever chairs, speaks or presents"),
    "everybody": _l("every author too"),
}
