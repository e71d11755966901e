"""Stripe's messages at the desk: those that could not be acted on, and trying them again."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from conference import payments
from conference.kernel import clock, transaction
from conference.staff.access import office
from conference.staff.routes.blueprint import bp
from conference.web import allow, page_number, paginate


@bp.get("/events")
@allow(office)
def events():
    """Those that need a person; with show=all every one, newest first."""
    show_all = request.args.get("show") == "all"
    statement = payments.all_events() if show_all else payments.events_in_trouble()
    page = paginate(statement, number=page_number())
    return render_template("staff/events.html", page=page, show_all=show_all)


@bp.post("/events/<int:event_id>/again")
@allow(office)
def retry_event(event_id):
    """Let the worker act on a message now."""
    with transaction():
        payments.retry_event(event_id, now=clock.now())
    flash(_("The message is taken up again now."), "good")
    return redirect(url_for(".events"), 303)
