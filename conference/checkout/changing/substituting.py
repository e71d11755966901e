"""Sending somebody else: the places move over, the price is that of the other person's standing, and each keeps their own data."""

from dataclasses import replace

from flask_babel import gettext as _

from conference import membership, people, registration
from conference.checkout.changing.asking import ask
from conference.checkout.changing.quoting import ending, fee_lines, quoted, refuse_unless_confirmed, step_now
from conference.checkout.changing.sold import going_along, lines_of
from conference.kernel import Refusal
from conference.payments import NewLine
from conference.registration import State, changes


def quote_substitute(entry, *, email, now, waived=False):
    """The Quoted of sending whoever has `email`; Refusal at the field when they are registered, or the table's dates are over.

    Guests came with whoever goes: they end, as if they were cancelled.
    """
    if entry.host_id:
        raise Refusal(_("A guest is not replaced: correct the name, or cancel and name another guest."), field="email")
    refuse_unless_confirmed(entry)
    step = step_now(entry, changes.Kind.SUBSTITUTE, now, waived)
    heir = people.by_email(email)
    _refuse_known(entry, email, heir)
    ends = lines_of(entry)
    if not ends:
        raise Refusal(_("Nothing was sold for this registration: write to the office."))
    lines = [_anew(line, entry, heir, now) for line in ends]
    fees = list(fee_lines(entry, step, ends[0].amount, ends[0].title))
    guests = going_along(entry)
    for guest in guests:
        gone, kept = ending(guest, now=now, waived=waived)
        ends, fees = [*ends, *gone], [*fees, *kept]
    stays = {"category": entry.category, "add_ons": [booking.add_on for booking in entry.bookings], "guests": guests}
    return quoted(changes.Kind.SUBSTITUTE, entry, ends, [*lines, *fees], **stays)


def substitute(entry, *, email, names, seen, by, now, reason="", waived=False):
    """Let whoever has `email` take the registration over (`names` fill in what is not known of them); the Change.

    The other person writes their own details and answers; those of the first stay theirs. Refusal, and nothing is changed.
    """
    quote = quote_substitute(entry, email=email, now=now, waived=waived)
    heir = people.find_or_enter(email=email, now=now)
    missing = {name: value for name, value in names.items() if value and not getattr(heir, name)}
    people.update(heir, by=by, now=now, **missing)
    begun = registration.start(meeting=entry.meeting, person=heir, now=now)
    lines = tuple(_of_heir(line, begun) for line in quote.lines)
    return ask(entry, replace(quote, lines=lines), seen=seen, by=by, now=now, reason=reason, heir=begun)


def _refuse_known(entry, email, heir):
    if email == entry.person.email:
        raise Refusal(_("That is the address of the person who is registered."), field="email")
    theirs = registration.registration_in(entry.meeting, heir) if heir else None
    if theirs is not None and theirs.state in (State.HELD, State.CONFIRMED):
        raise Refusal(_("%(email)s is registered for this meeting already.", email=email), field="email")


def _anew(line, entry, heir, now):
    """The same line for somebody else: the ticket at the price of their standing in the window in which it was sold."""
    title, rule, amount = line.title, {**line.rule, "instead_of": line.id}, line.amount
    if line.kind != "registration":
        return NewLine(line.kind, line.reference, title, amount, tuple(line.why), rule)
    member = registration.pricing.is_member_for(heir, entry.meeting, membership.local_day(now)) if heir else False
    if member == bool(rule.get("member")):
        return NewLine(line.kind, line.reference, title, amount, tuple(line.why), rule)
    wish = registration.Wish(rule["category"], rule["span"], rule["mode"])
    prices = registration.prices_of(entry.meeting, category=entry.category)
    found = registration.cheapest_cell(wish, prices, rule["window"], member=member)
    if found is None or rule.get("code"):
        raise Refusal(_("The price is another one for this person: write to the office."), field="email")
    why = (
        _("Member price: the other person is a member")
        if member
        else _("Non-member price: the other person is no member")
    )
    fresh = {**rule, "member": found[0].member, "standing": "member" if member else "not_member", "standing_facts": {}}
    return NewLine(line.kind, line.reference, title, found[1], (why,), fresh)


def _of_heir(line, begun):
    if line.kind == "fee":
        return line
    reference = begun.id if line.kind == "registration" else line.reference
    return replace(line, reference=reference, rule={**line.rule, "registration": begun.id})
