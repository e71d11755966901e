"""Where the programme is mounted, and how a request finds the release it is about."""

from flask import Blueprint, abort, g

from conference.schedule import published, words, zones

bp = Blueprint("schedule", __name__, url_prefix="/meetings/<code>")


def find(code):
    """(place, programme) of a public meeting with a release; 404 without either."""
    place = meeting(code)
    return place, for_reader(place) or abort(404)


def for_reader(place):
    """The programme on the reader's clock, which the layout names; None before the first release."""
    g.programme, g.programme_place = zones.for_reader(published.of(place)), place
    return g.programme


def meeting(code):
    """The row of a public meeting; 404 when there is none."""
    return published.find(code) or abort(404)


@bp.app_context_processor
def name_zone():
    """`zone_line(label)` for the layout, also of pages around sessions: in which zone the times of the page are, or nothing where it shows no programme."""
    return {"zone_line": _zone_line}


def _zone_line(label):
    programme = g.get("programme")
    if programme is None:
        return None
    return words.zone_sentence(programme, label or words.zone_label(programme, g.programme_place))
