"""My schedule: stars without an account, clashes, and a calendar address of one's own."""

from urllib.parse import urlsplit

from flask import abort, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from conference.kernel import clock, transaction, whole_number
from conference.schedule import itineraries
from conference.schedule.formats import write_calendar_of
from conference.schedule.mine import looking, sharing
from conference.schedule.routes.blueprint import bp, find
from conference.schedule.routes.whose import begin_mine, keeping, my_itinerary, named
from conference.web import absolute_url, allow, anyone, safe_next


@bp.get("/schedule/mine", endpoint="mine")
@allow(anyone)
def my_schedule(code):
    """What the visitor or person has starred, by day, with what stands in its way and what has moved."""
    place, programme = find(code)
    itinerary = my_itinerary()
    share = sharing.shared(itinerary, place.id)
    page = render_template(
        "schedule/mine/mine.html",
        place=place,
        programme=programme,
        chosen=looking.mine(place, programme, itinerary, clock.now()),
        share=share,
        share_url=absolute_url("schedule.shared", code=place.code, secret=share.ref) if share else None,
        name=sharing.name_of(itinerary),
        feed=absolute_url("schedule.feed", code=place.code, secret=itinerary.feed) if itinerary else None,
    )
    return named(make_response(page))


@bp.post("/schedule/mine/seen")
@allow(anyone)
def seen_moves(code):
    """The reader has seen what moved up to the release that they were shown."""
    place, programme = find(code)
    itinerary = my_itinerary() or abort(404)
    release = min(whole_number(request.form.get("release", ""), 9) or abort(422), programme.number)
    with transaction():
        itineraries.look(itinerary=itinerary, meeting_id=place.id, release=release)
    flash(_("Noted. You will be told of what moves from now on."), "good")
    return redirect(url_for(".mine", code=place.code), 303)


@bp.post("/schedule/mine/tidy")
@allow(anyone)
def tidy(code):
    """Take out what is cancelled or not in the programme any more."""
    place, programme = find(code)
    itinerary = my_itinerary() or abort(404)
    with transaction():
        gone = looking.over(programme, itineraries.stars(itinerary, place.id))
        count = itineraries.unstar_all(itinerary=itinerary, meeting_id=place.id, items=gone)
    told = ngettext(
        "%(num)s item was taken out of your schedule.", "%(num)s items were taken out of your schedule.", count
    )
    flash(told, "good")
    return redirect(url_for(".mine", code=place.code), 303)


@bp.get("/schedule/stars.json")
@allow(anyone)
def stars(code):
    """The numbers of what is starred, for the stars of a page that is the same for everybody."""
    place, programme = find(code)
    numbers = programme.numbers_by_guid
    starred = sorted(numbers[guid] for guid in itineraries.stars(my_itinerary(), place.id) if guid in numbers)
    response = jsonify(starred=starred)
    response.headers["Cache-Control"] = "no-store"
    return named(response)


@bp.post("/schedule/stars/<int:number>")
@allow(anyone)
def star(code, number):
    """Star a session or talk (starred=1), or take the star away (starred=0)."""
    place, programme = find(code)
    guid = programme.guid_of(number) or abort(404)
    wanted = request.form.get("starred") != "0"
    with transaction():
        if wanted:
            itineraries.star(itinerary=begin_mine(), meeting_id=place.id, item=guid, now=clock.now())
        elif itinerary := my_itinerary():
            itineraries.unstar(itinerary=itinerary, meeting_id=place.id, item=guid)
    return keeping(_after_star(place, programme, number, wanted))


@bp.post("/schedule/mine/feed")
@allow(anyone)
def renew_feed(code):
    """A new secret calendar address; the old one stops working."""
    place, _programme = find(code)
    itinerary = my_itinerary() or abort(404)
    with transaction():
        itineraries.renew_feed(itinerary=itinerary)
    flash(_("Your calendar has a new address. The old one no longer works."), "good")
    return redirect(url_for(".mine", code=place.code), 303)


@bp.get("/schedule/mine/<ref:secret>.ics")
@allow(anyone)
def feed(code, secret):
    """Somebody's own schedule as a calendar; who holds the address may read it."""
    place, programme = find(code)
    itinerary = itineraries.by_feed(secret) or abort(404)
    events = programme.entries_of(itineraries.stars(itinerary, place.id))
    name = _("My schedule: %(meeting)s", meeting=programme.programme.title)
    body = write_calendar_of(events, programme.programme, programme.edition, name=name)
    return body, 200, {"Content-Type": "text/calendar; charset=utf-8", "Cache-Control": "private, no-cache"}


def _after_star(place, programme, number, wanted):
    if request.accept_mimetypes.best == "application/json":
        return jsonify(number=number, starred=wanted)
    flash(_("Put into your schedule.") if wanted else _("Taken out of your schedule."), "good")
    return redirect(f"{_came_from(place)}#s{number}", 303)


def _came_from(place):
    """The page of ours that was left, by its referrer; my schedule when it is not known."""
    fallback = url_for(".mine", code=place.code)
    referrer = urlsplit(request.referrer or "")
    if referrer.netloc != request.host:
        return fallback
    return safe_next(referrer.path + (f"?{referrer.query}" if referrer.query else ""), fallback)
