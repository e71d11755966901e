"""What has changed, for the public: a page for each release, and feeds of the latest ones; nothing of it is under embargo."""

import hashlib
from time import monotonic

from flask import Response, abort, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from conference.kernel import clock
from conference.schedule import published
from conference.schedule.changes import feeds, queries, rules, words
from conference.schedule.routes import answers
from conference.schedule.routes.blueprint import bp, find, meeting
from conference.web import absolute_url, allow, anyone, page_number

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


@bp.get("/schedule/changes.<any(atom, rss):name>")
@allow(anyone)
def feed_of_changes(code, name):
    """The latest releases as a feed, each with what has changed."""
    place = meeting(code)
    programme = published.of(place) or abort(404)  # a feed is on the venue's clock
    response = Response(_kept_feed(place, programme, name), content_type=f"{feeds.MEDIA_TYPES[name]}; charset=utf-8")
    response.set_etag(hashlib.sha256(response.data).hexdigest()[:32])
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.update(("Accept-Language", "Cookie"))
    return response.make_conditional(request)


def _page(code, number):
    place, programme = find(code)
    page = queries.page_of(place.id, number) if number else page_number()
    releases = queries.public(place.id, programme, clock.now(), number=page)
    shown = next((pair for pair in releases.items if number in (None, pair[0].number)), None) or abort(404)
    release, whole = shown
    found = [change for change in whole if not change.along]
    return render_template(
        "schedule/changes.html",
        place=place,
        release=release,
        page=releases,
        releases=[(row, sum(not each.along for each in changed)) for row, changed in releases.items],
        days=rules.by_day(found[:MOST]),
        more=max(0, len(found) - MOST),
        is_first=release.number == 1,
        link_of=lambda change: _link(place, programme, change),
        address_of=lambda number: url_for(".latest_changes", code=place.code, page=number if number > 1 else None),
        zone=programme.zone,
        words=words,
    )


def _link(place, programme, change):
    """The address of an item that is still in the programme, or nothing."""
    if change.number in programme.sessions and programme.sessions[change.number].guid == change.guid:
        return url_for("schedule.session", code=place.code, number=change.number)
    known = change.number in programme.presentations
    return url_for("schedule.presentation", code=place.code, number=change.number) if known else ""


def _kept_feed(place, programme, name):
    """The bytes of a feed, made anew every half minute: what opens meanwhile comes that much later."""
    key = (str(get_locale()), "feed", name)
    made, body = programme.kept.get(key, (None, b""))
    if made is None or monotonic() - made > answers.KEPT_SECONDS:
        body = feeds.write(name, _feed(place, programme, name))
        programme.kept[key] = (monotonic(), body)
    return body


def _feed(place, programme, name):
    releases = queries.public(place.id, programme, clock.now())
    return feeds.Feed(
        title=_("Programme of %(meeting)s", meeting=place.title),
        author=place.title,
        page=absolute_url("schedule.latest_changes", code=place.code),
        address=absolute_url("schedule.feed_of_changes", code=place.code, name=name),
        at=programme.at,
        language=str(get_locale()),
        entries=[_entry(place, programme, release, found) for release, found in releases.items],
    )


def _entry(place, programme, release, found):
    told = [change for change in found if not change.along]
    lines = [release.note, *(words.line_of(change, programme.zone) for change in told[:MOST])]
    return feeds.Entry(
        title=_("Release %(number)s", number=release.number),
        at=release.at,
        address=absolute_url("schedule.changes", code=place.code, release=release.number),
        text="\n".join(filter(None, lines)),
    )
