"""Letters about an order for others: one to whoever pays, and one to each attendee, who alone fills in what is theirs."""

from flask_babel import gettext as _

from conference import mail, registration
from conference.checkout.calendars import calendar_of
from conference.checkout.queries import entry_id_of, meeting_in, payer_of, registrations_in, standing
from conference.web import absolute_url


def confirmed(order, *, now):
    """The payer's letter, and one to each attendee."""
    _to_payer("paid_for_others", order, _subject(order), now, order.ref)
    payer, given = payer_of(order).full_name, {entry_id_of(line) for line in standing(order)}
    for entry in registrations_in(order):
        if entry.id in given and entry.person.email:  # a badge without a person is written to nobody
            has_place(entry, payer, now=now, cause=order.ref, is_free=not order.total)


def to_pay(order, *, now, cause):
    """The places are held until the payer has paid, or what was changed of one of them waits for that."""
    _to_payer("to_pay_for_others", order, _("Please pay: places for %(meeting)s"), now, cause)


def again(order, entry, *, now, cause):
    """Once more, to the attendee of `entry`, else to the payer."""
    if entry is not None:
        has_place(entry, payer_of(order).full_name, now=now, cause=cause, is_free=not order.total)
    else:
        _to_payer("paid_for_others", order, _subject(order), now, cause)


def _subject(order):
    return _("Paid: places for %(meeting)s") if order.total else _("Registered: places for %(meeting)s")


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
        is_change=registration.changes.change_of(order.id) is not None,
        meeting=meeting,
        zone=meeting.timezone,
        order_url=absolute_url("checkout.order", ref=order.ref),
    )


def has_place(entry, payer, *, now, cause, is_free=False):
    """To an attendee: they have a place that somebody of the name `payer` has paid, and only they can fill in what is missing."""
    told = {"payer": payer, "is_free": is_free}
    to_attendee("seat", entry, _("You have a place: %(meeting)s"), now, cause, enclosures=True, **told)


def to_attendee(kind, entry, subject, now, cause, *, enclosures=False, **values):
    """A letter to the person of a registration (with all that its pages show) that somebody else pays for."""
    meeting = entry.meeting
    mail.post(
        kind=kind,
        cause=f"{cause}:{entry.ref}",
        to=entry.person,
        subject=subject % {"meeting": meeting.title},
        template=f"checkout/mail/{kind}.txt",
        now=now,
        enclosures=[("meeting.ics", "text/calendar; method=PUBLISH", calendar_of(entry))] if enclosures else (),
        entry=entry,
        seat_url=absolute_url("checkout.seat", code=meeting.code),
        meeting_url=absolute_url("meetings.page", code=meeting.code),
        **values,
    )
