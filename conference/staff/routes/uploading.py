"""Registering many people from a file: trying it, doing it, undoing it."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from conference import checkout
from conference.kernel import Money, Refusal, clock, keep_nothing, transaction
from conference.staff import uploads
from conference.staff.access import registrar
from conference.staff.forms import UploadForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, csv_response, refuse_into

LOOK_AGAIN = "2"  # seconds between two looks at a file that the worker has


@bp.get("/registrations/<code>/import")
@allow(registrar)
def upload(code):
    """Choose a file, or look at one from before."""
    return _show_upload(meeting_of(code), UploadForm())


@bp.get("/registrations/<code>/import/example.csv")
@allow(registrar)
def example_of_upload(code):
    """The columns of a file, with a row that shows how they are filled."""
    meeting_of(code)
    row = ("ada@example.org", "Ada", "Example", "PhD", "Example University", "GB", "", "no")
    return csv_response("registrations-example.csv", checkout.COLUMNS, [row])


@bp.post("/registrations/<code>/import")
@allow(registrar)
def check_upload(code):
    """Try everything in the file and keep nothing but what it would do; a long one is tried by the worker."""
    meeting, form, sent = meeting_of(code), UploadForm(), request.files.get("file")
    try:
        if not sent or not sent.filename:
            raise Refusal(_("Choose a file."), field="file")
        text, rows = uploads.rows_of(sent.read())
        report = None if uploads.is_long(rows) else _tried(rows, meeting)
    except Refusal as refusal:
        refusal.field = "file"
        refuse_into(form, refusal)
        return _show_upload(meeting_of(code), form), 422
    with transaction():
        kept = uploads.keep(
            meeting=meeting, name=sent.filename, text=text, report=report, by=current_user.person, now=clock.now()
        )
    return redirect(url_for(".checked_upload", code=meeting.code, ref=kept.ref), 303)


@bp.get("/registrations/<code>/import/<ref:ref>")
@allow(registrar)
def checked_upload(code, ref):
    """What a file would do, or has done; the page looks again by itself while the worker has it."""
    meeting, found = _upload(code, ref)
    return _show_report(meeting, found)


@bp.post("/registrations/<code>/import/<ref:ref>")
@allow(registrar)
def import_upload(code, ref):
    """Do it, or have the worker do it."""
    meeting, found = _upload(code, ref)
    if found.report.get("read", 0) > uploads.AT_ONCE:
        with transaction():
            uploads.ask_for_import(found)
        return redirect(url_for(".checked_upload", code=meeting.code, ref=ref), 303)
    with transaction():
        report = uploads.bring_in(found, meeting=meeting, by=current_user.person, now=clock.now())
    flash(_("%(count)s people are registered.", count=report.added), "good")
    return redirect(url_for(".checked_upload", code=meeting.code, ref=ref), 303)


@bp.get("/registrations/<code>/import/<ref:ref>/faults.csv")
@allow(registrar)
def faults_of_upload(code, ref):
    """Every line at fault with its reason, and every warning."""
    _meeting, found = _upload(code, ref)
    rows = [
        (each["line"], kind, each["reason"], "; ".join(each.get("whom", ())))
        for kind, name in (("fault", "faults"), ("warning", "warnings"))
        for each in found.report.get(name, ())
    ]
    return csv_response(f"faults-{found.ref}.csv", ("line", "kind", "reason", "whom"), sorted(rows))


@bp.get("/registrations/<code>/import/<ref:ref>/undoing")
@allow(registrar)
def look_at_undoing(code, ref):
    """What undoing an import would take back, and which rows it would leave, and why."""
    meeting, found = _upload(code, ref)
    if not found.done or found.undone_at or found.doing:
        abort(409)
    with transaction():
        kept, count, minor = uploads.kept_back(found)
        keep_nothing()
    money = Money(minor, meeting.currency) if minor else None
    return render_template("staff/undo.html", meeting=meeting, upload=found, kept=kept, count=count, money=money)


@bp.post("/registrations/<code>/import/<ref:ref>/undoing")
@allow(registrar)
def undo_upload(code, ref):
    """Take the import back, but for what was touched since; a long one is taken back by the worker."""
    meeting, found = _upload(code, ref)
    if len(found.done or ()) > uploads.AT_ONCE:
        with transaction():
            uploads.ask_for_undoing(found, by=current_user.person)
        return redirect(url_for(".checked_upload", code=meeting.code, ref=ref), 303)
    with transaction():
        count = uploads.undo(found, meeting=meeting, by=current_user.person, now=clock.now())
    flash(ngettext("%(num)s registration is taken back.", "%(num)s registrations are taken back.", count), "good")
    return redirect(url_for(".checked_upload", code=code, ref=ref), 303)


def _tried(rows, meeting):
    with transaction():
        report = checkout.import_rows(rows, meeting=meeting, now=clock.now())
        keep_nothing()
    return report


def _upload(code, ref):
    meeting = meeting_of(code)
    return meeting, uploads.upload_of(meeting, ref) or abort(404)


def _show_report(meeting, found):
    page = render_template("staff/report.html", meeting=meeting, upload=found, report=found.report)
    return Response(page, headers={"Refresh": LOOK_AGAIN} if found.doing else {})


def _show_upload(meeting, form):
    return render_template(
        "staff/upload.html",
        meeting=meeting,
        form=form,
        columns=checkout.COLUMNS,
        uploads=uploads.uploads_of(meeting),
    )
