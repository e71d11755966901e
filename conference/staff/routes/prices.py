"""Categories and their price matrix at the desk."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, registration
from conference.kernel import Refusal, clock, transaction
from conference.staff import catalogue
from conference.staff.access import registrar
from conference.staff.price_form import price_form
from conference.staff.routes.blueprint import bp
from conference.staff.routes.editing import save, show_editor
from conference.staff.routes.registrations import meeting_of
from conference.staff.selling_forms import CategoryForm
from conference.web import allow, refuse_into


@bp.get("/prices/<code>")
@allow(registrar)
def prices(code):
    """Every category with what it costs, when, for whom."""
    meeting = meeting_of(code)
    categories = registration.categories_of(meeting, all_of_them=True)
    window = meeting.window_at(clock.now())
    return render_template(
        "staff/prices/index.html",
        meeting=meeting,
        grids=[(each, *catalogue.grid_of(meeting, each)) for each in categories],
        columns=catalogue.columns_of(meeting),
        current=window.id if window else None,
        asked=_asked(meeting, categories),
        happenings=audit.happenings(audit.stories_of(categories, limit=30)),
    )


@bp.get("/prices/<code>/categories/<int:category_id>/prices")
@allow(registrar)
def category_prices(code, category_id):
    """The whole matrix of a category as fields."""
    meeting, category = _category(code, category_id)
    return _show_prices(meeting, category, _price_form(meeting, category))


@bp.post("/prices/<code>/categories/<int:category_id>/prices")
@allow(registrar)
def set_prices(code, category_id):
    """Sell at these prices from now on; what was sold keeps its own."""
    meeting, category = _category(code, category_id)
    form = _price_form(meeting, category, request.form)
    if not form.validate():
        return _show_prices(meeting, category, form), 422
    try:
        with transaction():
            changed = registration.set_prices(
                category,
                _cells(form),
                meeting=meeting,
                seen=form.seen.data,
                by=current_user.person,
                now=clock.now(),
            )
    except Refusal as refusal:
        refuse_into(form, refusal)
        form.seen.data, form.seen.raw_data = registration.cells_version(category), None
        return _show_prices(meeting, category, form), 409
    flash(_("Saved: %(count)s prices changed. What was sold keeps its price.", count=changed), "good")
    return redirect(url_for(".prices", code=meeting.code, _anchor=f"category-{category.id}"), 303)


@bp.get("/prices/<code>/categories/new")
@allow(registrar)
def new_category(code):
    """A category that nothing is sold of yet."""
    meeting = meeting_of(code)
    form = CategoryForm().of(catalogue.pools_of(meeting))
    return show_editor(meeting, form, title=_("New category"), back=_back(meeting))


@bp.post("/prices/<code>/categories/new")
@allow(registrar)
def add_category(code):
    """Add it."""
    meeting = meeting_of(code)
    form = CategoryForm.of_request().of(catalogue.pools_of(meeting))
    return save(
        meeting,
        form,
        lambda by, now: registration.add(registration.add_category, meeting, by=by, now=now, **form.facts()),
        title=_("New category"),
        back=_back(meeting),
    )


@bp.get("/prices/<code>/categories/<int:category_id>")
@allow(registrar)
def category(code, category_id):
    """Its name, its colour, its places."""
    meeting, found = _category(code, category_id)
    form = CategoryForm(obj=found)
    form.of(catalogue.pools_of(meeting), existing=found)
    form.pool_id.data = found.pool_id or 0
    return show_editor(meeting, form, title=found.name, back=_back(meeting))


@bp.post("/prices/<code>/categories/<int:category_id>")
@allow(registrar)
def change_category(code, category_id):
    """Change it for those who register from now on."""
    meeting, found = _category(code, category_id)
    form = CategoryForm.of_request().of(catalogue.pools_of(meeting), existing=found)
    return save(
        meeting,
        form,
        lambda by, now: registration.change(found, by=by, now=now, **form.facts()),
        title=found.name,
        back=_back(meeting),
    )


def _asked(meeting, categories):
    """{category key: what it asks, in words}."""
    rows = registration.eligibility.queries.requirements_of(meeting)
    said = registration.eligibility.words.requirement
    return {each.id: said(rows[each.id]) if each.id in rows else [] for each in categories}


def _category(code, category_id):
    meeting = meeting_of(code)
    return meeting, catalogue.category_of(meeting, category_id) or abort(404)


def _back(meeting):
    return _("Prices of %(code)s", code=meeting.code), url_for("staff.prices", code=meeting.code)


def _cells(form):
    """What was typed, as registration.cells_of has it."""
    return {(window, member, span, mode): minor for ((span, mode, member), window), minor in form.cells().items()}


def _price_form(meeting, category, posted=None):
    seen = registration.cells_version(category)
    cells = {
        ((span, mode, member), window): minor
        for (window, member, span, mode), minor in registration.cells_of(category).items()
    }
    return price_form(posted, meeting, catalogue.rows_of(meeting, category), cells, seen)


def _show_prices(meeting, category, form):
    window = meeting.window_at(clock.now())
    return render_template(
        "staff/prices/grid.html",
        meeting=meeting,
        category=category,
        form=form,
        rows=catalogue.rows_of(meeting, category),
        columns=catalogue.columns_of(meeting),
        current=window.id if window else None,
    )
