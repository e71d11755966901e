"""A link by which others read somebody's schedule: made, taken back, read, and taken over into one's own."""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from conference.kernel import clock, transaction
from conference.schedule import itineraries
from conference.schedule.mine import looking, sharing
from conference.schedule.routes.blueprint import bp, find
from conference.schedule.routes.whose import begin_mine, keeping, my_itinerary
from conference.web import allow, anyone


@bp.post("/schedule/mine/share")
@allow(anyone)
def share(code):
    """Make the link of one's own schedule, or say anew whether it has one's name."""
    place, _programme = find(code)
    itinerary = my_itinerary() or abort(404)
    with_name = "with_name" in request.form and bool(sharing.name_of(itinerary))
    with transaction():
        sharing.share(itinerary=itinerary, meeting_id=place.id, with_name=with_name, now=clock.now())
    flash(_("Who has the link can read your schedule."), "good")
    return redirect(url_for(".mine", code=place.code, _anchor="share"), 303)


@bp.post("/schedule/mine/share/end")
@allow(anyone)
def end_share(code):
    """Take the link back."""
    place, _programme = find(code)
    itinerary = my_itinerary() or abort(404)
    with transaction():
        sharing.revoke(itinerary=itinerary, meeting_id=place.id)
    flash(_("The link no longer works."), "good")
    return redirect(url_for(".mine", code=place.code, _anchor="share"), 303)


@bp.get("/schedule/shared/<ref:secret>")
@allow(anyone)
def shared(code, secret):
    """Somebody's schedule for those who have its link."""
    place, programme = find(code)
    row, itinerary = sharing.by_ref(secret, place.id) or abort(404)
    page = render_template(
        "schedule/mine/shared.html",
        place=place,
        programme=programme,
        secret=secret,
        name=sharing.name_of(itinerary) if row.with_name else "",
        is_own=my_itinerary() == itinerary,
        chosen=looking.shown(place, programme, itinerary),
    )
    response = make_response(page)
    # A link that is taken back must not live on in a cache.
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post("/schedule/shared/<ref:secret>/take")
@allow(anyone)
def take_shared(code, secret):
    """Star everything of a shared schedule that is still held."""
    place, programme = find(code)
    _row, theirs = sharing.by_ref(secret, place.id) or abort(404)
    stars = itineraries.stars(theirs, place.id)
    items = stars - looking.over(programme, stars)
    with transaction():
        taken = sharing.take(itinerary=begin_mine(), meeting_id=place.id, items=items, now=clock.now())
    flash(ngettext("%(num)s item is new in your schedule.", "%(num)s items are new in your schedule.", taken), "good")
    return keeping(redirect(url_for(".mine", code=place.code), 303))
