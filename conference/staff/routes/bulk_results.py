"""How far something that is done to many is, what became of each, stopping it, undoing it."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from flask_login import current_user

from conference.kernel import Refusal, clock, transaction
from conference.staff.access import registrar
from conference.staff.bulk import engine, results
from conference.staff.bulk.acts import act_of
from conference.staff.bulk.rules import ItemState
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, csv_response, page_number, paginate

LOOK_AGAIN = "2"  # seconds between two looks while it is at work


@bp.get("/registrations/<code>/bulk")
@allow(registrar)
def bulks(code):
    """What was done together in this meeting, the latest first."""
    meeting = meeting_of(code)
    page = paginate(results.bulks_of(meeting), number=page_number())
    counts = engine.counts_of([each.id for each in page.items])
    return render_template(
        "staff/bulk/index.html", meeting=meeting, page=page, counts=counts, title_of=engine.title_of, now=clock.now()
    )


@bp.get("/registrations/<code>/bulk/<ref:ref>")
@allow(registrar)
def bulk(code, ref):
    """Its counts, and whom it was done to, or not, and why; the page looks again by itself while it is at work."""
    return _show(*_bulk(code, ref))


@bp.get("/registrations/<code>/bulk/<ref:ref>/results.csv")
@allow(registrar)
def bulk_results(code, ref):
    """What became of each, for spreadsheets."""
    meeting, found = _bulk(code, ref)
    return csv_response(f"{meeting.code}-{found.act}-{found.ref}.csv", *results.table(found))


@bp.post("/registrations/<code>/bulk/<ref:ref>/stop")
@allow(registrar)
def stop_bulk(code, ref):
    """Do it to nobody any more."""
    meeting, found = _bulk(code, ref)
    try:
        with transaction():
            count = engine.stop(found, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return _show(*_bulk(code, ref), refusal=str(refusal), status=409)
    flash(
        ngettext("Stopped: it is not done to %(num)s more.", "Stopped: it is not done to %(num)s more.", count), "good"
    )
    return redirect(url_for(".bulk", code=meeting.code, ref=ref), 303)


@bp.post("/registrations/<code>/bulk/<ref:ref>/undoing")
@allow(registrar)
def undo_bulk(code, ref):
    """Give everybody back what they had before, unless it was changed since."""
    meeting, found = _bulk(code, ref)
    try:
        with transaction():
            begun = results.undo(found, meeting=meeting, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return _show(*_bulk(code, ref), refusal=str(refusal), status=409)
    return redirect(url_for(".bulk", code=meeting.code, ref=begun.ref), 303)


def _bulk(code, ref):
    meeting = meeting_of(code)
    return meeting, engine.bulk_of(meeting, ref) or abort(404)


def _show(meeting, found, *, refusal=None, status=200):
    state = request.args.get("state", "")
    state = state if state in list(ItemState) else ""
    page = render_template(
        "staff/bulk/bulk.html",
        meeting=meeting,
        bulk=found,
        title=engine.title_of(found),
        act=act_of(found.act),
        counts=engine.counts_of([found.id])[found.id],
        page=paginate(results.items_of(found, state), number=page_number()),
        state=state,
        may_undo=results.may_undo(found),
        undone_by=results.undone_by(found),
        now=clock.now(),
        refusal=refusal,
    )
    is_at_work = not found.finished_at and found.due_at <= clock.now()
    return Response(page, status=status, headers={"Refresh": LOOK_AGAIN} if is_at_work else {})
