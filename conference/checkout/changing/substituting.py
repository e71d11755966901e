"""Sending somebody else: the places move over, the price is that of the other person's standing, and each keeps their own data."""

from dataclasses import replace

from flask_babel import gettext as _

from conference import payments, people, registration
from conference.checkout import mails
from conference.checkout.changing.asking import ask
from conference.checkout.changing.billing import bill_for, paid_by_another
from conference.checkout.changing.completing import locked_lines
from conference.checkout.changing.quoting import ending, fee_lines, quoted, refuse_unless_confirmed, step_now
from conference.checkout.changing.sold import going_along, lines_of
from conference.checkout.entering import held_until
from conference.kernel import Refusal
from conference.payments import NewLine
from conference.registration import State, changes, groups


def quote_substitute(entry, *, email, now, waived=False):
    """The Quoted of sending whoever has `email`; Refusal at the field when they are registered, or the table's dates are over.

    For an exhibitor's badge the days of names of its booth hold instead of the table. What the attendee of a payer's seat has
    bought beside it does not go along: it ends, and its money goes back to them. Guests came with whoever goes: they end, as
    if they were cancelled.
    """
    if entry.host_id:
        raise Refusal(_("A guest is not replaced: correct the name, or cancel and name another guest."), field="email")
    refuse_unless_confirmed(entry)
    exhibitor = registration.exhibitors.of_registration(entry)
    step = step_now(entry, changes.Kind.SUBSTITUTE, now, waived or exhibitor is not None)
    registration.exhibitors.refuse_unnamed(entry)
    if not waived and registration.invitations.queries.is_given_by_one(entry):
        raise Refusal(_("This was given by an invitation, which is for one person alone: write to the office."))
    heir = people.by_email(email)
    _refuse_known(entry, email, heir)
    ends = lines_of(entry)
    if not ends:
        raise Refusal(_("Nothing was sold for this registration: write to the office."))
    theirs = paid_by_another(entry, ends)
    going = [line for line in ends if line not in theirs]
    if not any(line.kind == "registration" for line in going):
        raise Refusal(_("The ticket was paid by somebody else: write to the office."))
    lines = [_anew(line, entry, heir, now, waived) for line in going]
    title, fees = going[0].title, list(fee_lines(entry, step, going[0].amount, going[0].title))
    if exhibitor is not None:
        fees = registration.exhibitors.fees_for_name(exhibitor, entry, title, now=now, waived=waived)
    left = {line.reference for line in theirs}
    add_ons = [booking.add_on for booking in entry.bookings if booking.add_on_id not in left]
    guests, gone, kept = _guests_ending(entry, now, waived)
    stays = {"category": entry.category, "add_ons": add_ons, "guests": guests}
    return quoted(changes.Kind.SUBSTITUTE, entry, [*ends, *gone], [*lines, *fees, *kept], **stays)


def _guests_ending(entry, now, waived):
    """(the guests, their lines that end, the fees that are kept of them)."""
    guests = going_along(entry)
    found = [ending(guest, entry, now=now, waived=waived) for guest in guests]
    return guests, [line for gone, _kept in found for line in gone], [fee for _gone, kept in found for fee in kept]


def substitute_on_behalf(entry, *, now, **how):
    """As `substitute`, by staff: a rest to be paid is held for as long as the office holds places, and a letter asks for it."""
    asked = substitute(entry, now=now, expires_at=held_until(entry.meeting, now), **how)
    if asked.state == changes.ChangeState.OPEN:
        mails.to_pay(payments.order_by_id(asked.order_id), now=now)
    return asked


def substitute(entry, *, email, names, seen, by, now, reason="", waived=False, expires_at=None):
    """Let whoever has `email` take the registration over (`names` fill in what is not known of them); the Change.

    The other person writes their own details and answers; those of the first stay theirs. Refusal, and nothing is changed.
    """
    quote = quote_substitute(entry, email=email, now=now, waived=waived)
    locked_lines([line.id for line in quote.ending])
    bill_for(entry, quote, by=by)  # locks the group, before people and registrations
    heir = people.find_or_enter(email=email, now=now)
    missing = {name: value for name, value in names.items() if value and not getattr(heir, name)}
    people.update(heir, by=by, now=now, **missing)
    begun = registration.start(meeting=entry.meeting, person=heir, now=now)
    lines = tuple(_of_heir(line, begun) for line in quote.lines)
    named = {"email": email} | {name: names.get(name, "") for name in ("given_name", "family_name")}
    facts = {"heir": begun, "named": named, "reason": reason, "expires_at": expires_at}
    return ask(entry, replace(quote, lines=lines), seen=seen, by=by, now=now, **facts)


def _refuse_known(entry, email, heir):
    if email == entry.person.email:
        raise Refusal(_("That is the address of the person who is registered."), field="email")
    theirs = registration.registration_in(entry.meeting, heir) if heir else None
    if theirs is not None and theirs.state in (State.HELD, State.CONFIRMED):
        raise Refusal(_("%(email)s is registered for this meeting already.", email=email), field="email")
    if registration.invitations.queries.pools_kept_for(heir, entry.meeting):
        text = _("A place is kept for %(email)s by an invitation: they take it, or decline it, first.", email=email)
        raise Refusal(text, field="email")
    seated = groups.seat_by_registration(entry)
    if seated and groups.declined_among(seated[1], [email]):
        raise Refusal(_("%(email)s has said that they do not want a place from you.", email=email), field="email")


def _anew(line, entry, heir, now, waived):
    """The same line for somebody else: the ticket at the price of their standing in the window in which it was sold."""
    if line.kind != "registration":
        rule = {**line.rule, "instead_of": line.id}
        return NewLine(line.kind, line.reference, line.title, line.amount, tuple(line.why), rule)
    facts = {"category": entry.category, "meeting": entry.meeting, "heir": heir, "now": now}
    return registration.ticket_for_heir(line, waived=_("waived") if waived else "", **facts)


def _of_heir(line, begun):
    if line.kind == "fee":
        return line
    reference = begun.id if line.kind == "registration" else line.reference
    return replace(line, reference=reference, rule={**line.rule, "registration": begun.id})
