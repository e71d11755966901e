"""Evaluations at the desk: the form, and what is told of the answers, from three on."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import meetings
from conference.attending.blueprints import desk, draft_session
from conference.attending.evaluations import actions, queries, results, rules
from conference.attending.evaluations.forms import EvaluationFormForm
from conference.kernel import Refusal, clean_line, clock, transaction
from conference.web import allow, csv_response, refuse_into, staff, xlsx_response


@desk.get("/evaluation")
@allow(staff("programme"))
def evaluation(code):
    """The meeting's form, and what came of it."""
    meeting = meetings.by_code(code) or abort(404)
    form = queries.any_form_of(meeting.id)
    filled = EvaluationFormForm(obj=form) if form else EvaluationFormForm(is_on=True, begins="end", days=14, version=0)
    return _page(meeting, filled, _standing(form))


@desk.post("/evaluation")
@allow(staff("programme"))
def set_evaluation(code):
    """Write the form."""
    meeting, form = meetings.by_code(code) or abort(404), EvaluationFormForm.of_request()
    typed = _typed()
    if not form.validate():
        return _page(meeting, form, typed), 422
    try:
        with transaction():
            actions.set_form(
                meeting,
                questions=typed,
                is_on=form.is_on.data,
                begins=form.begins.data,
                days=form.days.data,
                version=form.version.data or 0,
                by=current_user.person,
                now=clock.now(),
            )
    except Refusal as refusal:
        refuse_into(form, refusal)
        meeting = meetings.by_code(code)
        stands = queries.any_form_of(meeting.id)
        form.version.data, form.version.raw_data = stands.version if stands else 0, None
        return _page(meeting, form, typed), 409
    flash(_("The form is saved."), "good")
    return redirect(url_for(".evaluation", code=meeting.code), 303)


@desk.get("/sessions/<int:number>/evaluation")
@allow(staff("programme"))
def results_of(code, number):
    """What was answered to one session, as soon as three have."""
    meeting, session = draft_session(code, number)
    form = queries.any_form_of(meeting.id)
    found = results.of_session(meeting, session, form) if form else None
    return render_template(
        "attending/desk/results.html", meeting=meeting, session=session, form=form, found=found, fewest=rules.FEWEST
    )


@desk.get("/evaluation.csv")
@allow(staff("programme"))
def export_results(code):
    """The marks of every session that has enough answers, as CSV."""
    meeting = meetings.by_code(code) or abort(404)
    return csv_response(f"evaluation-{meeting.code}-{clock.now():%Y-%m-%d}.csv", *results.table(meeting))


@desk.get("/evaluation.xlsx")
@allow(staff("programme"))
def export_results_workbook(code):
    """The same as a workbook."""
    meeting = meetings.by_code(code) or abort(404)
    name = f"evaluation-{meeting.code}-{clock.now():%Y-%m-%d}.xlsx"
    return xlsx_response(name, _("Evaluation"), *results.table(meeting), zone=meeting.zone)


def _typed():
    """[(kind, wording)] of the rows that were sent, empty ones left out."""
    kinds, wordings = request.form.getlist("kind"), request.form.getlist("wording")
    rows = list(zip(kinds, wordings, strict=False))[: actions.MOST_QUESTIONS]
    known = tuple(map(str, rules.QuestionKind))
    return [(kind, clean_line(text)[:300]) for kind, text in rows if kind in known and clean_line(text)]


def _standing(form):
    return [(each.kind, each.wording) for each in queries.questions_of(form)] if form else actions.usual()


def _page(meeting, form, questions):
    numbers = queries.numbers(meeting)
    return render_template(
        "attending/desk/evaluation.html",
        meeting=meeting,
        form=form,
        questions=questions,
        most=actions.MOST_QUESTIONS,
        is_answered=queries.has_answers(meeting.id),
        rows=results.overview(meeting, numbers),
        fewest=rules.FEWEST,
    )
