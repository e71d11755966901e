"""Letters about what becomes of a seat: changed, given away, ended, declined; each is told what is theirs to know."""

from flask_babel import gettext as _

from conference import mail, payments, people, registration
from conference.checkout import returning
from conference.checkout.changing.billing import not_of_group
from conference.checkout.seat_mails import has_place, to_attendee
from conference.kernel import Money
from conference.registration import State, changes, groups
from conference.web import absolute_url

_NOTHING_MORE = {"back": None, "reason": "", "guests": ""}


def changed(change, order, group, *, now):
    """A change of a payer's seat is done: to the payer what it came to, to each attendee what it means for them."""
    ended = payments.lines_by_id(change.ends)
    of_others = not_of_group(ended, group)
    told = {"ended": [line for line in ended if line not in of_others], "sold": order}
    told |= {"back": returning.promised(change, to=group.coordinator_id), "is_end": change.kind == changes.Kind.CANCEL}
    subject = _("Changed: a place that you pay for, %(meeting)s", meeting=group.meeting.title)
    _to_payer("seat_changed", group, subject, now, change.ref, **told)
    entry = registration.by_id(change.registration_id)
    back = Money.total([line.amount for line in of_others], change.currency)
    if change.kind != changes.Kind.REPRICE and entry.person_id != group.coordinator_id:
        _to_former(change, entry, group, back, now)
    if change.heir_id:
        has_place(registration.by_id(change.heir_id), group.name, now=now, cause=change.ref)


def ended(entry, payer, *, now, cause):
    """The office took back what somebody else had paid: its attendee is told too."""
    to_attendee("seat_ended", entry, _("Your place has ended: %(meeting)s"), now, cause, payer=payer, **_NOTHING_MORE)


def declined(seat, group, *, now):
    """To the payer: somebody does not want their seat, and what can be done now."""
    seated = groups.seat_of(group, seat.id)
    told = {"seat": seat, "is_paid": seated.state is groups.SeatState.PAID, "had_order": seat.order_id is not None}
    subject = _("%(name)s does not take part: %(meeting)s", name=seat.name, meeting=group.meeting.title)
    _to_payer("seat_declined", group, subject, now, f"{group.ref}:{seat.id}:{now.timestamp():.6f}", **told)


def accepted(seat, group, *, now):
    """To the payer: they take part after all."""
    seated = groups.seat_of(group, seat.id)
    told = {"seat": seat, "is_paid": seated.state is groups.SeatState.PAID}
    subject = _("%(name)s takes part after all: %(meeting)s", name=seat.name, meeting=group.meeting.title)
    _to_payer("seat_accepted", group, subject, now, f"{group.ref}:{seat.id}:{now.timestamp():.6f}", **told)


def reminder(seat, group, *, now):
    """To an attendee who has still something to fill in, because their payer asks for it."""
    entry, subject = registration.by_id(seat.registration_id), _("Still to fill in: %(meeting)s")
    to_attendee("seat_reminder", entry, subject, now, f"{group.ref}:{now.timestamp():.6f}", payer=group.name)


def _to_former(change, entry, group, back, now):
    """To whoever has, or had, the seat; why it was changed is told to them alone."""
    guests = registration.by_ids(change.after.get("guests", [])).values()
    told = {"payer": group.name, "reason": change.reason, "back": back or None}
    told["guests"] = ", ".join(guest.person.full_name for guest in guests)
    if change.heir_id:
        to_attendee(
            "seat_gone", entry, _("Your place was given to somebody else: %(meeting)s"), now, change.ref, **told
        )
    elif entry.state == State.CANCELLED:
        to_attendee("seat_ended", entry, _("Your place has ended: %(meeting)s"), now, change.ref, **told)
    else:
        to_attendee("seat_is_now", entry, _("Your registration has changed: %(meeting)s"), now, change.ref, **told)


def _to_payer(kind, group, subject, now, cause, **values):
    mail.post(
        kind=kind,
        cause=cause,
        to=people.by_id(group.coordinator_id),
        subject=subject,
        template=f"checkout/mail/{kind}.txt",
        now=now,
        group=group,
        meeting=group.meeting,
        zone=group.meeting.timezone,
        group_url=absolute_url("checkout.group", code=group.meeting.code, group_ref=group.ref),
        **values,
    )
