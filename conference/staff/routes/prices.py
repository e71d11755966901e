"""Categories and their price matrix at the desk."""

from flask import abort, render_template, url_for
from flask_babel import gettext as _

from conference import audit, registration
from conference.kernel import clock
from conference.staff import catalogue
from conference.staff.access import registrar
from conference.staff.price_grids import CategorySheet
from conference.staff.routes import price_sheets
from conference.staff.routes.blueprint import bp
from conference.staff.routes.editing import save, show_editor
from conference.staff.routes.registrations import meeting_of
from conference.staff.selling_forms import CategoryForm
from conference.web import allow


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
    return price_sheets.show(_sheet(code, category_id))


@bp.post("/prices/<code>/categories/<int:category_id>/prices/try")
@allow(registrar)
def try_prices(code, category_id):
    """What the typed prices would change, before they are saved."""
    return price_sheets.try_out(_sheet(code, category_id))


@bp.post("/prices/<code>/categories/<int:category_id>/prices")
@allow(registrar)
def set_prices(code, category_id):
    """Sell at these prices from now on; what was sold keeps its own."""
    return price_sheets.save(_sheet(code, category_id))


@bp.post("/prices/<code>/categories/<int:category_id>/prices/back")
@allow(registrar)
def take_back_prices(code, category_id):
    """Undo the last save of its prices."""
    return price_sheets.take_back(_sheet(code, category_id))


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
    return show_editor(meeting, form, title=found.name, back=_back(meeting), rows=lambda: [found])


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
        rows=lambda: [found],
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


def _sheet(code, category_id):
    return CategorySheet(*_category(code, category_id))
