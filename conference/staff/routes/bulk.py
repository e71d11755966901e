"""What is done to many at once: chosen from the list, said of whom and of whom not, then begun."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import registration
from conference.kernel import Refusal, clock, is_ref, transaction
from conference.staff.access import registrar
from conference.staff.bulk import engine
from conference.staff.bulk.acts import ACTS, writing
from conference.staff.bulk.rules import Plan
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import listed_by_request, meeting_of
from conference.staff.wishes import picked
from conference.web import allow, refuse_into

SHOWN, MOST_SAMPLES = 50, 200
# What is reached from the same menu and has pages of its own.
ELSEWHERE = {"badges": ".badges_together", "csv": ".list_as_csv", "xlsx": ".list_as_workbook", "visa": ".visa_together"}


@bp.get("/registrations/<code>/bulk/start")
@allow(registrar)
def start_bulk(code):
    """From the list: what shall be done (`do`) to the ticked rows (`tick`), or to all that it means."""
    meeting = meeting_of(code)
    listed, what = listed_by_request(meeting), request.args.get("do", "")
    asked = listed.wish.asked
    if request.args.get("of") == "ticked":
        ticked = picked(request.args.getlist("tick"))
        if not ticked:
            flash(_("Tick the rows first."), "warn")
            return redirect(url_for(".registrations", code=meeting.code, **asked), 303)
        asked = {**asked, "pick": list(ticked)}
    if what in ELSEWHERE:
        return redirect(url_for(ELSEWHERE[what], code=meeting.code, **asked), 303)
    if what not in ACTS:
        flash(_("Choose what shall be done."), "warn")
        return redirect(url_for(".registrations", code=meeting.code, **asked), 303)
    return redirect(url_for(".new_bulk", code=meeting.code, what=what, **asked), 303)


@bp.get("/registrations/<code>/bulk/new/<what>")
@allow(registrar)
def new_bulk(code, what):
    """What has to be said for it; where nothing has, what it would do."""
    meeting, act = _act(code, what)
    listed = listed_by_request(meeting)
    if act.form is None:
        return _show_plan(act, listed, {}, None)
    return _show_form(act, listed, _form(act, meeting, None))


@bp.post("/registrations/<code>/bulk/new/<what>/check")
@allow(registrar)
def check_bulk(code, what):
    """To whom it would be done, to whom not and why; nothing happens."""
    meeting, act = _act(code, what)
    listed, form = listed_by_request(meeting), _form(act, meeting, request.form)
    if form is not None and not form.validate():
        return _show_form(act, listed, form), 422
    return _show_plan(act, listed, form.facts() if form else {}, form)


@bp.post("/registrations/<code>/bulk/new/<what>/change")
@allow(registrar)
def change_bulk(code, what):
    """Back to the form with all that was typed."""
    meeting, act = _act(code, what)
    form = _form(act, meeting, request.form) or abort(404)
    return _show_form(act, listed_by_request(meeting), form)


@bp.post("/registrations/<code>/bulk/new/<what>/test")
@allow(registrar)
def test_letter(code, what):
    """The letter as the chosen person would get it, to oneself."""
    meeting, act = _act(code, what)
    listed, form = listed_by_request(meeting), _form(act, meeting, request.form)
    if not act.is_letter or not form.validate():
        return (_show_form(act, listed, form), 422) if form else abort(404)
    plan = _plan(act, listed, form.facts())
    sample = _sample(plan)
    if sample is not None:
        with transaction():
            writing.send_test(sample, form.facts(), to=current_user.person, now=clock.now())
        flash(_("The test letter is on its way to %(email)s.", email=current_user.person.email), "good")
    return _show_plan(act, listed, form.facts(), form)


@bp.post("/registrations/<code>/bulk/new/<what>")
@allow(registrar)
def begin_bulk(code, what):
    """Have the worker do it, if it is still what was shown."""
    meeting, act = _act(code, what)
    listed, form = listed_by_request(meeting), _form(act, meeting, request.form)
    if form is not None and not form.validate():
        return _show_form(act, listed, form), 422
    facts = form.facts() if form else {}
    try:
        with transaction():
            plan, now = act.plan(listed, facts, clock.now()), clock.now()
            seen, asked = request.form.get("seen", ""), listed.wish.filtering
            due_at = _due_at(form, meeting)
            begun = engine.begin(
                meeting, act, facts, plan, seen=seen, by=current_user.person, now=now, due_at=due_at, asked=asked
            )
    except Refusal as refusal:
        return _show_plan(act, listed_by_request(meeting_of(code)), facts, form, str(refusal)), 409
    return redirect(url_for(".bulk", code=meeting.code, ref=begun.ref), 303)


def _act(code, what):
    return meeting_of(code), ACTS.get(what) or abort(404)


def _form(act, meeting, posted):
    if act.form is None:
        return None
    form = act.form(posted)
    form.meeting = meeting
    return form.of(meeting) if hasattr(form, "of") else form


def _due_at(form, meeting):
    at = form.at.data if form is not None and "at" in form else None
    return at.replace(tzinfo=meeting.zone) if at else None


def _plan(act, listed, facts):
    return act.plan(listed, facts, clock.now())


def _sample(plan):
    """The registration whose letter is shown: the one that was chosen, else the first."""
    chosen = request.form.get("sample", "")
    entries = [step.entry for step in plan.steps]
    named = (each for each in entries if is_ref(chosen) and each.ref == chosen)
    return next(named, entries[0] if entries else None)


def _show_form(act, listed, form):
    return render_template(
        "staff/bulk/form.html", act=act, meeting=listed.meeting, wish=listed.wish, form=form, places=writing.MEANINGS,
        count=len(listed.ids()),
    )  # fmt: skip


def _show_plan(act, listed, facts, form, refusal=None):
    """What it would do; when it cannot be said at all, why."""
    try:
        plan = _plan(act, listed, facts)
    except Refusal as told:
        if form is None:
            plan, refusal = Plan(), str(told)
        else:
            refuse_into(form, told)
            return _show_form(act, listed, form)
    sample = _sample(plan) if act.is_letter else None
    return render_template(
        "staff/bulk/plan.html",
        act=act,
        meeting=listed.meeting,
        wish=listed.wish,
        form=form,
        facts=facts,
        plan=plan,
        seen=plan.digest(act.key, facts),
        shown=SHOWN,
        sample=sample,
        samples=[step.entry for step in plan.steps[:MOST_SAMPLES]],
        letter=writing.written(sample, facts) if sample is not None else None,
        refusal=refusal,
        span_name=registration.span_name,
    )
