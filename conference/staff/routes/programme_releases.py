"""Releases at the desk: what each has changed, what differs between any two, and telling the people concerned."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from flask_login import current_user

from conference import attending, schedule
from conference.kernel import clock, transaction, whole_number
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, staff

MOST = 1000


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
    return render_template(
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


@bp.post("/schedule/<code>/releases/<int:number>/letters")
@allow(staff("programme"))
def tell_of_release(code, number):
    """Write to everybody concerned who has not been told."""
    meeting = meeting_of(code)
    with transaction():
        release, _found = schedule.changes.kept(meeting, number) or abort(404)
        written = schedule.changes.tell(
            meeting=meeting,
            release=release,
            by=current_user.person,
            now=clock.now(),
            also=attending.signed_up(meeting),
        )
    flash(ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", written), "good")
    return redirect(url_for(".programme_release", code=code, number=number), 303)
