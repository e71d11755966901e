"""An attendee's own page when somebody else pays: what is still to fill in, and their own receipt."""

from flask import abort, redirect, render_template, url_for
from flask_login import current_user

from conference import accounts, meetings, registration
from conference.checkout import documents
from conference.checkout.routes.blueprint import bp
from conference.kernel import clock, transaction
from conference.registration import State, groups
from conference.web import allow, signed_in


@bp.get("/meetings/<code>/register/seat")
@allow(signed_in)
def seat(code):
    """What was registered for the reader, who pays it, and what only they can say."""
    entry, found, group, payer = _own(code)
    return render_template(
        "checkout/groups/own.html",
        meeting=entry.meeting,
        entry=entry,
        seat=found,
        group=group,
        payer=payer,
        missing=groups.missing(entry, entry.person, registration.conduct_code_id_of(entry.meeting)),
        mode_name=registration.mode_name,
        span_name=registration.span_name,
    )


@bp.get("/meetings/<code>/register/seat/receipt.pdf")
@allow(signed_in)
def seat_receipt(code):
    """The reader's own part of what somebody else paid."""
    entry, found, group, _payer = _own(code)
    if entry.state != State.CONFIRMED or group is None:
        abort(404)
    with transaction():
        accounts.claim("document", current_user.person.id, now=clock.now())
    content = documents.seat_receipt(entry, found, group)
    return documents.pdf_response(content, f"receipt-{entry.meeting.code}.pdf")


def _own(code):
    """The reader's (registration, seat, group, who paid); seat and group are None for what somebody passed on to them.

    Whoever paid themselves is led to where they stand.
    """
    meeting = meetings.by_code(code) or abort(404)
    entry = registration.registration_in(meeting, current_user.person)
    found = groups.seat_by_registration(entry) if entry and entry.state in (State.HELD, State.CONFIRMED) else None
    if found is not None:
        return registration.by_id(entry.id), *found, found[1].name
    former = registration.changes.taken_over_from(entry) if entry and entry.state == State.CONFIRMED else None
    if former is None:
        abort(redirect(url_for("registration.start", code=meeting.code), 303))
    return registration.by_id(entry.id), None, None, former.person.full_name
