"""Letters about an order for others: one to whoever pays, and one to each attendee, who alone fills in what is theirs."""

from flask_babel import gettext as _

from conference import mail, people, registration
from conference.checkout.calendars import calendar_of
from conference.checkout.queries import meeting_in, payer_of, registrations_in
from conference.web import absolute_url


def confirmed(order, *, now):
    """The payer's letter, and one to each attendee."""
    _to_payer("paid_for_others", order, _("Paid: places for %(meeting)s"), now, order.ref)
    for entry in registrations_in(order):
        _to_attendee(order, entry, now, order.ref)


def to_pay(order, *, now, cause):
    """The places are held until the payer has paid."""
    _to_payer("to_pay_for_others", order, _("Please pay: places for %(meeting)s"), now, cause)


def again(order, entry, *, now, cause):
    """Once more, to the attendee of `entry`, else to the payer."""
    if entry is not None:
        _to_attendee(order, entry, now, cause)
    else:
        _to_payer("paid_for_others", order, _("Paid: places for %(meeting)s"), now, cause)


def handed_over(order, *, old, new, now):
    """A seat has gone to somebody else: they are written to, and so is whoever had it."""
    _to_attendee(order, new, now, order.ref)
    mail.post(
        kind="seat_gone",
        cause=order.ref,
        to=people.by_id(old.person_id),
        subject=_("Your place was given to somebody else: %(meeting)s", meeting=old.meeting.title),
        template="checkout/mail/seat_gone.txt",
        now=now,
        meeting=old.meeting,
        payer=payer_of(order).full_name,
    )


def _to_payer(kind, order, subject, now, cause):
    meeting = meeting_in(order)
    mail.post(
        kind=kind,
        cause=cause,
        to=payer_of(order),
        subject=subject % {"meeting": meeting.title},
        template=f"checkout/mail/{kind}.txt",
        now=now,
        order=order,
        meeting=meeting,
        zone=meeting.timezone,
        order_url=absolute_url("checkout.order", ref=order.ref),
    )


def _to_attendee(order, entry, now, cause):
    entry = registration.by_id(entry.id)
    meeting = entry.meeting
    mail.post(
        kind="seat",
        cause=f"{cause}:{entry.ref}",
        to=people.by_id(entry.person_id),
        subject=_("You have a place: %(meeting)s", meeting=meeting.title),
        template="checkout/mail/seat.txt",
        now=now,
        enclosures=[("meeting.ics", "text/calendar; method=PUBLISH", calendar_of(entry))],
        entry=entry,
        payer=payer_of(order).full_name,
        seat_url=absolute_url("checkout.seat", code=meeting.code),
        meeting_url=absolute_url("meetings.page", code=meeting.code),
    )
