"""The desk's pages for the society's pages, files and facts."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit
from conference.kernel import Refusal, clock, transaction, whole_number
from conference.society import actions, files, plan, queries
from conference.society.forms import SECTIONS, FileUpload, PageForm, SocietyForm
from conference.web import administrator, allow, refuse_into, refuse_stale

bp = Blueprint("society_staff", __name__, url_prefix="/staff")


@bp.get("/pages")
@allow(administrator)
def pages():
    return render_template("society/staff/pages.html", pages=queries.pages(public_only=False), sections=SECTIONS)


@bp.get("/pages/new")
@allow(administrator)
def new_page():
    return _editor(PageForm(section="menu"), page=None)


@bp.post("/pages/new")
@allow(administrator)
def add_page():
    form = PageForm.of_request()
    if not form.validate():
        return _editor(form, page=None), 422
    if request.form.get("do") == "preview":
        return _editor(form, page=None, preview=True)
    try:
        with transaction():
            page = actions.add_page(by=current_user.person, now=clock.now(), **form.words)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _editor(form, page=None), 422
    flash(_("“%(title)s” is on the site.", title=page.title))
    return redirect(url_for(".page", page_id=page.id), 303)


@bp.get("/pages/<int:page_id>")
@allow(administrator)
def page(page_id):
    page = _page(page_id)
    return _editor(PageForm(obj=page), page=page)


@bp.post("/pages/<int:page_id>")
@allow(administrator)
def edit_page(page_id):
    page, form = _page(page_id), PageForm.of_request()
    if not form.validate():
        return _editor(form, page=page), 422
    if request.form.get("do") == "preview":
        return _editor(form, page=page, preview=True)
    try:
        with transaction():
            actions.edit_page(page, by=current_user.person, version=form.version.data, now=clock.now(), **form.words)
    except actions.Stale as refusal:
        return _clash(form, page_id, refusal)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _editor(form, page=page), 422
    flash(_("Saved. The page says it at once."))
    return redirect(url_for(".page", page_id=page_id), 303)


@bp.post("/pages/<int:page_id>/place")
@allow(administrator)
def move(page_id):
    page = _page(page_id)
    with transaction():
        actions.move(page, up=request.form.get("to") == "up", by=current_user.person, now=clock.now())
    return redirect(url_for(".pages"), 303)


@bp.post("/pages/<int:page_id>/visibility")
@allow(administrator)
def show(page_id):
    page, is_public = _page(page_id), request.form.get("show") == "yes"
    with transaction():
        actions.show(page, is_public=is_public, by=current_user.person, now=clock.now())
    flash(_("“%(title)s” is shown.", title=page.title) if is_public else _("“%(title)s” is hidden.", title=page.title))
    return redirect(url_for(".pages"), 303)


@bp.get("/pages/<int:page_id>/history")
@allow(administrator)
def history(page_id):
    page = _page(page_id)
    return render_template("society/staff/history.html", page=page, revisions=queries.revisions_of(page))


@bp.post("/pages/<int:page_id>/restoration")
@allow(administrator)
def restore(page_id):
    page = _page(page_id)
    wanted = whole_number(request.form.get("version", ""), 8)
    revision = None if wanted is None else queries.revision_of(page, wanted)
    with transaction():
        actions.restore(
            page, revision=revision or abort(404), by=current_user.person, version=page.version, now=clock.now()
        )
    flash(_("The page says again what version %(number)s said.", number=revision.version))
    return redirect(url_for(".page", page_id=page_id), 303)


@bp.post("/pages/<int:page_id>/downloads")
@allow(administrator)
def offer(page_id):
    page, form = _page(page_id), FileUpload.of_request()
    upload = request.files.get("file")
    if not form.validate():
        return _editor(PageForm(obj=page), page=page, upload=form), 422
    try:
        with transaction():
            files.offer(
                page=page,
                slug=form.slug.data,
                title=form.title.data,
                content=upload.read() if upload else b"",
                by=current_user.person,
                now=clock.now(),
            )
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _editor(PageForm(obj=_page(page_id)), page=_page(page_id), upload=form), 422
    flash(_("The file is offered on the page."))
    return redirect(url_for(".page", page_id=page_id), 303)


@bp.post("/pages/<int:page_id>/downloads/<slug>/removal")
@allow(administrator)
def take_away(page_id, slug):
    download = next((each for each in _page(page_id).downloads if each.slug == slug), None) or abort(404)
    with transaction():
        files.take_away(download, by=current_user.person, now=clock.now())
    flash(_("The file is no longer offered."))
    return redirect(url_for(".page", page_id=page_id), 303)


@bp.post("/pages/plan")
@allow(administrator)
def make_plan():
    with transaction():
        offered = plan.offer_plan(by=current_user.person, now=clock.now())
    flash(_("The plan’s PDF is made from the pages as they stand now."))
    return redirect(url_for(".page", page_id=offered.page_id), 303)


@bp.get("/society")
@allow(administrator)
def society():
    found = queries.current() or abort(404)
    return _facts(SocietyForm(obj=found), found)


@bp.post("/society")
@allow(administrator)
def change_society():
    found, form = queries.current() or abort(404), SocietyForm.of_request()
    if not form.validate():
        return _facts(form, found), 422
    try:
        with transaction():
            actions.change(found, by=current_user.person, version=form.version.data, now=clock.now(), **form.facts)
    except actions.Stale as refusal:
        found = queries.current()
        refuse_stale(form, refusal, found)
        return _facts(form, found, clash=True), 409
    flash(_("Saved. Every page shows it at once."))
    return redirect(url_for(".society"), 303)


def _page(page_id):
    return queries.page_by_id(page_id) or abort(404)


def _editor(form, *, page, preview=False, upload=None, theirs=None):
    return render_template(
        "society/staff/page.html",
        form=form,
        page=page,
        preview=preview,
        upload=upload or FileUpload(),
        theirs=theirs,
        story=audit.happenings(audit.story_of(page, limit=20)) if page else [],
    )


def _clash(form, page_id, refusal):
    """Both texts on one page, the reader's own still in the form; saving again overwrites knowingly."""
    theirs = _page(page_id)
    refuse_stale(form, refusal, theirs)
    return _editor(form, page=theirs, theirs=theirs), 409


def _facts(form, society, *, clash=False):
    return render_template(
        "society/staff/society.html",
        form=form,
        society_row=society,
        clash=clash,
        story=audit.happenings(audit.story_of(society, limit=20)),
    )
