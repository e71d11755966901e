"""The one page on which a thing that is sold or asked is typed: shown, refused into, saved."""

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from conference.kernel import Refusal, clock, transaction
from conference.staff.stamps import Stale, refuse_stale, stamp_of_rows
from conference.web import refuse_into


def show_editor(meeting, form, *, title, back, lede=None, level=200, rows=None):
    """The form as a page; `back` is (label, address) of the list that it belongs to, `rows` finds the rows that it shows."""
    page = render_template(
        "staff/prices/editor.html", meeting=meeting, form=form, title=title, back=back, lede=lede, seen=seen_of(rows)
    )
    return page, level


def save(meeting, form, act, *, rows=None, **page):
    """Do `act(by=, now=)` in a transaction and go back to the list; the same page again when it is refused.

    Nothing is done when somebody else has saved what `rows` finds since the page was opened.
    """
    if not form.validate():
        return show_editor(meeting, form, level=422, rows=as_posted, **page)
    level = done(meeting, form, act, rows)
    if level:
        return show_editor(meeting, form, level=level, rows=rows if level == 409 else as_posted, **page)
    flash(_("Saved."), "good")
    return redirect(page["back"][1], 303)


def done(meeting, form, act, rows):
    """Do it; None, or the status with which the form is shown again, refused."""
    try:
        with transaction():
            if rows is not None:
                refuse_stale(meeting, rows, request.form.get("seen", ""))
            act(by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return 409 if isinstance(refusal, Stale) else 422
    return None


def seen_of(rows):
    """The stamp that a page carries: of the rows, or the one that was posted; None for something new."""
    if rows is None:
        return None
    return request.form.get("seen", "") if rows is as_posted else stamp_of_rows(rows())


def as_posted():
    """In place of `rows`: the page goes on with the stamp that it came with."""


def rows_after(refusal, rows):
    """With which `rows` a refused page goes on: as they are now once somebody has been told of them, else those that it came with."""
    return rows if isinstance(refusal, Stale) else as_posted
