"""Releases at the desk: what each has changed, what differs between any two, and telling the people concerned."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import attending, schedule
from conference.kernel import clock, transaction, whole_number
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, staff

MOST = 1000
LOOK_AGAIN = "5"  # seconds, while letters are being written


@bp.get("/schedule/<code>/releases/<int:number>")
@allow(staff("programme"))
def programme_release(code, number):
    """What it has changed against the one before, or against the one that the address names."""
    meeting = meeting_of(code)
    release, found = schedule.changes.kept(meeting, number) or abort(404)
    releases = schedule.changes.all_releases(meeting)
    other = whole_number(request.args.get("with", ""), 9)
    if other is not None and other in {each.number for each in releases}:
        found = schedule.changes.compared(meeting, other, number, clock.now())
    else:
        other = None
    found = [change for change in found if not change.along]
    page = render_template(
        "staff/programme/release.html",
        meeting=meeting,
        release=release,
        releases=releases,
        other=other,
        total=len(found),
        days=schedule.changes.by_day(found[:MOST]),
        is_cut=len(found) > MOST,
        waiting=len(schedule.changes.concerned(meeting, release, clock.now(), attending.signed_up(meeting))),
        words=schedule.changes.words,
        link_of=lambda change: "",
    )
    return Response(page, headers={"Refresh": LOOK_AGAIN} if release.telling_since else {})


@bp.post("/schedule/<code>/releases/<int:number>/letters")
@allow(staff("programme"))
def tell_of_release(code, number):
    """Have everybody concerned who has not been told written to."""
    meeting = meeting_of(code)
    with transaction():
        release, _found = schedule.changes.kept(meeting, number) or abort(404)
        begun = schedule.changes.begin(release, by=current_user.person, now=clock.now())
    told = _("The letters are being written.") if begun else _("The letters are being written already.")
    flash(told, "good" if begun else "info")
    return redirect(url_for(".programme_release", code=code, number=number), 303)
