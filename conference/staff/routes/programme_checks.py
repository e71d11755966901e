"""What a meeting's programme is checked against: who discloses, how far rooms are from each other."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import schedule
from conference.kernel import Refusal, clock, transaction
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.staff.warning_forms import ChecksForm, WayForm
from conference.web import allow, refuse_into, staff


@bp.get("/schedule/<code>/checks")
@allow(staff("programme"))
def programme_checks(code):
    """All of it on one page."""
    return _show(meeting_of(code))


@bp.post("/schedule/<code>/checks")
@allow(staff("programme"))
def decide_programme_checks(code):
    """Keep the usual way, and who discloses."""
    meeting, form = meeting_of(code), ChecksForm.of_request()
    if not form.validate():
        return _show(meeting, checks=form), 422
    with transaction():
        schedule.warnings.decide_checks(
            meeting=meeting,
            walk_minutes=form.walk_minutes.data,
            disclosing=form.disclosing.data,
            by=current_user.person,
            now=clock.now(),
        )
    flash(_("Saved. The warnings are reckoned with it from now on."), "good")
    return redirect(url_for(".programme_checks", code=code), 303)


@bp.post("/schedule/<code>/ways")
@allow(staff("programme"))
def measure_way(code):
    """Keep how long it takes between two rooms; what was said before is replaced."""
    meeting = meeting_of(code)
    form = WayForm.of_request().of(schedule.warnings.rooms_of(meeting))
    if not form.validate():
        return _show(meeting, way=form), 422
    try:
        with transaction():
            schedule.warnings.set_walk(
                meeting=meeting,
                one=form.one.data,
                other=form.other.data,
                minutes=form.minutes.data,
                by=current_user.person,
                now=clock.now(),
            )
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(meeting_of(code), way=form), 422
    flash(_("Kept, in both directions."), "good")
    return redirect(url_for(".programme_checks", code=code) + "#ways", 303)


@bp.post("/schedule/<code>/ways/<int:way_id>/gone")
@allow(staff("programme"))
def forget_way(code, way_id):
    """The usual minutes hold again."""
    meeting = meeting_of(code)
    with transaction():
        schedule.warnings.forget_walk(meeting=meeting, key=way_id, by=current_user.person, now=clock.now())
    flash(_("Between these rooms the usual minutes hold again."), "good")
    return redirect(url_for(".programme_checks", code=code) + "#ways", 303)


def _show(meeting, checks=None, way=None):
    policy, rooms = schedule.warnings.policy(meeting), schedule.warnings.rooms_of(meeting)
    return render_template(
        "staff/programme/checks.html",
        meeting=meeting,
        checks=checks or ChecksForm(walk_minutes=policy.walk_minutes, disclosing=policy.disclosing),
        way=way or WayForm().of(rooms),
        ways=schedule.warnings.ways_of(meeting),
        has_rooms=len(rooms) > 1,
    )
