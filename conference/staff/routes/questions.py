"""The questions of the registration form and the code of conduct at the desk."""

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, registration
from conference.kernel import clock, transaction
from conference.staff import catalogue
from conference.staff.access import registrar
from conference.staff.routes.blueprint import bp
from conference.staff.routes.editing import save, show_editor
from conference.staff.routes.registrations import meeting_of
from conference.staff.selling_forms import KINDS, ConductForm, QuestionForm
from conference.web import allow


@bp.get("/prices/<code>/questions")
@allow(registrar)
def questions(code):
    """All questions in order, and the code of conduct that is accepted with them."""
    meeting = meeting_of(code)
    found, codes = catalogue.questions_of(meeting), catalogue.conduct_codes_of(meeting)
    return render_template(
        "staff/prices/questions.html",
        meeting=meeting,
        questions=found,
        kinds=KINDS,
        codes=codes,
        happenings=audit.happenings(audit.stories_of([*found, *codes], limit=30)),
    )


@bp.get("/prices/<code>/questions/new")
@allow(registrar)
def new_question(code):
    """A question to be asked from now on."""
    meeting = meeting_of(code)
    form = QuestionForm().of(catalogue.questions_of(meeting))
    return show_editor(meeting, form, title=_("New question"), back=_back(meeting))


@bp.post("/prices/<code>/questions/new")
@allow(registrar)
def add_question(code):
    """Ask it after all others."""
    meeting = meeting_of(code)
    others = catalogue.questions_of(meeting)
    form = QuestionForm.of_request().of(others)

    def act(by, now):
        last = max((each.position for each in others), default=-1)
        registration.add(registration.ask, meeting, by=by, now=now, position=last + 1, **form.facts())

    return save(meeting, form, act, title=_("New question"), back=_back(meeting))


@bp.get("/prices/<code>/questions/<int:question_id>")
@allow(registrar)
def question(code, question_id):
    """Its words and choices; its kind as long as nobody has answered."""
    meeting, found = _question(code, question_id)
    form = _form_of(meeting, found, QuestionForm(obj=found))
    form.choices.data = "\n".join(found.choices)
    return show_editor(meeting, form, title=found.label, back=_back(meeting), lede=_lede(found))


@bp.post("/prices/<code>/questions/<int:question_id>")
@allow(registrar)
def change_question(code, question_id):
    """Change it; what was answered stays answered."""
    meeting, found = _question(code, question_id)
    form = _form_of(meeting, found, QuestionForm.of_request())
    return save(
        meeting,
        form,
        lambda by, now: registration.change(found, by=by, now=now, **form.facts()),
        title=found.label,
        back=_back(meeting),
        lede=_lede(found),
    )


@bp.post("/prices/<code>/questions/<int:question_id>/place")
@allow(registrar)
def move_question(code, question_id):
    """One earlier or later."""
    meeting, found = _question(code, question_id)
    with transaction():
        registration.move(found, up=request.form.get("to") == "up", by=current_user.person, now=clock.now())
    return redirect(url_for(".questions", code=meeting.code), 303)


@bp.post("/prices/<code>/questions/<int:question_id>/visibility")
@allow(registrar)
def show_question(code, question_id):
    """Ask it, or ask it no more; its answers are kept."""
    meeting, found = _question(code, question_id)
    is_asked = request.form.get("show") == "yes"
    with transaction():
        registration.change(found, by=current_user.person, now=clock.now(), is_asked=is_asked)
    return redirect(url_for(".questions", code=meeting.code), 303)


@bp.get("/prices/<code>/conduct/new")
@allow(registrar)
def new_conduct_code(code):
    """A new version, begun from the text of the newest."""
    meeting = meeting_of(code)
    newest = registration.conduct_code_of(meeting)
    form = ConductForm(data={"text": newest.text if newest else ""})
    return show_editor(meeting, form, title=_("New version of the code of conduct"), back=_back(meeting))


@bp.post("/prices/<code>/conduct/new")
@allow(registrar)
def publish_conduct_code(code):
    """Ask for it from now on; whoever accepted an older one has accepted that one."""
    meeting, form = meeting_of(code), ConductForm.of_request()
    return save(
        meeting,
        form,
        lambda by, now: registration.publish(meeting, by=by, now=now, **form.data),
        title=_("New version of the code of conduct"),
        back=_back(meeting),
    )


def _question(code, question_id):
    meeting = meeting_of(code)
    return meeting, catalogue.question_of(meeting, question_id) or abort(404)


def _form_of(meeting, found, form):
    return form.of(catalogue.questions_of(meeting), existing=found, kind_stays=catalogue.is_answered(found))


def _back(meeting):
    return _("Questions of %(code)s", code=meeting.code), url_for("staff.questions", code=meeting.code)


def _lede(found):
    return (
        _("It was answered already, so it stays what it is: %(kind)s.", kind=KINDS[found.kind])
        if catalogue.is_answered(found)
        else None
    )
