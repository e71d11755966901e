"""Saved views of the list: kept, renamed, shared, removed."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference.kernel import Refusal, clock, transaction
from conference.staff import views
from conference.staff.access import office
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import listed_by_request, meeting_of
from conference.staff.view_form import ViewForm
from conference.web import allow, refuse_into


@bp.get("/registrations/<code>/views/new")
@allow(office)
def new_view(code):
    """A name for what the list shows under the same address."""
    return _show(listed_by_request(meeting_of(code)), ViewForm())


@bp.post("/registrations/<code>/views/new")
@allow(office)
def save_view(code):
    """Keep it."""
    listed, form = listed_by_request(meeting_of(code)), ViewForm.of_request()
    if not form.validate():
        return _show(listed, form), 422
    try:
        with transaction():
            view = _saved(listed, form)
            asked, ref = view.asked, view.ref
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(listed_by_request(meeting_of(code)), form), 422
    flash(_("The view is kept."), "good")
    return redirect(url_for(".registrations", code=code, view=ref, **asked), 303)


@bp.get("/registrations/<code>/views/<ref:ref>")
@allow(office)
def saved_view(code, ref):
    """Its name and who sees it."""
    meeting = meeting_of(code)
    view = _own(meeting, ref)
    return render_template("staff/view.html", meeting=meeting, view=view, form=ViewForm(obj=view))


@bp.post("/registrations/<code>/views/<ref:ref>")
@allow(office)
def change_view(code, ref):
    """Rename it, share it, show it first; or, with `remove`, forget it."""
    meeting, form = meeting_of(code), ViewForm.of_request()
    view = _own(meeting, ref)
    if not form.validate():
        return render_template("staff/view.html", meeting=meeting, view=view, form=form), 422
    asked = view.asked
    with transaction():
        views.change(view, name=form.name.data, is_shared=form.is_shared.data, is_usual=form.is_usual.data)
    flash(_("The view is kept."), "good")
    return redirect(url_for(".registrations", code=code, view=ref, **asked), 303)


@bp.post("/registrations/<code>/views/<ref:ref>/removal")
@allow(office)
def remove_view(code, ref):
    """Forget it; nobody's registrations change."""
    meeting = meeting_of(code)
    view = _own(meeting, ref)
    name = view.name
    with transaction():
        views.remove(view)
    flash(_("The view “%(name)s” is removed.", name=name), "good")
    return redirect(url_for(".registrations", code=code, view="all"), 303)


def _saved(listed, form):
    view = views.save(
        listed.meeting,
        listed.wish,
        name=form.name.data,
        is_shared=form.is_shared.data,
        by=current_user.person,
        now=clock.now(),
    )
    if form.is_usual.data:
        views.change(view, name=view.name, is_shared=view.is_shared, is_usual=True)
    return view


def _own(meeting, ref):
    return views.own_view(meeting, current_user.person, ref) or abort(404)


def _show(listed, form):
    return render_template("staff/view.html", meeting=listed.meeting, view=None, listed=listed, form=form)
