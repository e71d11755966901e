"""Evaluating a session: one form, answered once, to be changed until it closes."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference.attending import held
from conference.attending.blueprints import bp, public_session
from conference.attending.evaluations import actions, queries, rules
from conference.kernel import Refusal, clean_text, clock, transaction, whole_number
from conference.web import allow, signed_in


@bp.get("/sessions/<int:number>/evaluation")
@allow(signed_in)
def evaluate(code, number):
    """The form with what was answered before."""
    meeting, _programme, session = public_session(code, number)
    entry, form = _entitled(meeting), queries.form_of(meeting.id)
    known = queries.answer_of(entry, meeting, session.guid) if entry and form else None
    return _page(meeting, session, entry, form, known.answers if known else {})


@bp.post("/sessions/<int:number>/evaluation")
@allow(signed_in)
def answer(code, number):
    """Keep the answers."""
    meeting, _programme, session = public_session(code, number)
    entry = _entitled(meeting)
    if entry is None:
        raise Refusal(_("Only who is registered for the meeting can evaluate its sessions."))
    form, version = queries.form_of(meeting.id), whole_number(request.form.get("version", ""), 9)
    if form is not None and form.version != version:
        raise Refusal(actions.changed())
    typed = {str(each.id): clean_text(request.form.get(f"q{each.id}", "")) for each in _questions(form)}
    faults = rules.read([(str(each.id), each.kind) for each in _questions(form)], typed)[1]
    if faults:
        return _page(meeting, session, entry, form, typed, faults), 422
    with transaction():
        kept = actions.answer(entry, session, meeting=meeting, typed=typed, version=version, now=clock.now())
    flash(_("Thank you. You can change it until evaluating ends.") if kept else _("Your answer is taken away."), "good")
    return redirect(url_for("schedule.session", code=code, number=number), 303)


def _entitled(meeting):
    return held.entry_of(current_user.person, meeting)


def _questions(form):
    return queries.questions_of(form) if form else []


def _page(meeting, session, entry, form, answers, faults=()):
    opens, closes = queries.hours(form, meeting, session) if form else (None, None)
    now = clock.now()
    return render_template(
        "attending/evaluate.html",
        meeting=meeting,
        place=meeting,
        session=session,
        entry=entry,
        questions=_questions(form),
        version=form.version if form else 0,
        answers=answers,
        faults=faults,
        marks=rules.MARKS,
        fewest=rules.FEWEST,
        longest=rules.LONGEST,
        opens=opens,
        closes=closes,
        is_open=bool(form) and not session.withdrawn and rules.is_open(opens, closes, now),
        is_before=bool(form) and not session.withdrawn and now < opens,
    )
