"""Add-ons and places at the desk."""

from flask import abort, render_template, url_for
from flask_babel import gettext as _

from conference import audit, registration
from conference.kernel import Money
from conference.staff import catalogue
from conference.staff.access import registrar
from conference.staff.routes.blueprint import bp
from conference.staff.routes.editing import save, show_editor
from conference.staff.routes.registrations import meeting_of
from conference.staff.selling_forms import TIMES, AddOnForm, PoolForm
from conference.web import allow


@bp.get("/prices/<code>/add-ons")
@allow(registrar)
def add_ons(code):
    """Workshops, dinners, and every pool of places."""
    meeting = meeting_of(code)
    found, pools = registration.add_ons_of(meeting, all_of_them=True), catalogue.pools_of(meeting)
    return render_template(
        "staff/prices/add_ons.html",
        meeting=meeting,
        add_ons=found,
        pools=pools,
        priced=registration.extras.priced_ones(meeting),
        happenings=audit.happenings(audit.stories_of([*found, *pools], limit=30)),
    )


@bp.get("/prices/<code>/add-ons/new")
@allow(registrar)
def new_add_on(code):
    """Something to add to a registration, with places of its own."""
    meeting = meeting_of(code)
    return show_editor(meeting, _form(meeting), title=_("New add-on"), back=_back(meeting), lede=_zone(meeting))


@bp.post("/prices/<code>/add-ons/new")
@allow(registrar)
def add_add_on(code):
    """Add it."""
    meeting = meeting_of(code)
    form = _form(meeting, AddOnForm.of_request())

    def act(by, now):
        facts = {**form.facts(meeting), "code": form.code.data, "places": form.places.data}
        registration.add(registration.offer_add_on, meeting, by=by, now=now, **facts)

    return save(meeting, form, act, title=_("New add-on"), back=_back(meeting), lede=_zone(meeting))


@bp.get("/prices/<code>/add-ons/<int:add_on_id>")
@allow(registrar)
def add_on(code, add_on_id):
    """Its title, price, places and times."""
    meeting, found = _add_on(code, add_on_id)
    form = _form(meeting, AddOnForm(obj=found), found)
    for name, value in _typed(meeting, found).items():
        form[name].data = value
    page = {"title": found.title, "back": _back(meeting), "lede": _zone(meeting), "rows": _rows(found)}
    return show_editor(meeting, form, **page)


@bp.post("/prices/<code>/add-ons/<int:add_on_id>")
@allow(registrar)
def change_add_on(code, add_on_id):
    """Change it for those who choose it from now on; never fewer places than are taken."""
    meeting, found = _add_on(code, add_on_id)
    form = _form(meeting, AddOnForm.of_request(), found)

    def act(by, now):
        registration.resize(found.pool, places=form.places.data, by=by, now=now)
        registration.change(found, by=by, now=now, **form.facts(meeting))

    page = {"title": found.title, "back": _back(meeting), "lede": _zone(meeting), "rows": _rows(found)}
    return save(meeting, form, act, **page)


@bp.get("/prices/<code>/places/new")
@allow(registrar)
def new_pool(code):
    """Places that categories can draw from."""
    meeting = meeting_of(code)
    return show_editor(meeting, PoolForm(), title=_("New places"), back=_back(meeting))


@bp.post("/prices/<code>/places/new")
@allow(registrar)
def add_pool(code):
    """Add them."""
    meeting, form = meeting_of(code), PoolForm.of_request()
    return save(
        meeting,
        form,
        lambda by, now: registration.add(registration.add_pool, meeting, by=by, now=now, **form.data),
        title=_("New places"),
        back=_back(meeting),
    )


@bp.get("/prices/<code>/places/<int:pool_id>")
@allow(registrar)
def pool(code, pool_id):
    """How many there are."""
    meeting, found = _pool(code, pool_id)
    return show_editor(meeting, PoolForm(obj=found), **_pool_page(meeting, found))


@bp.post("/prices/<code>/places/<int:pool_id>")
@allow(registrar)
def change_pool(code, pool_id):
    """Another number; never fewer than are taken."""
    meeting, found = _pool(code, pool_id)
    form = PoolForm.of_request()

    def act(by, now):
        registration.resize(found, places=form.places.data, by=by, now=now)
        registration.change(found, by=by, now=now, name=form.name.data)

    return save(meeting, form, act, **_pool_page(meeting, found))


def _form(meeting, form=None, existing=None):
    categories = registration.categories_of(meeting, all_of_them=True)
    others = registration.add_ons_of(meeting, all_of_them=True)
    return (form or AddOnForm()).of(meeting, categories=categories, others=others, existing=existing)


def _add_on(code, add_on_id):
    meeting = meeting_of(code)
    return meeting, catalogue.add_on_of(meeting, add_on_id) or abort(404)


def _pool(code, pool_id):
    meeting = meeting_of(code)
    return meeting, catalogue.pool_of(meeting, pool_id) or abort(404)


def _rows(found):
    """An add-on is edited with its places."""
    return lambda: [found, found.pool]


def _pool_page(meeting, found):
    return {"title": found.name, "back": _back(meeting), "lede": _taken(found), "rows": lambda: [found]}


def _back(meeting):
    return _("Add-ons and places of %(code)s", code=meeting.code), url_for("staff.add_ons", code=meeting.code)


def _taken(pool):
    return _("%(taken)s are taken.", taken=pool.taken)


def _zone(meeting):
    return _("Prices in %(currency)s, times in %(zone)s.", currency=meeting.currency, zone=meeting.timezone)


def _typed(meeting, found):
    times = {
        name: at.astimezone(meeting.zone).replace(tzinfo=None) if (at := getattr(found, name)) else None
        for name in TIMES
    }
    amount = Money(found.amount_minor, found.currency).decimal_text
    return {**times, "amount": amount, "places": found.pool.places}
