"""My schedule to take along, as it is now: a calendar file, and small pages to print."""

from flask import Response
from flask_babel import gettext as _

from conference import accounts
from conference.kernel import clock, transaction
from conference.schedule import itineraries
from conference.schedule.formats import write_calendar_of
from conference.schedule.mine import looking, printing
from conference.schedule.routes.blueprint import bp, find
from conference.schedule.routes.whose import my_itinerary
from conference.web import allow, anyone


@bp.get("/schedule/mine.ics")
@allow(anyone)
def mine_calendar(code):
    """What is starred as a calendar file, once; the address to subscribe to is another."""
    place, programme = find(code)
    events = programme.entries_of(itineraries.stars(my_itinerary(), place.id))
    name = _("My schedule: %(meeting)s", meeting=programme.programme.title)
    body = write_calendar_of(events, programme.programme, programme.edition, name=name)
    return _own(body, "text/calendar; charset=utf-8", f'attachment; filename="{place.code}-my-schedule.ics"')


@bp.get("/schedule/mine.pdf")
@allow(anyone)
def mine_pdf(code):
    """What is starred on pages of A5."""
    place, programme = find(code)
    itinerary = my_itinerary()
    with transaction():
        _claim(itinerary)
    body = printing.printed(place, programme, looking.mine(place, programme, itinerary, clock.now()))
    return _own(body, "application/pdf", f'inline; filename="{place.code}-my-schedule.pdf"')


def _claim(itinerary):
    """A print takes a second of a machine: so many for a schedule, and for a network; TooMany beyond."""
    if itinerary is not None:
        accounts.claim("schedule-print", itinerary.id, now=clock.now())
    accounts.claim("schedule-print-from-client", accounts.client(), now=clock.now())


def _own(body, content_type, disposition):
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
    return Response(body, content_type=content_type, headers=headers)
