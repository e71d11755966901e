"""What an add-on costs each category in each window, at the desk."""

from flask import abort

from conference.staff import catalogue
from conference.staff.access import registrar
from conference.staff.price_grids import AddOnSheet
from conference.staff.routes import price_sheets
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow


@bp.get("/prices/<code>/add-ons/<int:add_on_id>/prices")
@allow(registrar)
def add_on_prices(code, add_on_id):
    """Its prices by category and window as fields; an empty one is the add-on's own price."""
    return price_sheets.show(_sheet(code, add_on_id))


@bp.post("/prices/<code>/add-ons/<int:add_on_id>/prices/try")
@allow(registrar)
def try_add_on_prices(code, add_on_id):
    """What the typed prices would change, before they are saved."""
    return price_sheets.try_out(_sheet(code, add_on_id))


@bp.post("/prices/<code>/add-ons/<int:add_on_id>/prices")
@allow(registrar)
def set_add_on_prices(code, add_on_id):
    """Sell at these prices from now on; what was sold keeps its own."""
    return price_sheets.save(_sheet(code, add_on_id))


@bp.post("/prices/<code>/add-ons/<int:add_on_id>/prices/back")
@allow(registrar)
def take_back_add_on_prices(code, add_on_id):
    """Undo the last save of its prices."""
    return price_sheets.take_back(_sheet(code, add_on_id))


def _sheet(code, add_on_id):
    meeting = meeting_of(code)
    return AddOnSheet(meeting, catalogue.add_on_of(meeting, add_on_id) or abort(404))
