"""The one page on which a thing that is sold or asked is typed: shown, refused into, saved."""

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from flask_login import current_user

from conference.kernel import Refusal, clock, transaction
from conference.web import refuse_into


def show_editor(meeting, form, *, title, back, lede=None, level=200):
    """The form as a page; `back` is (label, address) of the list that it belongs to."""
    page = render_template("staff/prices/editor.html", meeting=meeting, form=form, title=title, back=back, lede=lede)
    return page, level


def save(meeting, form, act, **page):
    """Do `act(by=, now=)` in a transaction and go back to the list; the same page again when it is refused."""
    if not form.validate():
        return show_editor(meeting, form, level=422, **page)
    try:
        with transaction():
            act(by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return show_editor(meeting, form, level=422, **page)
    flash(_("Saved."), "good")
    return redirect(page["back"][1], 303)
