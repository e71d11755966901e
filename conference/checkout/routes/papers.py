"""What one takes away from an order: its letter once more, the receipt, the dates."""

from flask import abort, flash, make_response, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import accounts, meetings, registration
from conference.checkout import documents, mails
from conference.checkout.calendars import calendar_of
from conference.checkout.queries import registration_in
from conference.checkout.routes.blueprint import bp, own
from conference.kernel import clock, transaction
from conference.payments import OrderState
from conference.registration import State, groups
from conference.web import allow, signed_in


@bp.post("/orders/<ref:ref>/letter")
@allow(signed_in)
def letter_again(ref):
    """Send the confirmation once more."""
    found = own(ref)
    if found.state != OrderState.PAID:
        abort(409)
    with transaction():
        accounts.claim("letter-again", current_user.person.id, now=clock.now())
        mails.again(found, now=clock.now())
    flash(_("The confirmation is on its way to you again."), "good")
    return redirect(url_for(".order", ref=ref), 303)


@bp.get("/orders/<ref:ref>/receipt.pdf")
@allow(signed_in)
def receipt(ref):
    """The receipt of a settled order; of a group's, a statement as soon as it is placed."""
    found = own(ref)
    if found.state not in (OrderState.PAID, OrderState.RETURNED) and groups.group_of_orders([found.id]) is None:
        abort(404)
    with transaction():
        accounts.claim("document", current_user.person.id, now=clock.now())
    return documents.pdf_response(documents.receipt(found), f"receipt-{found.ref}.pdf")


@bp.get("/orders/<ref:ref>/calendar.ics")
@allow(signed_in)
def calendar(ref):
    """The meeting, and what one booked of it, for one's own calendar."""
    return _calendar(registration_in(own(ref)) or abort(404))


@bp.get("/meetings/<code>/register/mine.ics")
@allow(signed_in)
def my_calendar(code):
    """The same for the meeting that one is registered for, whichever order it was."""
    entry = registration.registration_in(meetings.by_code(code) or abort(404), current_user.person)
    if entry is None or entry.state != State.CONFIRMED:
        abort(404)
    return _calendar(registration.by_id(entry.id))


def _calendar(entry):
    response = make_response(calendar_of(entry))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{entry.meeting.code}.ics"'
    return response
