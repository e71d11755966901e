"""Sections of the form at the desk."""

from flask import abort, request
from flask_babel import gettext as _

from conference import registration
from conference.registration import form as forms
from conference.staff.access import registrar
from conference.staff.question_form import SectionForm, filled
from conference.staff.routes.asked_editing import do, edit, save
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow


@bp.get("/prices/<code>/sections/new")
@allow(registrar)
def new_section(code):
    """A part under a heading."""
    meeting = meeting_of(code)
    return edit(meeting, _known(meeting, SectionForm()), title=_("New section"))


@bp.post("/prices/<code>/sections/new")
@allow(registrar)
def add_section(code):
    """Put it at the end."""
    meeting = meeting_of(code)
    form = _known(meeting, SectionForm.of_request())
    return save(
        meeting,
        form,
        lambda by, now: forms.add_section(meeting, by=by, now=now, **form.facts()),
        title=_("New section"),
    )


@bp.get("/prices/<code>/sections/<int:section_id>")
@allow(registrar)
def section(code, section_id):
    """Its heading, and when and of whom it is asked."""
    meeting, found = _section(code, section_id)
    return edit(meeting, _known(meeting, SectionForm(data=filled(found)), found), title=found.title, row=found)


@bp.post("/prices/<code>/sections/<int:section_id>")
@allow(registrar)
def change_section(code, section_id):
    """Change it."""
    meeting, found = _section(code, section_id)
    form = _known(meeting, SectionForm.of_request(), found)
    return save(
        meeting,
        form,
        lambda by, now: forms.change_section(found, meeting=meeting, by=by, now=now, **form.facts()),
        title=found.title,
        row=found,
    )


@bp.post("/prices/<code>/sections/<int:section_id>/place")
@allow(registrar)
def move_section(code, section_id):
    """One earlier or later, with all its fields."""
    meeting, found = _section(code, section_id)
    up = request.form.get("to") == "up"
    return do(meeting, lambda by, now: forms.move(found, meeting=meeting, up=up, by=by, now=now), f"section-{found.id}")


@bp.post("/prices/<code>/sections/<int:section_id>/visibility")
@allow(registrar)
def show_section(code, section_id):
    """Ask it with all its fields, or no more."""
    meeting, found = _section(code, section_id)
    is_asked = request.form.get("show") == "yes"
    return do(
        meeting,
        lambda by, now: forms.show(found, meeting=meeting, is_asked=is_asked, by=by, now=now),
        f"section-{found.id}",
    )


@bp.post("/prices/<code>/sections/<int:section_id>/removal")
@allow(registrar)
def remove_section(code, section_id):
    """Take away an empty section."""
    meeting, found = _section(code, section_id)
    return do(meeting, lambda by, now: forms.remove(found, meeting=meeting, by=by, now=now))


def _section(code, section_id):
    meeting = meeting_of(code)
    return meeting, forms.section_of(meeting, section_id) or abort(404)


def _known(meeting, form, found=None):
    form.know(forms.form_of(meeting), registration.categories_of(meeting, all_of_them=True), found)
    if found is not None:
        del form.code
    return form
