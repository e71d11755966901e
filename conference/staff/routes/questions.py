"""The form of a meeting at the desk: its fields, shown in order, added, reworded, moved, retired; and the code of conduct."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, registration
from conference.kernel import Refusal, clock, transaction
from conference.registration import form as forms
from conference.staff import asked_words, catalogue
from conference.staff.access import registrar
from conference.staff.question_form import KINDS, QuestionForm, filled
from conference.staff.routes.asked_editing import back, do, edit, save
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow


@bp.get("/prices/<code>/questions")
@allow(registrar)
def questions(code):
    """The whole form in order, and the code of conduct that is accepted with it."""
    meeting = meeting_of(code)
    blocks, codes = forms.form_of(meeting), catalogue.conduct_codes_of(meeting)
    rows = [each for block in blocks for each in block.fields] + [block.section for block in blocks if block.section]
    return render_template(
        "staff/form/builder.html",
        meeting=meeting,
        blocks=blocks,
        faults=forms.faults_told(blocks),
        when=asked_words.of_form(meeting, blocks),
        kinds=KINDS,
        codes=codes,
        settings=forms.settings_of(meeting),
        happenings=audit.happenings(audit.stories_of([*rows, *codes], limit=30)),
    )


@bp.get("/prices/<code>/questions/new")
@allow(registrar)
def new_question(code):
    """A field to be asked from now on."""
    meeting = meeting_of(code)
    section = request.args.get("section", "")
    known = {str(block.section.id): block.section.id for block in forms.form_of(meeting) if block.section}
    form = _known(meeting, QuestionForm(data={"section_id": known.get(section, 0)}))
    return edit(meeting, form, title=_("New field"))


@bp.post("/prices/<code>/questions/new")
@allow(registrar)
def add_question(code):
    """Ask it after all others of its section."""
    meeting = meeting_of(code)
    form = _known(meeting, QuestionForm.of_request())
    return save(
        meeting,
        form,
        lambda by, now: forms.add_field(meeting, by=by, now=now, **form.facts()),
        title=_("New field"),
    )


@bp.get("/prices/<code>/questions/<int:question_id>")
@allow(registrar)
def question(code, question_id):
    """Everything about it; its kind as long as nobody has answered."""
    meeting, found = _question(code, question_id)
    form = _known(meeting, QuestionForm(data=filled(found)), found)
    return edit(meeting, form, title=found.label, row=found, **_about(meeting, found))


@bp.post("/prices/<code>/questions/<int:question_id>")
@allow(registrar)
def change_question(code, question_id):
    """Change it; what was answered stays an answer to what was asked."""
    meeting, found = _question(code, question_id)
    form = _known(meeting, QuestionForm.of_request(), found)
    return save(
        meeting,
        form,
        lambda by, now: forms.change_field(found, meeting=meeting, by=by, now=now, **form.facts()),
        title=found.label,
        row=found,
        **_about(meeting, found),
    )


@bp.post("/prices/<code>/questions/<int:question_id>/place")
@allow(registrar)
def move_question(code, question_id):
    """One earlier or later; over the edge of its section into the next."""
    meeting, found = _question(code, question_id)
    up = request.form.get("to") == "up"
    return do(meeting, lambda by, now: forms.move(found, meeting=meeting, up=up, by=by, now=now), f"field-{found.id}")


@bp.post("/prices/<code>/questions/<int:question_id>/visibility")
@allow(registrar)
def show_question(code, question_id):
    """Ask it, or ask it no more; its answers are kept."""
    meeting, found = _question(code, question_id)
    is_asked = request.form.get("show") == "yes"
    return do(
        meeting,
        lambda by, now: forms.show(found, meeting=meeting, is_asked=is_asked, by=by, now=now),
        f"field-{found.id}",
    )


@bp.post("/prices/<code>/questions/<int:question_id>/copy")
@allow(registrar)
def copy_question(code, question_id):
    """One more like it, retired until it was looked at."""
    meeting, found = _question(code, question_id)
    try:
        with transaction():
            made = forms.duplicate(found, meeting=meeting, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        flash(str(refusal), "bad")
        return redirect(back(meeting)[1], 303)
    flash(_("This is the copy. It is asked once you tick “Asked”."), "good")
    return redirect(url_for(".question", code=meeting.code, question_id=made.id), 303)


@bp.post("/prices/<code>/questions/<int:question_id>/removal")
@allow(registrar)
def remove_question(code, question_id):
    """Take away what nobody has answered."""
    meeting, found = _question(code, question_id)
    return do(meeting, lambda by, now: forms.remove(found, meeting=meeting, by=by, now=now))


def _question(code, question_id):
    meeting = meeting_of(code)
    return meeting, catalogue.question_of(meeting, question_id) or abort(404)


def _known(meeting, form, found=None):
    blocks = forms.form_of(meeting)
    return form.of(
        blocks,
        registration.categories_of(meeting, all_of_them=True),
        [block.section for block in blocks if block.section],
        existing=found,
        kind_stays=found is not None and forms.is_answered(found),
    )


def _about(meeting, found):
    return {
        "versions": forms.versions_of(found),
        "users": forms.users_of(found.code, forms.form_of(meeting)),
        "is_answered": forms.is_answered(found),
    }
