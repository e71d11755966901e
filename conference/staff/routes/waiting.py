"""Waiting lists at the desk: counts, order, offers; every change of the order has a reason."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit
from conference.kernel import Refusal, clock, transaction
from conference.registration import waiting
from conference.staff import catalogue, lists
from conference.staff.access import registrar
from conference.staff.routes.blueprint import bp
from conference.staff.routes.editing import save, show_editor
from conference.staff.routes.registrations import meeting_of
from conference.staff.waiting_forms import PaceForm, PlaceForm, ReasonForm
from conference.web import allow, csv_response, page_number, paginate, refuse_into

ACTS = {"move": PlaceForm, "offer": ReasonForm, "remove": ReasonForm}


@bp.get("/waiting/<code>")
@allow(registrar)
def waiting_lists(code):
    """Every pool: places, held, sold, offered, free, and who waits."""
    meeting = meeting_of(code)
    facts = {"pools": lists.pools(meeting), "outcomes": lists.outcomes(meeting), "pace": waiting.pace_of(meeting)}
    return render_template("staff/waiting/index.html", meeting=meeting, **facts)


@bp.get("/waiting/<code>/waits.csv")
@allow(registrar)
def export_waiting(code):
    """Every wait of the meeting."""
    meeting, now = meeting_of(code), clock.now()
    with transaction():
        audit.record(by=current_user.person, verb="exported waiting lists", subject=meeting, now=now)
    return csv_response(f"{meeting.code}-waiting-{now.date().isoformat()}.csv", *lists.table(meeting))


@bp.get("/waiting/<code>/hours")
@allow(registrar)
def wait_hours(code):
    """For how long offers stand."""
    meeting = meeting_of(code)
    return show_editor(
        meeting,
        PaceForm(obj=waiting.pace_of(meeting)),
        title=_("Hours of offers"),
        back=_back(meeting),
        rows=lambda: [waiting.pace_of(meeting)],
    )


@bp.post("/waiting/<code>/hours")
@allow(registrar)
def set_wait_hours(code):
    """Set them, for the offers made from now on."""
    meeting, form = meeting_of(code), PaceForm.of_request()

    def act(by, now):
        waiting.set_pace(meeting, by=by, now=now, **form.data)

    return save(
        meeting, form, act, title=_("Hours of offers"), back=_back(meeting), rows=lambda: [waiting.pace_of(meeting)]
    )


@bp.get("/waiting/<code>/<int:pool_id>")
@allow(registrar)
def waiting_list(code, pool_id):
    """One list in its order; `ended=yes` shows those that are over."""
    meeting, pool = _pool(code, pool_id)
    ended = request.args.get("ended") == "yes"
    page = paginate(lists.waits(pool, ended=ended), number=page_number())
    story = audit.happenings(audit.stories_of([pool, *page.items], limit=30))
    facts = {"page": page, "rows": lists.numbered(page, pool), "ended": ended, "happenings": story}
    return render_template("staff/waiting/list.html", meeting=meeting, pool=pool, **facts)


@bp.post("/waiting/<code>/<int:pool_id>/pause")
@allow(registrar)
def pause_waiting(code, pool_id):
    """Offer nothing any more, or go on."""
    meeting, pool = _pool(code, pool_id)
    with transaction():
        waiting.pause(pool, is_paused=request.form.get("paused") == "yes", by=current_user.person, now=clock.now())
    return redirect(url_for(".waiting_list", code=meeting.code, pool_id=pool.id), 303)


@bp.get("/waiting/<code>/wait/<ref:wait_ref>/<act>")
@allow(registrar)
def wait_act(code, wait_ref, act):
    """Move somebody, offer them a place out of turn, or take them off: why?"""
    meeting, wait = _wait(code, wait_ref, act)
    return show_editor(meeting, ACTS[act](), **_page(meeting, wait, act))


@bp.post("/waiting/<code>/wait/<ref:wait_ref>/<act>")
@allow(registrar)
def do_wait_act(code, wait_ref, act):
    """Do it, with the reason."""
    meeting, wait = _wait(code, wait_ref, act)
    form, page = ACTS[act].of_request(), _page(meeting, wait, act)
    if not form.validate():
        return show_editor(meeting, form, level=422, **page)
    try:
        with transaction():
            _do(act, wait, form, {"reason": form.reason.data, "by": current_user.person, "now": clock.now()})
    except Refusal as refusal:
        refuse_into(form, refusal)
        return show_editor(meeting, form, level=422, **page)
    flash(_("Done."), "good")
    return redirect(page["back"][1], 303)


def _do(act, wait, form, facts):
    match act:
        case "move":
            waiting.move_to(wait, form.number.data, **facts)
        case "offer":
            waiting.offer_now(wait, **facts)
        case "remove":
            waiting.remove(wait, **facts)


def _page(meeting, wait, act):
    name = wait.registration.person.full_name
    titles = {
        "move": _("Move %(name)s in the order", name=name),
        "offer": _("Offer %(name)s a place out of turn", name=name),
        "remove": _("Take %(name)s off the list", name=name),
    }
    back = wait.pool.name, url_for(".waiting_list", code=meeting.code, pool_id=wait.pool_id)
    return {"title": titles[act], "back": back}


def _wait(code, wait_ref, act):
    meeting, wait = meeting_of(code), waiting.wait_by_ref(wait_ref)
    if act not in ACTS or wait is None or wait.meeting_id != meeting.id:
        abort(404)
    return meeting, wait


def _pool(code, pool_id):
    meeting = meeting_of(code)
    return meeting, catalogue.pool_of(meeting, pool_id) or abort(404)


def _back(meeting):
    return _("Waiting lists"), url_for(".waiting_lists", code=meeting.code)
