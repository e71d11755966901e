"""Registering people at the desk: one by hand, or many from a file."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields import SelectChoice

from conference import checkout, people, registration
from conference.kernel import Refusal, clock, db, transaction
from conference.registration import Mode
from conference.staff import uploads
from conference.staff.access import registrar
from conference.staff.forms import EntryForm, UploadForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, refuse_into


@bp.get("/registrations/<code>/new")
@allow(registrar)
def new_registration(code):
    """A form for one person."""
    meeting = meeting_of(code)
    return _show(meeting, _form(meeting))


@bp.post("/registrations/<code>/new")
@allow(registrar)
def register(code):
    """Register them, or show the registration that they have already."""
    meeting, now = meeting_of(code), clock.now()
    form = _form(meeting, request.form)
    if not form.validate():
        return _show(meeting, form), 422
    try:
        with transaction():
            entry = checkout.enter_one(
                meeting=meeting,
                category=registration.category_by_code(meeting, form.category.data),
                values=form.person(),
                mode=form.mode.data,
                is_paid=form.paid.data == "yes",
                reference=form.reference.data,
                letter=form.letter.data,
                by=current_user.person,
                now=now,
            )
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(meeting, form, existing=getattr(refusal, "entry", None)), 422
    flash(_("%(name)s is registered.", name=people.by_id(entry.person_id).full_name), "good")
    return redirect(url_for(".registration", ref=entry.ref), 303)


@bp.get("/registrations/<code>/import")
@allow(registrar)
def upload(code):
    """Choose a file."""
    return _show_upload(meeting_of(code), UploadForm())


@bp.post("/registrations/<code>/import")
@allow(registrar)
def check_upload(code):
    """Try everything in the file and keep nothing but what it would do."""
    meeting, form, sent = meeting_of(code), UploadForm(), request.files.get("file")
    try:
        if not sent or not sent.filename:
            raise Refusal(_("Choose a file."), field="file")
        text, rows = uploads.rows_of(sent.read())
        report = _tried(rows, meeting)
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
    """What a file would do, or has done."""
    meeting = meeting_of(code)
    found = uploads.upload_of(meeting, ref) or abort(404)
    return render_template("staff/report.html", meeting=meeting, upload=found, report=found.report)


@bp.post("/registrations/<code>/import/<ref:ref>")
@allow(registrar)
def import_upload(code, ref):
    """Do it."""
    meeting = meeting_of(code)
    found = uploads.upload_of(meeting, ref) or abort(404)
    with transaction():
        report = uploads.bring_in(found, meeting=meeting, by=current_user.person, now=clock.now())
    flash(_("%(count)s people are registered.", count=report.added), "good")
    return redirect(url_for(".registrations", code=meeting.code), 303)


def _tried(rows, meeting):
    try:
        with transaction():
            uploads.tried(rows, meeting=meeting, now=clock.now())
    except uploads.NothingKept as tried:
        db.session.expire_all()
        return tried.report


def _form(meeting, *posted):
    form = EntryForm(*posted)
    form.country.choices = [SelectChoice(*each) for each in (("", _("Choose…")), *people.countries(str(get_locale())))]
    categories = registration.categories_of(meeting, all_of_them=True)
    form.category.choices = [SelectChoice(each.code, each.name) for each in categories]
    form.mode.choices = [SelectChoice(str(mode), registration.mode_name(mode)) for mode in Mode]
    form.paid.choices = [
        SelectChoice("no", _("Not paid yet: places are held for 14 days")),
        SelectChoice("yes", _("Paid by hand")),
    ]
    return form


def _show(meeting, form, existing=None):
    return render_template("staff/new.html", meeting=meeting, form=form, existing=existing)


def _show_upload(meeting, form):
    return render_template("staff/upload.html", meeting=meeting, form=form, columns=checkout.COLUMNS)
