"""In which time zone this browser reads the programme: kept only when somebody asks for it."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from conference import consent
from conference.schedule import words, zones
from conference.schedule.forms import ZoneForm
from conference.schedule.routes import answers
from conference.schedule.routes.blueprint import bp, find
from conference.web import allow, anyone, safe_next

# As long as stars are kept: from the first look at a programme to the meeting.
KEPT_SECONDS = 365 * 24 * 3600


@bp.get("/schedule/zone")
@allow(anyone)
def zone(code):
    """The choice among the venue's zone and all others."""
    place, programme = find(code)
    form = _form(place, programme)
    form.zone.data = zones.chosen() or ZoneForm.VENUE
    form.next.data = _way_back(place, request.args.get("next"))
    return _page(place, form)


@bp.post("/schedule/zone")
@allow(anyone)
def choose_zone(code):
    """Keep a zone in a cookie, or take the cookie away for the venue's."""
    place, programme = find(code)
    form = _form(place, programme)
    if not form.validate():
        return _page(place, form), 422
    response = redirect(_way_back(place, form.next.data), 303)
    cookie = {"secure": answers.is_secure(), "httponly": True, "samesite": "Lax"}
    if form.zone.data != ZoneForm.VENUE:
        response.set_cookie(consent.cookie_name(zones.ZONE_COOKIE), form.zone.data, max_age=KEPT_SECONDS, **cookie)
    else:
        response.delete_cookie(consent.cookie_name(zones.ZONE_COOKIE), **cookie)
    return response


def _form(place, programme):
    form = ZoneForm(request.form)
    form.zone.choices = {
        _("The meeting’s"): [(ZoneForm.VENUE, words.venue_label(programme, place))],
        _("Everywhere"): [(zones.UTC, "UTC")],
        **zones.by_area(),
    }
    return form


def _page(place, form):
    return render_template("schedule/zone.html", place=place, form=form)


def _way_back(place, target):
    return safe_next(target, url_for(".overview", code=place.code))
