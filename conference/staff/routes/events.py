"""Stripe's messages at the desk: those that could not be acted on, and trying them again."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference import payments
from conference.kernel import clock, transaction
from conference.payments import CallKind, CallState
from conference.staff.access import office
from conference.staff.routes.blueprint import bp
from conference.web import allow, page_number, paginate

CALL_KINDS = {
    CallKind.PAGE: _l("Payment page"),
    CallKind.REFUND: _l("Refund"),
    CallKind.CUSTOMER: _l("Customer"),
    CallKind.CARD: _l("Page for a card"),
    CallKind.DETACH: _l("Card taken away"),
    CallKind.CHARGE: _l("Charge of a saved card"),
}
CALL_STATES = {
    CallState.ASKED: (_l("Asked just now"), "warn"),
    CallState.UNKNOWN: (_l("No answer: looked for by itself"), "warn"),
    CallState.ANSWERED: (_l("Made"), "good"),
    CallState.REFUSED: (_l("Not made"), ""),
}


@bp.get("/events")
@allow(office)
def events():
    """Those that need a person; with show=all every one, newest first."""
    show_all = request.args.get("show") == "all"
    statement = payments.all_events() if show_all else payments.events_in_trouble()
    page = paginate(statement, number=page_number())
    strange = payments.events.of_another_version(payments.gateway.API_VERSION, since=clock.now() - timedelta(days=30))
    return render_template(
        "staff/events.html", page=page, show_all=show_all, strange=strange, version=payments.gateway.API_VERSION
    )


@bp.get("/calls")
@allow(office)
def calls():
    """What Stripe was asked to make and nobody knows whether it did; with show=all everything, newest first."""
    show_all = request.args.get("show") == "all"
    statement = payments.calls.all_calls() if show_all else payments.calls.calls_without_answer()
    page = paginate(statement, number=page_number())
    return render_template("staff/money/calls.html", page=page, show_all=show_all, kinds=CALL_KINDS, states=CALL_STATES)


@bp.post("/events/<int:event_id>/again")
@allow(office)
def retry_event(event_id):
    """Let the worker act on a message now."""
    with transaction():
        payments.retry_event(event_id, now=clock.now())
    flash(_("The message is taken up again now."), "good")
    return redirect(url_for(".events"), 303)
