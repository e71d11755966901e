"""The page on which a field or section of the form is typed: shown, refused into, saved; and small changes from the list."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference.kernel import Refusal, clock, transaction
from conference.web import refuse_into


def edit(meeting, form, *, title, level=200, row=None, **about):
    """The form as a page."""
    page = render_template(
        "staff/form/editor.html", meeting=meeting, form=form, title=title, back=back(meeting), row=row, about=about
    )
    return page, level


def save(meeting, form, act, **page):
    """Do `act(by=, now=)` in a transaction and go back to the form; the same page again when it is refused."""
    if not form.validate():
        return edit(meeting, form, level=422, **page)
    try:
        with transaction():
            act(by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return edit(meeting, form, level=422, **page)
    flash(_("Saved."), "good")
    return redirect(back(meeting)[1], 303)


def do(meeting, act, anchor=None):
    """Do `act(by=, now=)` and go back to where it was pressed; a refusal is said there."""
    try:
        with transaction():
            act(by=current_user.person, now=clock.now())
    except Refusal as refusal:
        flash(str(refusal), "bad")
    return redirect(url_for(".questions", code=meeting.code, _anchor=anchor), 303)


def back(meeting):
    """(label, address) of the form."""
    return _("Form of %(code)s", code=meeting.code), url_for("staff.questions", code=meeting.code)
