"""The public pages of meetings: one meeting's front page, its calendar file, and the list of all."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

from conference import consent, society
from conference.kernel import clock
from conference.meetings import pages, queries
from conference.meetings.calendar import calendar_file
from conference.web import absolute_url, allow, allow_frame, anyone

bp = Blueprint("meetings", __name__)


@bp.get("/meetings/")
@allow(anyone)
def index():
    now = clock.now()
    listed = [meeting for meeting in queries.all_meetings() if meeting.is_public]
    return render_template(
        "meetings/index.html",
        coming=[meeting for meeting in reversed(listed) if not pages.is_over(meeting, now)],
        past=[meeting for meeting in listed if pages.is_over(meeting, now)],
        number_words=pages.number_words,
        place=pages.place,
    )


@bp.get("/meetings/<code>/")
@allow(anyone)
def page(code):
    meeting = _meeting(code)
    if meeting.code != code:
        return redirect(url_for(".page", code=meeting.code), 301)
    now = clock.now()
    shows_map = pages.map_in_frame(meeting) if consent.allows("media") else None
    if shows_map:
        allow_frame(pages.MAP)
    return render_template(
        "meetings/page.html",
        meeting=meeting,
        now=now,
        number=pages.number_words(meeting),
        dues=pages.dues(meeting, queries.deadlines_of(meeting), now),
        window=meeting.window_at(now),
        last_day=pages.last_day,
        is_over=pages.is_over(meeting, now),
        can_register=pages.can_register(meeting, now),
        starts_in=pages.in_days((meeting.starts - now.astimezone(meeting.zone).date()).days),
        map_frame=shows_map,
        map_address=pages.map_address(meeting),
        facts_of_event=pages.event_facts(
            meeting, organizer=_organizer(), url=absolute_url("meetings.page", code=meeting.code), now=now
        ),
    )


@bp.get("/meetings/<code>/meeting.ics")
@allow(anyone)
def calendar(code):
    meeting = _meeting(code)
    response = Response(calendar_file(meeting), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{meeting.code}.ics"'
    response.headers["Cache-Control"] = "public, max-age=300"
    response.add_etag()
    return response.make_conditional(request)


def _meeting(code):
    meeting = queries.by_code(code)
    return meeting if meeting and meeting.is_public else abort(404)


def _organizer():
    found = society.current()
    return found.name if found else ""
