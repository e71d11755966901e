"""The current release as files: stored bytes, a strong ETag, and 304 for whoever has them already."""

import gzip
from functools import cached_property

from flask import Response, abort

from conference.schedule import preparing, published
from conference.schedule.formats import MEDIA_TYPES
from conference.schedule.routes import answers
from conference.schedule.routes.blueprint import bp, meeting
from conference.web import allow, anyone


@bp.get("/schedule.<any(ics, xml, json):name>")
@allow(anyone)
def export(code, name):
    """schedule.ics, schedule.xml, schedule.json."""
    return _file(code, name)


@bp.get("/schedule.nested.json")
@allow(anyone)
def nested(code):
    """The programme with all that flat formats cannot say: sessions that hold talks, authors, affiliations."""
    return _file(code, "nested")


@bp.get("/schedule.schema.json")
@allow(anyone)
def schema(code):
    """The JSON Schema of the nested format."""
    return Response(published.NESTED_SCHEMA.read_bytes(), content_type="application/schema+json")


def _file(code, name):
    place = meeting(code)
    if place.release_id is None:
        abort(404)
    kept = _kept(place, name)
    response = answers.send_bytes(kept.zipped, kept.etag, MEDIA_TYPES[name], lambda: kept.plain)
    # The same for everybody: shared caches may keep it, and ask whether it still holds.
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _kept(place, name):
    opening = published.opening_of(place)
    kept = published.files_of(place, opening)
    if name not in kept:
        kept[name] = Kept(*preparing.file_of(place.release_id, name, opening))
    return kept[name]


class Kept:
    """An export in memory; unpacked once, when the first reader asks who cannot unpack it."""

    def __init__(self, etag, zipped):
        self.etag, self.zipped = etag, zipped

    @cached_property
    def plain(self):
        """The file as it is."""
        return gzip.decompress(self.zipped)
