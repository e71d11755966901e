"""The list of abstracts: searched, filtered, sorted and paged by the address; ticked ones get a status."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from conference.kernel import clock, transaction, whole_number
from conference.schedule.abstracts import held, listing, queries, words, writing
from conference.schedule.abstracts.blueprint import bp
from conference.schedule.addressed import find_meeting
from conference.schedule.formats.programme import STATUSES
from conference.web import allow, csv_response, page_number, paginate, staff, xlsx_response


@bp.get("/abstracts")
@allow(staff("programme"))
def index(code):
    """Every abstract of the draft."""
    meeting, wish = find_meeting(code), listing.wish_of_request()
    return render_template(
        "schedule/abstracts/abstracts.html",
        meeting=meeting,
        wish=wish,
        page=paginate(listing.listed(meeting, wish), number=page_number()),
        topics=[(topic, topic) for topic in queries.topics_of(meeting)],
        closed=held.closed(meeting, clock.now()),
        missing_of=listing.missing_of,
        words=words,
    )


@bp.get("/abstracts.csv")
@allow(staff("programme"))
def export(code):
    """What is wished for, as CSV."""
    meeting = find_meeting(code)
    return csv_response(_file_name(meeting, "csv"), *listing.table(meeting, listing.wish_of_request()))


@bp.get("/abstracts.xlsx")
@allow(staff("programme"))
def export_workbook(code):
    """What is wished for, as a workbook."""
    meeting = find_meeting(code)
    header, rows = listing.table(meeting, listing.wish_of_request())
    return xlsx_response(_file_name(meeting, "xlsx"), _("Abstracts"), header, rows, zone=meeting.zone)


@bp.post("/abstracts/status")
@allow(staff("programme"))
def set_status(code):
    """Give the ticked abstracts a status."""
    meeting, status = find_meeting(code), request.form.get("status", "")
    if status not in STATUSES:
        abort(400)
    ticked = {whole_number(each, 9) for each in request.form.getlist("tick")[:1000]} - {None}
    with transaction():
        done = writing.set_status(meeting, ticked, status, by=current_user.person, now=clock.now())
    told = ngettext("%(num)s abstract was changed.", "%(num)s abstracts were changed.", done)
    flash(told if ticked else _("Nothing was ticked."), "good" if done else "warn")
    return redirect(url_for(".index", code=meeting.code, **listing.wish_of_request().asked), 303)


def _file_name(meeting, ending):
    return f"abstracts-{meeting.code}-{clock.now():%Y-%m-%d}.{ending}"
