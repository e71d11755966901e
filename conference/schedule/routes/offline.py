"""Reading without a network: the worker that a browser registers when somebody asks for it, what it keeps, and the page for what it does not."""

from flask import Response, jsonify, render_template, request, url_for
from flask_babel import get_locale

from conference.schedule import itineraries
from conference.schedule.mine import keeping
from conference.schedule.routes.blueprint import bp, find
from conference.schedule.routes.whose import my_itinerary
from conference.web import allow, anyone, page_files, script_file

WORKER = "workers/programme.js"
# What stands in pages of the programme.
BEHAVIOURS = (
    "copy-field", "day-bar", "filter-fold", "forget-own-copies", "keep-programme", "keyboard-help", "my-stars", "open-session",
    "programme-now", "search-key", "share", "star",
)  # fmt: skip


@bp.get("/schedule/worker.js")
@allow(anyone)
def worker(code):
    """The service worker: the same script for every meeting, allowed for the addresses of this one's programme alone."""
    place, _programme = find(code)
    body, etag = script_file(WORKER)
    response = Response(body, content_type="text/javascript; charset=utf-8")
    response.set_etag(etag)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = url_for(".overview", code=place.code)
    return response.make_conditional(request)


@bp.get("/schedule/offline.json")
@allow(anyone)
def offline_list(code):
    """What the worker keeps for whoever asks."""
    place, programme = find(code)
    files = page_files(*BEHAVIOURS)
    found = keeping.pages(place, programme, itineraries.stars(my_itinerary(), place.id))
    version = keeping.version(programme, files)
    listed = jsonify(version=version, language=str(get_locale()).replace("_", "-"), pages=found, files=files)
    listed.headers["Cache-Control"] = "no-store"
    return listed


@bp.get("/schedule/offline")
@allow(anyone)
def offline(code):
    """Shown without a network in place of what is not kept."""
    place, _programme = find(code)
    return render_template("schedule/mine/offline.html", place=place)
