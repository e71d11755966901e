"""Paper at the desk: order a print, see how far it is, fetch it, put it online."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, send_file, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from conference.kernel import Refusal, clock, transaction
from conference.schedule import published
from conference.schedule.addressed import find_meeting
from conference.schedule.paper import names, ordering, printing, queries
from conference.schedule.paper.boards import boards_of
from conference.schedule.paper.forms import PrintForm
from conference.schedule.paper.kinds import PUBLIC
from conference.web import allow, csv_response, refuse_into, staff

bp = Blueprint("paper", __name__, url_prefix="/<code>/paper")

LOOK_AGAIN = "2"  # seconds between two looks at a print that is being made


@bp.get("")
@allow(staff("programme"))
def index(code):
    """What can be printed, and what was."""
    return _list(find_meeting(code), PrintForm())


@bp.post("")
@allow(staff("programme"))
def order(code):
    """Ask the worker for a print of the current release; one that is there already is shown."""
    meeting, form = find_meeting(code), PrintForm.of_request()
    if not form.validate():
        return _list(meeting, form), 422
    kind, size = form.chosen
    try:
        with transaction():
            row = ordering.order(
                meeting,
                kind=kind,
                size=size,
                is_whole=form.is_whole.data,
                language=str(get_locale()),
                by=current_user.person,
                now=clock.now(),
                has_file=printing.has_file,
            )
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _list(find_meeting(code), form), 409
    return redirect(url_for(".paper", code=code, ref=row.ref), 303)


@bp.get("/boards.csv")
@allow(staff("programme"))
def boards_csv(code):
    """The poster boards of the current release as a table, as the public may see them now."""
    meeting = find_meeting(code)
    shown = published.of(published.place_of(meeting)) or abort(404)
    header = [_("Hall"), _("Board"), _("Day"), _("Time"), _("Number"), _("Title"), _("Presenter"), _("Session")]
    rows = [
        (each.hall, each.board, each.day, each.time, each.number, each.title, each.presenter, each.session)
        for each in boards_of(shown)
    ]
    return csv_response(f"{meeting.code}-boards.csv", header, rows)


@bp.get("/<ref:ref>")
@allow(staff("programme"))
def paper(code, ref):
    """How far a print is; the page looks again by itself until it is over."""
    meeting, row = _row(code, ref)
    page = render_template(
        "schedule/staff/print.html",
        meeting=meeting,
        row=row,
        name=names.name_of(row.kind, row.size),
        has_file=printing.has_file(row),
        is_current=row.release_id == published.place_of(meeting).release_id,
        may_be_public=row.kind in PUBLIC and not row.is_whole,
    )
    return Response(page, headers={} if row.is_over else {"Refresh": LOOK_AGAIN})


@bp.get("/<ref:ref>.pdf")
@allow(staff("programme"))
def file(code, ref):
    """The finished file."""
    meeting, row = _row(code, ref)
    if row.state != "done" or not printing.has_file(row):
        abort(404)
    secret = "-EMBARGO" if row.is_whole else ""
    name = f"{meeting.code}-{row.kind}-{row.release.number}{secret}.pdf"
    response = send_file(
        printing.file_of(ref), mimetype="application/pdf", as_attachment=True, download_name=name, etag=row.etag
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post("/<ref:ref>/online")
@allow(staff("programme"))
def put_online(code, ref):
    """Let the public download this file."""
    return _put(code, ref, is_public=True)


@bp.post("/<ref:ref>/offline")
@allow(staff("programme"))
def take_offline(code, ref):
    """Take it back."""
    return _put(code, ref, is_public=False)


def _put(code, ref, *, is_public):
    meeting, row = _row(code, ref)
    with transaction():
        ordering.put_online(row, meeting=meeting, is_public=is_public, by=current_user.person, now=clock.now())
    flash(_("Online on the programme’s page.") if is_public else _("No longer online."), "good")
    return redirect(url_for(".paper", code=code, ref=ref), 303)


def _list(meeting, form):
    return render_template(
        "schedule/staff/paper.html",
        meeting=meeting,
        form=form,
        place=published.place_of(meeting),
        rows=queries.papers_of(meeting),
        name_of=names.name_of,
        kept=printing.has_file,
    )


def _row(code, ref):
    meeting = find_meeting(code)
    return meeting, queries.paper_by_ref(meeting, ref) or abort(404)
