"""What has changed, for the public: a page for each release, and a feed of all; nothing of it is under embargo."""

import hashlib
from xml.sax.saxutils import escape

from flask import Response, abort, render_template, request, url_for
from flask_babel import gettext as _

from conference.kernel import clock
from conference.schedule.changes import queries, rules, words
from conference.schedule.routes.blueprint import bp, find
from conference.web import absolute_url, allow, anyone

MOST = 500


@bp.get("/schedule/changes")
@allow(anyone)
def latest_changes(code):
    """What the current release has changed, and the ones before."""
    return _page(code, None)


@bp.get("/schedule/changes/<int:release>")
@allow(anyone)
def changes(code, release):
    """What one release has changed."""
    return _page(code, release)


@bp.get("/schedule/changes.atom")
@allow(anyone)
def feed_of_changes(code):
    """The releases as an Atom feed (RFC 4287), each with what has changed."""
    place, programme = find(code)
    body = _atom(place, programme, queries.public(place.id, programme, clock.now()))
    response = Response(body, content_type="application/atom+xml; charset=utf-8")
    response.set_etag(hashlib.sha256(body.encode()).hexdigest()[:32])
    response.headers["Cache-Control"] = "public, no-cache"
    return response.make_conditional(request)


def _page(code, number):
    place, programme = find(code)
    releases = queries.public(place.id, programme, clock.now())
    shown = next((pair for pair in releases if number in (None, pair[0].number)), None) or abort(404)
    release, whole = shown
    found = [change for change in whole if not change.along]
    return render_template(
        "schedule/changes.html",
        place=place,
        release=release,
        releases=[(row, sum(not each.along for each in changed)) for row, changed in releases],
        days=rules.by_day(found[:MOST]),
        more=max(0, len(found) - MOST),
        is_first=release.number == releases[-1][0].number,
        link_of=lambda change: _link(place, programme, change),
        zone=programme.zone,
        words=words,
    )


def _link(place, programme, change):
    """The address of an item that is still in the programme, or nothing."""
    if change.number in programme.sessions and programme.sessions[change.number].guid == change.guid:
        return url_for("schedule.session", code=place.code, number=change.number)
    known = change.number in programme.presentations
    return url_for("schedule.presentation", code=place.code, number=change.number) if known else ""


def _atom(place, programme, releases):
    here = absolute_url("schedule.feed_of_changes", code=place.code)
    entries = "".join(_entry(place, programme, release, found) for release, found in releases)
    title = escape(_("Programme of %(meeting)s", meeting=place.title))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{escape(here)}</id>\n<title>{title}</title>\n<updated>{programme.at.isoformat()}</updated>\n"
        f"<author><name>{escape(place.title)}</name></author>\n"
        f'<link rel="self" href="{escape(here)}"/>\n{entries}</feed>\n'
    )


def _entry(place, programme, release, found):
    address = escape(absolute_url("schedule.changes", code=place.code, release=release.number))
    told = [change for change in found if not change.along]
    lines = [release.note, *(words.line_of(change, programme.zone) for change in told[:MOST])]
    return (
        f"<entry><id>{address}</id><title>{escape(_('Release %(number)s', number=release.number))}</title>"
        f'<updated>{release.at.isoformat()}</updated><link href="{address}"/>'
        f"<content>{escape(chr(10).join(filter(None, lines)))}</content></entry>\n"
    )
