"""What changes of a registration cost until when, at the desk."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, registration
from conference.kernel import clock, transaction
from conference.staff.access import registrar
from conference.staff.change_forms import StepForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.editing import save, show_editor
from conference.staff.routes.registrations import meeting_of
from conference.web import allow


@bp.get("/prices/<code>/changes")
@allow(registrar)
def change_table(code):
    """The whole table, kind by kind, in the order of its dates."""
    meeting, now = meeting_of(code), clock.now()
    rows = registration.changes.step_rows(meeting)
    by_kind = [
        (registration.changes.kind_name(kind), [_told(row, meeting, now) for row in rows if row.kind == kind])
        for kind in registration.changes.ASKED
    ]
    return render_template(
        "staff/prices/changes.html",
        meeting=meeting,
        kinds=by_kind,
        happenings=audit.happenings(audit.stories_of(rows, limit=30) if rows else []),
    )


@bp.get("/prices/<code>/changes/new")
@allow(registrar)
def new_step(code):
    """One more step."""
    meeting = meeting_of(code)
    return show_editor(meeting, StepForm().of(meeting), title=_("New step"), **_page(meeting))


@bp.post("/prices/<code>/changes/new")
@allow(registrar)
def add_step(code):
    """Add it."""
    meeting, form = meeting_of(code), StepForm.of_request()
    form.of(meeting)
    act = lambda by, now: registration.changes.add_step(meeting, by=by, now=now, **form.facts())  # noqa: E731
    return save(meeting, form, act, title=_("New step"), **_page(meeting))


@bp.get("/prices/<code>/changes/<int:step_id>")
@allow(registrar)
def step(code, step_id):
    """One step of the table."""
    meeting, found = _step(code, step_id)
    return show_editor(
        meeting, StepForm().of(meeting).show(found), title=_("A step"), rows=lambda: [found], **_page(meeting)
    )


@bp.post("/prices/<code>/changes/<int:step_id>")
@allow(registrar)
def change_step(code, step_id):
    """Change it for what is asked from now on."""
    meeting, found = _step(code, step_id)
    form = StepForm.of_request().of(meeting)
    act = lambda by, now: registration.changes.change_step(meeting, found, by=by, now=now, **form.facts())  # noqa: E731
    return save(meeting, form, act, title=_("A step"), rows=lambda: [found], **_page(meeting))


@bp.post("/prices/<code>/changes/<int:step_id>/remove")
@allow(registrar)
def remove_step(code, step_id):
    """Take it away."""
    meeting, found = _step(code, step_id)
    with transaction():
        registration.changes.remove_step(meeting, found, by=current_user.person, now=clock.now())
    flash(_("Taken away."), "good")
    return redirect(url_for(".change_table", code=meeting.code), 303)


def _step(code, step_id):
    meeting = meeting_of(code)
    return meeting, next((row for row in registration.changes.step_rows(meeting) if row.id == step_id), None) or abort(
        404
    )


def _told(row, meeting, now):
    rule = registration.changes.as_step(row, meeting.currency)
    return {"row": row, "cost": registration.changes.cost_in_words(rule), "is_over": row.until <= now}


def _page(meeting):
    return {
        "back": (_("What changes cost"), url_for("staff.change_table", code=meeting.code)),
        "lede": _(
            "Times at the venue (%(zone)s); amounts in %(currency)s.", zone=meeting.timezone, currency=meeting.currency
        ),
    }
