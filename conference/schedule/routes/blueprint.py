"""Where the programme is mounted, and how a request finds the release it is about."""

from flask import Blueprint, abort

from conference.schedule import published

bp = Blueprint("schedule", __name__, url_prefix="/meetings/<code>")


def find(code):
    """(place, programme) of a public meeting with a release; 404 without either."""
    place = meeting(code)
    return place, published.of(place) or abort(404)


def meeting(code):
    """The row of a public meeting; 404 when there is none."""
    return published.find(code) or abort(404)
