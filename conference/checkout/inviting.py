"""An invitation for somebody who has registered and paid before: what it covers is sold anew at its price, and the difference goes back."""

from flask_babel import gettext as _

from conference import registration
from conference.checkout.changing.asking import ask
from conference.checkout.changing.completing import locked_lines
from conference.checkout.changing.quoting import quoted, refuse_unless_confirmed
from conference.checkout.changing.sold import lines_of
from conference.kernel import Money, Refusal
from conference.registration import changes, invitations


def quote_applied(invitation, *, now):
    """(registration, Quoted) of applying an invitation to what its person has paid for: at the list price of then, less what it takes off.

    Refusal in words when there is nothing to apply it to, or it holds for another category.
    """
    entry = _entry(invitation, now)
    ends = invitations.applying.covered_lines(lines_of(entry), invitation)
    if not ends or ends[0].kind != "registration":
        raise Refusal(_("Nothing was sold for this registration that an invitation could cover."))
    lines = invitations.applying.resold(ends, invitation)
    add_ons = [booking.add_on for booking in entry.bookings]
    return entry, quoted(changes.Kind.REPRICE, entry, ends, lines, category=entry.category, add_ons=add_ons)


def apply_invitation(invitation, *, seen, by, now):
    """Do it at the price that was `seen` (Quoted.seen); the Change. Refusal, and nothing is changed.

    What goes back goes to whatever paid, and of a payer's seat to its payer. A code that the registration used before gives way.
    """
    entry, quote = quote_applied(invitation, now=now)
    locked_lines([line.id for line in quote.ends])  # orders first, as everywhere
    reason = invitations.applying.label(invitation)
    asked = ask(entry, quote, seen=seen, by=by, now=now, reason=reason)
    off = Money(sum(line.rule.get("off_minor", 0) for line in quote.lines), entry.meeting.currency)
    invitations.applying.use_for(invitation, registration.by_id(entry.id), off=off, by=by, now=now)
    invitations.write_applied(invitation, refund=quote.refund, now=now)
    return asked


def _entry(invitation, now):
    """The registration that it can be applied to; Refusal in words when there is none."""
    if invitation.state != invitations.InvitationState.STANDING or invitation.valid_until <= now:
        raise Refusal(_("This invitation has ended: invite them again."))
    found = registration.registration_in(invitation.meeting, invitation.person)
    if found is None:
        raise Refusal(_("They have not registered yet: nothing to apply it to."))
    entry = registration.by_id(found.id)
    if invitations.is_used(invitation):
        raise Refusal(_("They have registered with it already."))
    refuse_unless_confirmed(entry)
    if registration.exhibitors.of_registration(entry) is not None:
        raise Refusal(
            _("They have an exhibitor’s badge: take it back there, and let them register with the invitation.")
        )
    _refuse_other_category(entry, invitation)
    return entry


def _refuse_other_category(entry, invitation):
    if entry.category_id != invitation.category_id:
        words = {"has": entry.category.name, "category": invitation.category.name}
        raise Refusal(
            _(
                "They are registered as %(has)s, and the invitation is for %(category)s: change one of the two first.",
                **words,
            )
        )
