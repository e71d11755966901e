"""Exhibitors from a file: trying it, doing it, undoing it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from conference.kernel import Refusal, clock, transaction
from conference.registration import exhibitors
from conference.staff import uploads
from conference.staff.access import registrar
from conference.staff.forms import UploadForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, csv_response, refuse_into

EXAMPLE = ("Example Instruments", "contact@example.org", "", "214, 215", "2", "18")


@bp.get("/exhibitors/<code>/import")
@allow(registrar)
def exhibitor_files(code):
    """Choose a file, or look at one from before."""
    return _show_upload(meeting_of(code), UploadForm())


@bp.get("/exhibitors/<code>/import/example.csv")
@allow(registrar)
def example_of_exhibitors(code):
    """The columns of a file, with a row that shows how they are filled."""
    meeting_of(code)
    return csv_response("exhibitors-example.csv", exhibitors.COLUMNS, [EXAMPLE])


@bp.post("/exhibitors/<code>/import")
@allow(registrar)
def check_exhibitors(code):
    """Check every row and enter nobody."""
    meeting, form, sent = meeting_of(code), UploadForm(), request.files.get("file")
    try:
        if not sent or not sent.filename:
            raise Refusal(_("Choose a file."), field="file")
        text = uploads.text_of(sent.read())
        with transaction():
            kept = exhibitors.files.check(meeting, name=sent.filename, text=text, now=clock.now())
    except Refusal as refusal:
        refusal.field = "file"
        refuse_into(form, refusal)
        return _show_upload(meeting_of(code), form), 422
    return _to(meeting, kept.ref)


@bp.get("/exhibitors/<code>/import/<ref:ref>")
@allow(registrar)
def exhibitor_file(code, ref):
    """What a file would do, or has done."""
    return _show(_file(code, ref))


@bp.post("/exhibitors/<code>/import/<ref:ref>")
@allow(registrar)
def import_exhibitors(code, ref):
    """Enter everybody in it, or nobody."""
    meeting, found = _file(code, ref)
    try:
        with transaction():
            report = exhibitors.files.bring_in(meeting, found, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return _show(_file(code, ref), refusal), 409
    flash(ngettext("%(num)s exhibitor is entered.", "%(num)s exhibitors are entered.", report.added), "good")
    return _to(meeting, ref)


@bp.get("/exhibitors/<code>/import/<ref:ref>/faults.csv")
@allow(registrar)
def faults_of_exhibitors(code, ref):
    """Every line at fault with its reason, and every warning."""
    _meeting, found = _file(code, ref)
    kinds = (("fault", "faults"), ("warning", "warnings"))
    rows = [(each["line"], kind, each["reason"]) for kind, name in kinds for each in found.report[name]]
    return csv_response(f"faults-{found.ref}.csv", ("line", "kind", "reason"), sorted(rows))


@bp.post("/exhibitors/<code>/import/<ref:ref>/undo")
@allow(registrar)
def undo_exhibitors(code, ref):
    """Take away what the file has entered and nobody has touched."""
    meeting, found = _file(code, ref)
    try:
        with transaction():
            gone = exhibitors.files.undo(meeting, found, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return _show(_file(code, ref), refusal), 409
    flash(ngettext("%(num)s exhibitor is taken away.", "%(num)s exhibitors are taken away.", gone), "good")
    return _to(meeting, ref)


def _to(meeting, ref):
    return redirect(url_for(".exhibitor_file", code=meeting.code, ref=ref), 303)


def _file(code, ref):
    meeting = meeting_of(code)
    return meeting, exhibitors.queries.file_of(meeting, ref) or abort(404)


def _show_upload(meeting, form):
    values = {"kinds": exhibitors.queries.kinds_of(meeting), "files": exhibitors.queries.files_of(meeting)}
    return render_template(
        "staff/exhibitors/upload.html", meeting=meeting, form=form, columns=exhibitors.COLUMNS, **values
    )


def _show(named, refusal=None):
    """With what undoing would leave as it is, as long as it can be undone."""
    meeting, found = named
    is_done = found.imported_at is not None and found.undone_at is None
    kept = exhibitors.files.kept_back(found) if is_done else {}
    told = [{"line": line, "reason": kept[key]} for line, key, _person in found.done or () if key in kept]
    return render_template(
        "staff/exhibitors/file.html",
        meeting=meeting,
        file=found,
        report=found.report,
        kept=told or found.kept or [],
        removable=len(found.done or ()) - len(kept) if is_done else 0,
        refusal=refusal,
    )
