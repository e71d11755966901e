"""The page on which a field or section of the form is typed: shown, refused into, saved; and small changes from the list."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference.kernel import Refusal, clock, transaction
from conference.staff.routes.editing import as_posted, done, seen_of


def edit(meeting, form, *, title, level=200, row=None, rows=None, **about):
    """The form as a page."""
    facts = {"row": row, "about": about, "seen": seen_of(rows or _rows(row))}
    page = render_template(
        "staff/form/editor.html", meeting=meeting, form=form, title=title, back=back(meeting), **facts
    )
    return page, level


def save(meeting, form, act, *, row=None, **page):
    """Do `act(by=, now=)` in a transaction and go back to the form; the same page again when it is refused.

    Nothing is done when somebody else has saved the `row` since the page was opened.
    """
    if not form.validate():
        return edit(meeting, form, level=422, row=row, rows=row and as_posted, **page)
    level = done(meeting, form, act, _rows(row))
    if level:
        return edit(meeting, form, level=level, row=row, rows=as_posted if row and level == 422 else None, **page)
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


def _rows(row):
    return None if row is None else lambda: [row]


def back(meeting):
    """(label, address) of the form."""
    return _("Form of %(code)s", code=meeting.code), url_for("staff.questions", code=meeting.code)
