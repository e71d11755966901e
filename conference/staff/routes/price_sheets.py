"""The pages of a grid of prices, whatever it is of: typed, filled in, looked at, saved, taken back."""

from flask import flash, redirect, render_template, request
from flask_babel import ngettext
from flask_login import current_user

from conference.kernel import Refusal, clock, transaction
from conference.registration import grids
from conference.staff import catalogue
from conference.staff.price_filling import FillingForm
from conference.staff.price_form import price_form
from conference.staff.price_look import look
from conference.staff.price_reach import reach
from conference.web import refuse_into


def show(sheet):
    """The grid of a sheet (price_grids) as fields, filled with what is kept."""
    kept = sheet.grid.cells()
    return _show(sheet, _form(sheet, sheet.shown(kept), grids.version_of(kept)), _filling(sheet))


def try_out(sheet):
    """What was typed, filled in further (`do` is raise or copy), typed on (back), or looked at; nothing is saved."""
    form, filling = _posted(sheet), _filling(sheet, request.form)
    act, is_typed = request.form.get("do", "look"), form.validate()
    if act == "back":
        return _show(sheet, form, filling)
    if not is_typed or not filling.validate():
        return _show(sheet, form, filling), 422
    if act not in ("raise", "copy"):
        return _show_look(sheet, form, filling)
    try:
        cells = filling.raised(form.cells()) if act == "raise" else filling.copied(form.cells())
    except Refusal as refusal:
        refuse_into(filling, refusal)
        return _show(sheet, form, filling), 422
    filled = len(grids.differences(form.cells(), cells))
    return _show(sheet, _form(sheet, cells, form.seen.data), filling, filled=filled)


def save(sheet):
    """Sell at the typed prices from now on; what was sold keeps its own."""
    form = _posted(sheet)
    if not form.validate():
        return _show(sheet, form, _filling(sheet)), 422
    who = {"by": current_user.person, "now": clock.now()}
    try:
        with transaction():
            changed = grids.save(sheet.grid, sheet.kept(form.cells()), seen=form.seen.data, **who)
    except Refusal as refusal:
        refuse_into(form, refusal)
        form.seen.data, form.seen.raw_data = grids.version_of(sheet.grid.cells()), None
        return _show(sheet, form, _filling(sheet)), 409
    flash(
        ngettext(
            "Saved: %(num)s price changed. What was sold keeps its price.",
            "Saved: %(num)s prices changed. What was sold keeps its price.",
            changed,
        ),
        "good",
    )
    return redirect(sheet.back[1], 303)


def take_back(sheet):
    """Undo the last save; Refusal (409) when anything changed since."""
    entry, who = request.form.get("entry", type=int), {"by": current_user.person, "now": clock.now()}
    with transaction():
        changed = grids.take_back(sheet.grid, entry, **who)
    flash(ngettext("%(num)s price is again what it was.", "%(num)s prices are again what they were.", changed), "good")
    return redirect(sheet.addresses["edit"], 303)


def _form(sheet, cells, seen, posted=None):
    return price_form(posted, sheet.meeting, sheet.rows, cells, seen)


def _posted(sheet):
    return _form(sheet, {}, "", request.form)


def _filling(sheet, posted=None):
    return FillingForm(posted).of(sheet, catalogue.columns_of(sheet.meeting))


def _show(sheet, form, filling, filled=None):
    window = sheet.meeting.window_at(clock.now())
    return render_template(
        "staff/prices/grid.html",
        sheet=sheet,
        form=form,
        filling=filling,
        filled=filled,
        columns=catalogue.columns_of(sheet.meeting),
        current=window.id if window else None,
        last=grids.last_saved([sheet.grid]).get(sheet.grid.row.id),
    )


def _show_look(sheet, form, filling):
    now, typed = clock.now(), form.cells()
    looked = look(sheet, typed, on=filling.on.data, now=now)
    is_stale = form.seen.data != grids.version_of(sheet.grid.cells())
    reached = reach(sheet, looked.changed, typed, now=now)
    return render_template(
        "staff/prices/look.html", sheet=sheet, form=form, filling=filling, look=looked, reach=reached, is_stale=is_stale
    )
