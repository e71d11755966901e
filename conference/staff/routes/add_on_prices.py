"""What an add-on costs each category in each window, at the desk."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import registration
from conference.kernel import Refusal, clock, transaction
from conference.staff import catalogue
from conference.staff.access import registrar
from conference.staff.price_form import price_form
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, refuse_into


@bp.get("/prices/<code>/add-ons/<int:add_on_id>/prices")
@allow(registrar)
def add_on_prices(code, add_on_id):
    """Its prices by category and window as fields; an empty one is the add-on's own price."""
    meeting, found = _add_on(code, add_on_id)
    return _show(meeting, found, _form(meeting, found))


@bp.post("/prices/<code>/add-ons/<int:add_on_id>/prices")
@allow(registrar)
def set_add_on_prices(code, add_on_id):
    """Sell at these prices from now on; what was sold keeps its own."""
    meeting, found = _add_on(code, add_on_id)
    form = _form(meeting, found, request.form)
    if not form.validate():
        return _show(meeting, found, form), 422
    try:
        with transaction():
            changed = _set(meeting, found, form)
    except Refusal as refusal:
        refuse_into(form, refusal)
        form.seen.data, form.seen.raw_data = registration.extras.version_of(found), None
        return _show(meeting, found, form), 409
    flash(_("Saved: %(count)s prices changed. What was sold keeps its price.", count=changed), "good")
    return redirect(url_for(".add_ons", code=meeting.code), 303)


def _set(meeting, found, form):
    named = {
        "categories": {each.id: each for each in registration.categories_of(meeting, all_of_them=True)},
        "windows": {each.id: each for each in meeting.windows},
    }
    who = {"by": current_user.person, "now": clock.now()}
    return registration.extras.set_prices(found, form.cells(), seen=form.seen.data, **named, **who)


def _form(meeting, found, posted=None):
    cells, seen = registration.extras.cells_of(found), registration.extras.version_of(found)
    return price_form(posted, meeting, _rows(meeting), cells, seen)


def _rows(meeting):
    return [(each.id, each.name) for each in registration.categories_of(meeting, all_of_them=True)]


def _add_on(code, add_on_id):
    meeting = meeting_of(code)
    return meeting, catalogue.add_on_of(meeting, add_on_id) or abort(404)


def _show(meeting, found, form):
    window = meeting.window_at(clock.now())
    return render_template(
        "staff/prices/add_on_grid.html",
        meeting=meeting,
        add_on=found,
        form=form,
        rows=_rows(meeting),
        columns=catalogue.columns_of(meeting),
        current=window.id if window else None,
    )
