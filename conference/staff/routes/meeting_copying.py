"""A new meeting by copying another: typed, looked at, made."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import registration
from conference.kernel import Refusal, clock, transaction
from conference.staff.copy_form import WEEKS, CopyForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import administrator, allow, refuse_into


@bp.get("/meetings/<code>/copy")
@allow(administrator)
def copy_meeting(code):
    """What is copied, and where its dates move; at first a year later, on the same weekday."""
    meeting = meeting_of(code)
    names = ("title", "timezone", "venue", "city", "country")
    known = {name: getattr(meeting, name) for name in names} | {"starts": meeting.starts + WEEKS}
    return _show(meeting, CopyForm(data=known))


@bp.post("/meetings/<code>/copy")
@allow(administrator)
def make_copy(code):
    """Look at the dates that were typed, or make it: hidden, until it is made public."""
    meeting, form = meeting_of(code), CopyForm.of_request()
    if not form.validate():
        return _show(meeting, form), 422
    if request.form.get("act") == "look":
        return _show(meeting, form)
    try:
        with transaction():
            made = registration.copying.copy(meeting, by=current_user.person, now=clock.now(), **form.facts())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(meeting, form), 422
    flash(_("Made. Nobody sees it until you show it to everybody. Look at its dates and prices first."), "good")
    return redirect(url_for("meetings_staff.when", code=made.code), 303)


def _show(meeting, form):
    is_whole = form.starts.data and not form.starts.errors and not form.timezone.errors
    days = {"starts": form.starts.data, "timezone": form.timezone.data}
    return render_template(
        "staff/copy_meeting.html",
        meeting=meeting,
        form=form,
        zone=form.timezone.data if is_whole else meeting.timezone,
        counts=registration.copying.counts_of(meeting),
        dates=registration.copying.dates_of(meeting, **days) if is_whole else [],
    )
